// The audit log at the server: events of everything, newest first.
import { get } from '@hougu/api/client';
import type { HistoryEvent } from '@hougu/api/types';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';

export interface AuditFilter {
  actor?: string;
  entity?: string;
  type?: string;
  from?: string;
  to?: string;
}

export interface AuditPageData {
  events: HistoryEvent[];
  next: number | null;
}

export const readAudit = (
  filter: AuditFilter,
  before: number | null,
  limit: number,
  signal?: AbortSignal,
) => get<AuditPageData>('/audit', { ...filter, limit, ...(before !== null && { before }) }, signal);

export function useAudit(filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) => readAudit(filter, pageParam, 50, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}
