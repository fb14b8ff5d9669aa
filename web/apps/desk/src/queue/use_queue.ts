// What a queue shows: its view, and what the person asked for on top, kept in the address.
import { type ListQuery, useCount, useRecords } from '@hougu/api/queries';
import type { Condition, RecordData, View } from '@hougu/api/types';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

export interface ListFilter {
  search: string;
  where: Condition | null;
  /** An expression; empty: none. */
  expression: string;
  /** Empty: as the view says. */
  sort: string;
}

function parse(text: string | null): Condition | null {
  if (!text) return null;
  try {
    return JSON.parse(text) as Condition;
  } catch {
    return null; // a broken link: the list without its filter
  }
}

export function useListFilter(): [ListFilter, (change: Partial<ListFilter>) => void] {
  const [params, setParams] = useSearchParams();
  const filter = useMemo<ListFilter>(
    () => ({
      search: params.get('q') ?? '',
      where: parse(params.get('where')),
      expression: params.get('filter') ?? '',
      sort: params.get('sort') ?? '',
    }),
    [params],
  );
  const change = useCallback(
    (next: Partial<ListFilter>) => {
      setParams(
        (now) => {
          const put = (name: string, value: string) => {
            if (value) now.set(name, value);
            else now.delete(name);
          };
          if (next.search !== undefined) put('q', next.search);
          if (next.where !== undefined) put('where', next.where ? JSON.stringify(next.where) : '');
          if (next.expression !== undefined) put('filter', next.expression);
          if (next.sort !== undefined) put('sort', next.sort);
          return now;
        },
        { replace: true },
      );
    },
    [setParams],
  );
  return [filter, change];
}

/** The view's own question joined with the person's. */
export function listQuery(view: View | undefined, filter: ListFilter): ListQuery {
  const sort = filter.sort || view?.sort.join(',') || '-created_at';
  return {
    ...(view && { view: view.name }),
    ...(filter.where && { where: filter.where }),
    ...(filter.expression && { filter: filter.expression }),
    ...(filter.search && { search: filter.search }),
    sort,
  };
}

export interface Queue {
  query: ListQuery;
  rows: RecordData[];
  count: { count: number; exact: boolean } | undefined;
  loading: boolean;
  error: unknown;
  refetch: () => void;
  more: () => void;
  hasMore: boolean;
}

export function useList(
  entity: string,
  view: View | undefined,
  filter: ListFilter,
  options: { fields?: string; deleted?: boolean; enabled?: boolean } = {},
): Queue {
  const { fields, deleted, enabled = true } = options;
  const { where, expression, sort } = filter;
  const search = filter.search.trim();
  const query = useMemo(
    () => listQuery(view, { search, where, expression, sort }),
    [view, search, where, expression, sort],
  );
  const asked = useMemo<ListQuery>(
    () => ({ ...query, limit: 50, ...(fields && { fields }), ...(deleted && { deleted }) }),
    [query, fields, deleted],
  );
  const list = useRecords(entity, asked, enabled);
  const { data: count } = useCount(entity, query, enabled && !deleted);
  const rows = useMemo(() => (list.data?.pages ?? []).flatMap((page) => page.records), [list.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return {
    query,
    rows,
    count,
    loading: list.isPending,
    error: list.error,
    refetch: () => void list.refetch(),
    more,
    hasMore: hasNextPage,
  };
}
