// One way to the server: JSON over fetch, with the session's CSRF token, the language in use,
// and errors as ApiError. A request that never reached the server is an OfflineError.
import { currentLocale, hasText, text } from '@hougu/i18n';
import type { Conflict, RecordData } from './types';

export const apiBase = '/api/v1';

export interface FieldError {
  field: string;
  code: string;
  message: string;
}

interface ErrorBody {
  code?: string;
  message?: string;
  field?: string;
  details?: {
    fields?: FieldError[];
    conflicts?: Conflict[];
    record?: RecordData;
    version?: number;
    retry_after?: number;
  } & Record<string, unknown>;
  request?: string;
}

/** The server's refusal. `message` is meant for the person and says what to do. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: NonNullable<ErrorBody['details']>;
  /** Names the request in the server's log. */
  readonly request: string | null;
  /** Wrong fields, each with its own sentence; empty when the error is about the whole. */
  readonly fields: FieldError[];

  constructor(status: number, body: ErrorBody) {
    super(body.message || statusText(status));
    this.name = 'ApiError';
    this.status = status;
    this.code = body.code ?? `http.${status}`;
    this.details = body.details ?? {};
    this.request = body.request ?? null;
    const one = body.field ? [{ field: body.field, code: this.code, message: this.message }] : [];
    this.fields = this.details.fields ?? one;
  }

  /** Somebody else saved first: details hold the conflicts and the current record. */
  get stale(): boolean {
    return this.code === 'record.stale';
  }
}

/** The server could not be reached; nothing is known about whether it got the request. */
export class OfflineError extends Error {
  constructor() {
    super(text('api.error.offline'));
    this.name = 'OfflineError';
  }
}

function statusText(status: number): string {
  const key = `api.error.status_${status}`;
  return hasText(key) ? text(key) : text('api.error.unexpected');
}

/** A sentence for the person, whatever was thrown. */
export function errorText(error: unknown): string {
  if (error instanceof ApiError || error instanceof OfflineError) return error.message;
  return text('api.error.unexpected');
}

let csrfToken: string | null = null;
export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}

type Watcher = (status: 'reached' | 'unreachable' | 'signed_out') => void;
const watchers = new Set<Watcher>();
/** Calls back with how each request fared; answers the way to stop. */
export function watchRequests(watcher: Watcher): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
function tell(status: Parameters<Watcher>[0]): void {
  for (const watcher of watchers) watcher(status);
}

export type Query = Record<string, string | number | boolean | null | undefined | object>;

/** A path under /api/v1 with its query; objects (conditions) are written as JSON, empty ones left out. */
export function apiUrl(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    search.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  const tail = search.toString();
  return `${apiBase}${path}${tail ? `?${tail}` : ''}`;
}

export interface RequestOptions {
  query?: Query;
  body?: unknown;
  /** Repeating a POST with the same key within 24 hours gets the first answer again. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

export function requestHeaders(method: string): Record<string, string> {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Accept-Language': currentLocale(),
  };
  if (method !== 'GET' && csrfToken) headers['X-CSRF-Token'] = csrfToken;
  return headers;
}

export async function request<T>(
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<T> {
  const headers = requestHeaders(method);
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey;
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (options.body !== undefined) init.body = JSON.stringify(options.body);
  if (options.signal) init.signal = options.signal;
  let response: Response;
  try {
    response = await fetch(apiUrl(path, options.query), init);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    tell('unreachable');
    throw new OfflineError();
  }
  return read<T>(response, path);
}

async function read<T>(response: Response, path: string): Promise<T> {
  // A proxy in front of a server that is down answers in its place.
  if (response.status === 502 || response.status === 504) {
    tell('unreachable');
    throw new OfflineError();
  }
  tell('reached');
  if (response.status === 204) return undefined as T;
  const body = await readJson(response);
  if (response.ok) return body as T;
  if (response.status === 401 && path !== '/session' && !path.startsWith('/portal'))
    tell('signed_out');
  throw new ApiError(response.status, (body ?? {}) as ErrorBody);
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null; // an empty or broken body: the status alone has to say it
  }
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  request<T>('GET', path, { ...(query && { query }), ...(signal && { signal }) });
export const post = <T>(
  path: string,
  body: unknown = {},
  options: RequestOptions = {},
): Promise<T> => request<T>('POST', path, { ...options, body });
export const patch = <T>(path: string, body: unknown): Promise<T> =>
  request<T>('PATCH', path, { body });
export const put = <T>(path: string, body: unknown): Promise<T> =>
  request<T>('PUT', path, { body });
export const del = <T = void>(path: string): Promise<T> => request<T>('DELETE', path);

/** A fresh Idempotency-Key. */
export function newKey(): string {
  return crypto.randomUUID
    ? crypto.randomUUID()
    : `${Date.now()}-${Math.random().toString(36).slice(2)}`;
}
