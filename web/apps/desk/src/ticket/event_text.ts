// Events as sentences of a colleague.
import type { EntityDefinition, HistoryEvent, TimelineItem } from '@hougu/api/types';
import { asRef, fieldOf } from '@hougu/forms';
import { formatList, hasText, localized, text } from '@hougu/i18n';

type Event = Pick<HistoryEvent, 'type' | 'changes' | 'actor' | 'reason'>;

/** "assigned" of "ticket.assigned". */
export function verbOf(type: string): string {
  return type.slice(type.indexOf('.') + 1);
}

function newTitle(event: Event, field: string): string | null {
  const change = event.changes.find((one) => one.field === field);
  return change ? (asRef(change.new)?.title ?? null) : null;
}

/** What happened, without who and when. */
export function eventText(event: Event, entity: EntityDefinition): string {
  const verb = verbOf(event.type);
  if (event.type === 'ticket.created') return text('desk.event.created_ticket');
  if (verb === 'assigned') {
    const whom = [newTitle(event, 'team'), newTitle(event, 'assignee')].filter(Boolean).join(' · ');
    if (whom) return text('desk.event.assigned_to', { whom });
    if (event.changes.some((change) => change.field === 'assignee'))
      return text('desk.event.unassigned');
  }
  if (verb === 'updated' && event.changes.length > 0) {
    const names = event.changes.map((change) => {
      const field = fieldOf(entity, change.field);
      return field ? localized(field.label) : change.field;
    });
    return text('desk.event.updated_fields', { fields: formatList(names) });
  }
  const key = `desk.event.${verb}`;
  return hasText(key) ? text(key) : text('desk.event.other', { type: event.type });
}

/** Events that the conversation already shows as messages, visits or ratings. */
const shownOtherwise = new Set(['messaged', 'rated', 'answered', 'visit_planned']);

export function worthShowing(item: TimelineItem): boolean {
  return item.kind !== 'event' || !shownOtherwise.has(verbOf(item.type ?? ''));
}
