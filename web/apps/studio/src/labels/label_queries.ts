// Sheets of QR labels, made by the server as PDF.
import { ApiError, apiUrl, OfflineError, requestHeaders } from '@hougu/api/client';
import type { Condition } from '@hougu/api/types';

export const formats = ['a4', '60x40'] as const;
export type LabelFormat = (typeof formats)[number];

/** What the server makes at once, and how many ids an address can hold. */
export const mostLabels = 1000;
export const mostChosen = 150;

/** Which devices: some by id, or all that a search and a condition find. */
export type LabelChoice = { assets: string[] } | { search: string; where: Condition | null };

export function labelsUrl(choice: LabelChoice, format: LabelFormat): string {
  const which =
    'assets' in choice
      ? { assets: choice.assets.join(',') }
      : { search: choice.search, where: choice.where };
  return apiUrl('/label', { ...which, format });
}

export async function fetchLabels(url: string, signal: AbortSignal): Promise<Blob> {
  let response: Response;
  try {
    response = await fetch(url, {
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
