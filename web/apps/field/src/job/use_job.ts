import { get } from '@hougu/api/client';
import { useLive } from '@hougu/api/live';
import { useEntity } from '@hougu/api/queries';
import type { LiveRecord, RecordData } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { useOffline } from '../kept/offline';
import { useOutbox, useOutboxState } from '../outbox/provider';
import { isOpen, statusAfter } from './steps';
import type { Job, VisitStatus } from './types';

export interface Day {
  day: string;
  records: Job[];
}

const aheadMs = 10 * 60_000;

/** Keys lie under ['records','visit'] and ['record','visit'], which live updates make stale. */
export function useDay(day: string) {
  return useQuery({
    queryKey: ['records', 'visit', 'mine', day],
    queryFn: ({ signal }) => get<Day>('/visit/mine', { day }, signal),
  });
}

const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ['record', 'visit', id, 'job'],
    queryFn: ({ signal }) => get<Job>(`/visit/${id}/job`, undefined, signal),
  });

/** Fetches each open visit of the day before it is looked at: later there may be no network. */
export function useJobsAhead(jobs: Job[] | undefined): void {
  const queries = useQueryClient();
  const offline = useOffline();
  const open = offline ? [] : (jobs ?? []).filter(({ status }) => isOpen(status));
  const wanted = open.map(({ id }) => id).join();
  useEffect(() => {
    let live = true;
    const all = async () => {
      for (const id of wanted.split(',').filter(Boolean)) {
        if (!live) return;
        await queries.prefetchQuery({ ...jobQuery(id), staleTime: aheadMs });
      }
    };
    void all();
    return () => {
      live = false;
    };
  }, [queries, wanted]);
}

/** The list knows most of a visit: no empty page on the way in, nor where there is no network. */
function listed(queries: QueryClient, id: string): { job: Job; at: number } | undefined {
  const days = queries.getQueryCache().findAll({ queryKey: ['records', 'visit', 'mine'] });
  for (const { state } of days) {
    const job = (state.data as Day | undefined)?.records.find((one) => one.id === id);
    if (job) return { job, at: state.dataUpdatedAt };
  }
  return undefined;
}

/** A visit, with the time at which the server said so. */
export function useJob(id: string) {
  const queries = useQueryClient();
  const { data, dataUpdatedAt, error, isPending, refetch } = useQuery(jobQuery(id));
  const known = data ? undefined : listed(queries, id);
  const job = {
    data: data ?? known?.job,
    asOf: data ? dataUpdatedAt : known?.at,
    error,
    isPending,
    refetch,
  };
  // the page shows facts of the ticket, whose changes bear the ticket's name
  const ticket = job.data?.ticket?.id;
  const onRecord = useCallback(
    (changed: LiveRecord) => {
      if (changed?.entity !== 'ticket' || changed.id !== ticket) return;
      void queries.invalidateQueries({ queryKey: ['record', 'visit', id] });
    },
    [queries, id, ticket],
  );
  useLive('record', onRecord);
  return job;
}

/** Puts what a step answered onto every page that shows the visit; the facts around it stay. */
export function showVisit(queries: QueryClient, visit: RecordData): void {
  queries.setQueryData<Job>(['record', 'visit', visit.id, 'job'], (job) =>
    job ? ({ ...job, ...visit } as Job) : job,
  );
  queries.setQueriesData<Day>({ queryKey: ['records', 'visit', 'mine'] }, (day) =>
    day
      ? {
          ...day,
          records: day.records.map((job) =>
            job.id === visit.id ? ({ ...job, ...visit } as Job) : job,
          ),
        }
      : day,
  );
}

/** What the visit is once the unsent steps have arrived. */
export function useShownStatus(job: Job): { status: VisitStatus; unsent: boolean } {
  const outbox = useOutbox();
  useOutboxState();
  const verbs = outbox.unsentVerbs(job.id);
  return { status: statusAfter(job.status, verbs), unsent: verbs.length > 0 };
}

/** The word for a choice of the ticket, as the definition has it. */
export function useTicketChoice(): (field: string, value: string | null | undefined) => string {
  const ticket = useEntity('ticket');
  const { localized } = useText();
  return useCallback(
    (field, value) => {
      if (!value) return '';
      const choices = ticket?.fields.find(({ name }) => name === field)?.choices;
      return localized(choices?.find((choice) => choice.value === value)?.label) || '';
    },
    [ticket, localized],
  );
}
