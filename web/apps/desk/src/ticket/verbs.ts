// What can be done with a ticket and what each verb asks for (docs/api.md).
import type { RecordData } from '@hougu/api/types';
import { ticketVerbs } from '@hougu/api/verbs';

/** Those with a dialog; messages have the composer, and `unlink` takes `link` back. */
export type TicketVerb = Exclude<(typeof ticketVerbs)[number], 'unlink' | 'message'>;
const inMenus = ticketVerbs.filter(
  (verb): verb is TicketVerb => verb !== 'unlink' && verb !== 'message',
);

export interface VerbPart {
  name: string;
  /** `field`: an editor of that ticket field; `text`: some lines; `line`: one; `ticket`: another one. */
  kind: 'field' | 'text' | 'line' | 'ticket' | 'messages';
  required?: boolean;
  /** Starts with the ticket's own value. */
  own?: boolean;
}

const part = (
  name: string,
  kind: VerbPart['kind'],
  rest: Omit<VerbPart, 'name' | 'kind'> = {},
): VerbPart => ({
  name,
  kind,
  ...rest,
});

export function verbParts(verb: TicketVerb, ticket: RecordData): VerbPart[] {
  switch (verb) {
    case 'triage':
      return [
        part('service_type', 'field', { own: true }),
        part('priority', 'field', { own: true }),
        part('fault_category', 'field', { own: true }),
        part('team', 'field', { own: true }),
        part('note', 'text'),
      ];
    case 'assign':
      return [
        part('team', 'field', { own: true }),
        part('assignee', 'field', { own: true }),
        part('reason', 'line'),
      ];
    case 'pause':
      return [part('pause_reason', 'field', { required: true }), part('note', 'text')];
    case 'resume':
      return [part('note', 'text')];
    case 'resolve':
      return [part('resolution', 'text', { required: true })];
    case 'close':
      return ticket.status === 'resolved'
        ? [part('note', 'text')]
        : [part('resolution', 'text', { required: true })];
    case 'reopen':
    case 'cancel':
      return [part('reason', 'line', { required: true })];
    case 'merge':
      return [part('into', 'ticket', { required: true })];
    case 'split':
      return [
        part('subject', 'line', { required: true }),
        part('description', 'text'),
        part('messages', 'messages'),
      ];
    case 'link':
      return [part('ticket', 'ticket', { required: true })];
  }
}

/** The verbs that fit best now, for buttons of their own; the others go into the menu. */
const firstByStatus: Record<string, TicketVerb[]> = {
  new: ['triage', 'assign'],
  open: ['assign', 'resolve'],
  assigned: ['resolve', 'assign'],
  in_progress: ['resolve', 'pause'],
  paused: ['resume'],
  resolved: ['close', 'reopen'],
  closed: ['reopen'],
  cancelled: ['reopen'],
};

export function splitVerbs(ticket: RecordData): { first: TicketVerb[]; more: TicketVerb[] } {
  const can = new Set(ticket._can ?? []);
  const allowed = inMenus.filter((verb) => can.has(verb));
  const wanted = firstByStatus[String(ticket.status)] ?? [];
  const first = wanted.filter((verb) => allowed.includes(verb));
  return { first, more: allowed.filter((verb) => !first.includes(verb)) };
}

/** The verbs with a key of their own. */
export const verbKeys: Partial<Record<TicketVerb, string>> = {
  triage: 't',
  assign: 'a',
  resolve: 'e',
  close: 'c',
};

/** Verbs whose effect can't be taken back by another verb get a word of warning in their dialog. */
export const lasting: ReadonlySet<TicketVerb> = new Set(['merge']);

export const openStatuses: ReadonlySet<string> = new Set([
  'new',
  'open',
  'assigned',
  'in_progress',
  'paused',
]);
