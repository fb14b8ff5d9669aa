// Carries out a verb, refreshes what it touched, and offers the way back where there is one.
import { del, post } from '@hougu/api/client';
import type { Json, RecordData } from '@hougu/api/types';
import { asRef } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { useUndoToast } from '@hougu/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { TicketVerb } from './verbs';

export type VerbBody = Record<string, Json | undefined>;

/** Team and assignee as they were; null takes them away again. */
export function ownersOf(before: RecordData | undefined): {
  team: string | null;
  assignee: string | null;
} {
  return { team: asRef(before?.team)?.id ?? null, assignee: asRef(before?.assignee)?.id ?? null };
}

/** The verb and body that undo it; null where nothing can. */
export function undoOf(
  verb: TicketVerb,
  before: RecordData,
  reason: string,
  body: VerbBody,
): { verb: string; body: VerbBody } | null {
  switch (verb) {
    case 'assign':
      return { verb: 'assign', body: ownersOf(before) };
    case 'close':
    case 'resolve':
    case 'cancel':
      return { verb: 'reopen', body: { reason } };
    case 'pause':
      return { verb: 'resume', body: {} };
    case 'resume':
      return {
        verb: 'pause',
        body: { pause_reason: (before.pause_reason as string | null) ?? 'other' },
      };
    case 'link':
      return { verb: 'unlink', body: { ticket: body.ticket } };
    default:
      return null;
  }
}

export function useVerb(): {
  run: (ticket: RecordData, verb: TicketVerb, body: VerbBody) => Promise<RecordData>;
  remove: (ticket: RecordData) => Promise<void>;
  refresh: (id: string) => void;
} {
  const { t } = useText();
  const queries = useQueryClient();
  const toast = useUndoToast();

  const refresh = useCallback(
    (id: string) => {
      void queries.invalidateQueries({ queryKey: ['record', 'ticket', id] });
      void queries.invalidateQueries({ queryKey: ['ticket_parts', id] });
      void queries.invalidateQueries({ queryKey: ['records', 'ticket'] });
    },
    [queries],
  );

  const run = useCallback(
    async (ticket: RecordData, verb: TicketVerb, body: VerbBody) => {
      const answer = await post<RecordData>(`/ticket/${ticket.id}/${verb}`, {
        version: ticket.version,
        ...body,
      });
      refresh(ticket.id);
      const way = undoOf(verb, ticket, t('desk.undo.reason'), body);
      const undo = async () => {
        if (way) await post(`/ticket/${ticket.id}/${way.verb}`, way.body);
        refresh(ticket.id);
      };
      toast({
        text: t(`desk.done.${verb}`, { number: String(ticket.number) }),
        ...(way && { undo }),
      });
      return answer;
    },
    [refresh, t, toast],
  );

  const remove = useCallback(
    async (ticket: RecordData) => {
      await del(`/ticket/${ticket.id}`);
      refresh(ticket.id);
      const undo = async () => {
        await post(`/ticket/${ticket.id}/restore`);
        refresh(ticket.id);
      };
      toast({ text: t('desk.done.delete', { number: String(ticket.number) }), undo });
    },
    [refresh, t, toast],
  );

  return { run, remove, refresh };
}
