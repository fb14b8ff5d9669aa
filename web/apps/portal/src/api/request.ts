// One way out to the server for the portal: JSON in and out, the caller's language, a time limit,
// and errors as values that a page can place beside a field.
export interface FieldFault {
  field: string;
  code: string;
  message: string;
}

export class RequestError extends Error {
  constructor(
    // 0: no answer came, so the server may or may not have done it
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: FieldFault[] = [],
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
    this.name = 'RequestError';
  }
  get unanswered(): boolean {
    // a gateway's 502–504 without our error body says nothing about what the server did
    return this.status === 0 || (this.status >= 500 && this.code === '');
  }
}

export interface RequestOptions {
  method?: 'GET' | 'POST';
  body?: unknown;
  locale: string;
  key?: string;
  timeoutMs?: number;
  fetcher?: typeof fetch;
}

const base = '/api/v1';

function faultsOf(details: unknown, code: string, message: string, field: unknown): FieldFault[] {
  const listed = (details as { fields?: unknown } | null | undefined)?.fields;
  if (Array.isArray(listed)) {
    return listed.filter(
      (fault): fault is FieldFault =>
        typeof fault === 'object' &&
        fault !== null &&
        typeof (fault as FieldFault).field === 'string',
    );
  }
  return typeof field === 'string' && field !== '' ? [{ field, code, message }] : [];
}

export function errorOf(status: number, body: string): RequestError {
  let parsed: unknown = null;
  try {
    parsed = JSON.parse(body);
  } catch {
    // an answer of something between us and the server
  }
  if (parsed === null || typeof parsed !== 'object') return new RequestError(status, '', '');
  const { code, message, field, details } = parsed as Record<string, unknown>;
  const theCode = typeof code === 'string' ? code : '';
  const theMessage = typeof message === 'string' ? message : '';
  const wait = (details as { retry_after?: unknown } | null | undefined)?.retry_after;
  return new RequestError(
    status,
    theCode,
    theMessage,
    faultsOf(details, theCode, theMessage, field),
    typeof wait === 'number' ? wait : null,
  );
}

export async function request<T>(path: string, options: RequestOptions): Promise<T> {
  const headers: Record<string, string> = { 'Accept-Language': options.locale };
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  if (options.key) headers['Idempotency-Key'] = options.key;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), options.timeoutMs ?? 20_000);
  let status = 0;
  let text = '';
  try {
    const answer = await (options.fetcher ?? fetch)(base + path, {
      method: options.method ?? 'GET',
      headers,
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: stop.signal,
      credentials: 'same-origin',
    });
    text = await answer.text();
    status = answer.status;
  } catch {
    throw new RequestError(0, 'network', '');
  } finally {
    clearTimeout(timer);
  }
  if (status >= 400) throw errorOf(status, text);
  if (text === '') return undefined as T;
  try {
    return JSON.parse(text) as T;
  } catch {
    // cut off, or the sign-in page of a hotel's network
    throw new RequestError(0, 'network', '');
  }
}

export function newKey(): string {
  // randomUUID exists only on https; a device behind plain http in a works network has none
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
