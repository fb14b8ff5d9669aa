// What the person last saw of the work, kept on the phone so that the app opens without a network: the
// day's visits, each visit's page, its conversation, and the words of the choices. Kept a week, and
// wiped when the person signs out.
import { OfflineError } from '@hougu/api/client';
import type { Store } from '@hougu/api/persist';
import { makeQueryClient } from '@hougu/api/queries';
import type { QueryClient, QueryKey } from '@tanstack/react-query';

const dayMs = 86_400_000;
export const seenLastsMs = 7 * dayMs;
const place = 'seen/';

interface Seen {
  key: QueryKey;
  data: unknown;
  /** When the server said so. */
  at: number;
}

export function isKept([kind, entity, part, detail]: QueryKey): boolean {
  if (kind === 'entities') return true;
  if (kind === 'records') return entity === 'visit' && part === 'mine';
  if (kind === 'record') return entity === 'visit' && detail === 'job';
  return kind === 'ticket_parts' && part === 'timeline';
}

/** Queries that fail at once without a network instead of waiting for it, and last through a day. */
export function queriesForPhones(): QueryClient {
  const queries = makeQueryClient();
  queries.setDefaultOptions({
    queries: {
      ...queries.getDefaultOptions().queries,
      networkMode: 'always',
      refetchOnReconnect: true,
      gcTime: dayMs,
      retry: (count, error) => error instanceof OfflineError && navigator.onLine && count < 3,
    },
  });
  return queries;
}

/** Puts what is kept under the queries that have nothing newer. */
export async function showSeen(queries: QueryClient, store: Store, now = Date.now()) {
  await store.forgetBefore(now - seenLastsMs, place);
  for (const { value } of await store.list<Seen>(place)) {
    const known = queries.getQueryState(value.key)?.dataUpdatedAt ?? 0;
    if (known < value.at) queries.setQueryData(value.key, value.data, { updatedAt: value.at });
  }
}

/** Keeps from now on what arrives; answers the way to stop. */
export function keepSeen(queries: QueryClient, store: Store): () => void {
  const cache = queries.getQueryCache();
  return cache.subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return;
    // shown from here a moment ago
    if (event.action.manual && event.action.dataUpdatedAt !== undefined) return;
    const { queryKey, queryHash, state } = event.query;
    if (!isKept(queryKey) || cache.get(queryHash) !== event.query) return;
    const seen: Seen = { key: queryKey, data: state.data, at: state.dataUpdatedAt };
    // a full phone loses only the look without a network
    void store.write(place + queryHash, seen).catch(() => {});
  });
}

export async function wipeSeen(store: Store): Promise<void> {
  await store.forgetBefore(Number.MAX_SAFE_INTEGER, place);
}
