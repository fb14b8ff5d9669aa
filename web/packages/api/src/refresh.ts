// Records that changed elsewhere make stale what they show up in. Changes are gathered: in a busy
// organisation they come many a second, and each would ask for every list and count again.
import type { InfiniteData, Query, QueryClient } from '@tanstack/react-query';
import { get } from './client';
import type { LiveRecord, Page, RecordData } from './types';

const firstWait = 150;
const leastPause = 1000;
// A list of more pages isn't fetched anew as a whole; its changed rows are.
const mostPages = 3;

function isLongList(query: Query): boolean {
  const data = query.state.data as Partial<InfiniteData<Page>> | undefined;
  return query.queryKey[2] === 'list' && (data?.pages?.length ?? 0) > mostPages;
}

export class Refresher {
  private readonly queries: QueryClient;
  private pending = new Map<string, Set<string>>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private last = 0;

  constructor(queries: QueryClient) {
    this.queries = queries;
  }

  add(changed: LiveRecord): void {
    const ids = this.pending.get(changed.entity) ?? new Set();
    this.pending.set(changed.entity, ids.add(changed.id));
    if (this.timer) return;
    const wait = Math.max(firstWait, this.last + leastPause - Date.now());
    this.timer = setTimeout(() => this.flush(), wait);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private flush(): void {
    this.timer = null;
    this.last = Date.now();
    const all = this.pending;
    this.pending = new Map();
    for (const [entity, ids] of all) this.refresh(entity, ids);
  }

  private refresh(entity: string, ids: Set<string>): void {
    const { queries } = this;
    const lists = { queryKey: ['records', entity] };
    void queries.invalidateQueries({ ...lists, predicate: (query) => !isLongList(query) });
    void this.patchLongLists(entity, ids);
    for (const id of ids) void queries.invalidateQueries({ queryKey: ['record', entity, id] });
    if (entity === 'ticket') {
      for (const id of ids) void queries.invalidateQueries({ queryKey: ['ticket_parts', id] });
    }
    // Messages, visits and ratings are shown within their ticket, whose id the event doesn't name.
    if (['ticket_message', 'visit', 'rating'].includes(entity)) {
      void queries.invalidateQueries({ queryKey: ['ticket_parts'] });
    }
  }

  private async patchLongLists(entity: string, ids: Set<string>): Promise<void> {
    const long = this.queries
      .getQueryCache()
      .findAll({ queryKey: ['records', entity], predicate: isLongList });
    for (const query of long) {
      const data = query.state.data as InfiniteData<Page>;
      const shown = data.pages
        .flatMap((page) => page.records)
        .filter((record) => ids.has(record.id));
      for (const { id } of shown) {
        const fresh = await get<RecordData>(`/${entity}/${id}`).catch(() => null);
        this.queries.setQueryData<InfiniteData<Page>>(
          query.queryKey,
          (now) => now && withRow(now, id, fresh),
        );
      }
    }
  }
}

/** The list with one row replaced; taken out when it may not be seen any more. */
function withRow(
  data: InfiniteData<Page>,
  id: string,
  fresh: RecordData | null,
): InfiniteData<Page> {
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      records: page.records.flatMap((record) =>
        record.id === id ? (fresh ? [fresh] : []) : [record],
      ),
    })),
  };
}
