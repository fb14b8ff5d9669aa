// How long a ticket has left, for the chip in its row.
import type { RecordData } from '@hougu/api/types';

export type Due =
  | { kind: 'none' }
  /** Seconds left, or over. */
  | { kind: 'ok' | 'soon' | 'late'; seconds: number };

const ended = new Set(['resolved', 'closed', 'cancelled']);
const soon = 4 * 3600;

export function dueOf(ticket: RecordData, now: number): Due {
  if (typeof ticket.due_at !== 'string' || ended.has(String(ticket.status)))
    return { kind: 'none' };
  const seconds = (new Date(ticket.due_at).getTime() - now) / 1000;
  if (Number.isNaN(seconds)) return { kind: 'none' };
  if (seconds < 0) return { kind: 'late', seconds: -seconds };
  return { kind: seconds < soon ? 'soon' : 'ok', seconds };
}
