// TanStack Query: keys and hooks shared by the apps.
// Keys: ['entities'], ['records', entity, …], ['record', entity, id, …], ['ticket_parts', id, …].
import {
  keepPreviousData,
  QueryClient,
  queryOptions,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import { ApiError, get, OfflineError } from './client';
import type {
  Condition,
  Count,
  CustomerFind,
  Division,
  EntityDefinition,
  HistoryEvent,
  LookupItem,
  Page,
  RecordData,
  TicketContext,
  TimelineItem,
} from './types';

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // What the server refused stays refused; a lost connection is worth another try.
        retry: (count, error) => error instanceof OfflineError && count < 3,
        retryDelay: (count) => Math.min(1000 * 2 ** count, 8000),
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  });
}

export interface ListQuery {
  view?: string;
  where?: Condition | null;
  /** An expression (docs/schema.md). */
  filter?: string;
  search?: string;
  sort?: string;
  limit?: number;
  fields?: string;
  deleted?: boolean;
}

function listParams({
  where,
  deleted,
  ...rest
}: ListQuery): Record<string, string | number | boolean | object | undefined> {
  return { ...rest, ...(where && { where }), ...(deleted && { deleted: true }) };
}

const entitiesQuery = queryOptions({
  queryKey: ['entities'],
  queryFn: async ({ signal }) =>
    (await get<{ entities: EntityDefinition[] }>('/entities', undefined, signal)).entities,
  staleTime: 5 * 60_000,
});

/** All definitions that the caller may read, with forms, views and grants. */
export function useEntities(): UseQueryResult<EntityDefinition[]> {
  return useQuery(entitiesQuery);
}

/** Asks for the definitions before it is known who is signed in: whoever is needs them first. */
export function fetchEntitiesEarly(queries: QueryClient): void {
  void queries.prefetchQuery({ ...entitiesQuery, retry: false });
}

/** One definition; undefined while loading or where it may not be read. */
export function useEntity(name: string): EntityDefinition | undefined {
  return useEntities().data?.find((entity) => entity.name === name);
}

/** A list that grows by pages as the person scrolls. */
export function useRecords(entity: string, list: ListQuery, enabled = true) {
  return useInfiniteQuery({
    queryKey: ['records', entity, 'list', list],
    queryFn: ({ pageParam, signal }) =>
      get<Page>(
        `/${entity}`,
        { ...listParams(list), ...(pageParam && { after: pageParam }) },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useCount(entity: string, list: ListQuery, enabled = true): UseQueryResult<Count> {
  const { view, where, search } = list;
  return useQuery({
    queryKey: ['records', entity, 'count', { view, where, search }],
    queryFn: ({ signal }) =>
      get<Count>(`/${entity}/count`, listParams({ view, where, search }), signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useRecord<R extends RecordData = RecordData>(
  entity: string,
  id: string | null | undefined,
): UseQueryResult<R> {
  return useQuery({
    queryKey: ['record', entity, id],
    queryFn: ({ signal }) => get<R>(`/${entity}/${id}`, undefined, signal),
    enabled: Boolean(id),
  });
}

/** Events of a record, newest first, older ones on demand. */
export function useHistory(entity: string, id: string) {
  return useInfiniteQuery({
    queryKey: ['record', entity, id, 'history'],
    queryFn: ({ pageParam, signal }) =>
      get<{ events: HistoryEvent[]; next: number | string | null }>(
        `/${entity}/${id}/history`,
        { limit: 50, ...(pageParam !== null && { before: pageParam }) },
        signal,
      ),
    initialPageParam: null as number | string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** Candidates for a picker: of an entity, or `user` and `team`. At most 50; those of `team` first. */
export function useLookup(
  entity: string,
  q: string,
  enabled = true,
  limit = 20,
  team?: string,
): UseQueryResult<LookupItem[]> {
  return useQuery({
    queryKey: ['records', entity, 'lookup', q, limit, team],
    queryFn: async ({ signal }) =>
      (
        await get<{ items: LookupItem[] }>(
          `/${entity}/lookup`,
          { q, limit, ...(team && { team }) },
          signal,
        )
      ).items,
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useTimeline(ticket: string): UseQueryResult<TimelineItem[]> {
  return useQuery({
    queryKey: ['ticket_parts', ticket, 'timeline'],
    queryFn: async ({ signal }) =>
      (await get<{ items: TimelineItem[] }>(`/ticket/${ticket}/timeline`, undefined, signal)).items,
  });
}

export function useTicketContext(ticket: string): UseQueryResult<TicketContext> {
  return useQuery({
    queryKey: ['ticket_parts', ticket, 'context'],
    queryFn: ({ signal }) => get<TicketContext>(`/ticket/${ticket}/context`, undefined, signal),
  });
}

export function useTicketVisits(ticket: string): UseQueryResult<RecordData[]> {
  return useQuery({
    queryKey: ['ticket_parts', ticket, 'visits'],
    queryFn: async ({ signal }) =>
      (await get<{ records: RecordData[] }>(`/ticket/${ticket}/visits`, undefined, signal)).records,
  });
}

/** Customers and devices by phone, serial or words: what an agent needs while the phone rings. */
export function useCustomerFind(
  search: { phone?: string; serial?: string; q?: string },
  enabled: boolean,
) {
  return useQuery({
    queryKey: ['records', 'customer', 'find', search],
    queryFn: ({ signal }) => get<CustomerFind>('/customer/find', search, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** The GB/T 2260 tree of provinces, cities and districts. */
export function useDivisions(enabled = true): UseQueryResult<Division[]> {
  return useQuery({
    queryKey: ['divisions'],
    queryFn: async ({ signal }) => {
      const answer = await get<Division[] | { divisions: Division[] }>(
        '/portal/divisions',
        undefined,
        signal,
      );
      return Array.isArray(answer) ? answer : answer.divisions;
    },
    staleTime: Number.POSITIVE_INFINITY,
    enabled,
  });
}

/** Not there, or not for this person: both look the same. */
export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 403);
}
