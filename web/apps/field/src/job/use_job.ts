import { get } from '@hougu/api/client';
import { useLive } from '@hougu/api/live';
import { useEntity } from '@hougu/api/queries';
import type { LiveRecord, RecordData } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useOutbox, useOutboxState } from '../outbox/provider';
import { statusAfter } from './steps';
import type { Job, VisitStatus } from './types';

export interface Day {
  day: string;
  records: Job[];
}

/** Keys lie under ['records','visit'] and ['record','visit'], which live updates make stale. */
export function useDay(day: string) {
  return useQuery({
    queryKey: ['records', 'visit', 'mine', day],
    queryFn: ({ signal }) => get<Day>('/visit/mine', { day }, signal),
  });
}

export function useJob(id: string) {
  const queries = useQueryClient();
  const job = useQuery({
    queryKey: ['record', 'visit', id, 'job'],
    queryFn: ({ signal }) => get<Job>(`/visit/${id}/job`, undefined, signal),
    // the list knows most of it: no empty page on the way in
    placeholderData: () =>
      queries
        .getQueriesData<Day>({ queryKey: ['records', 'visit', 'mine'] })
        .flatMap(([, day]) => day?.records ?? [])
        .find((one) => one.id === id),
  });
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
