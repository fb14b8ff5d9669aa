// Sheets of QR labels, made by the server as PDF.
import { ApiError, apiUrl, OfflineError, requestHeaders } from '@hougu/api/client';
import type { Condition } from '@hougu/api/types';

export const formats = ['a4', '60x40'] as const;
export type LabelFormat = (typeof formats)[number];

/** Which devices: some by id, or all that a condition holds for. */
export type LabelChoice = { assets: string[] } | { where: Condition | null };

export async function fetchLabels(
  choice: LabelChoice,
  format: LabelFormat,
  signal: AbortSignal,
): Promise<Blob> {
  const which =
    'assets' in choice ? { assets: choice.assets.join(',') } : { where: choice.where ?? undefined };
  let response: Response;
  try {
    response = await fetch(apiUrl('/label', { ...which, format }), {
      headers: { ...requestHeaders('GET'), Accept: 'application/pdf, application/json' },
      credentials: 'same-origin',
      signal,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new OfflineError();
  }
  if (response.ok) return response.blob();
  const body: unknown = await response.json().catch(() => ({}));
  throw new ApiError(response.status, body as ConstructorParameters<typeof ApiError>[1]);
}
