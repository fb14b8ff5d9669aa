// Events in words: who did what with what.
import type { Change, EntityDefinition, Field, FieldValue, HistoryEvent } from '@hougu/api/types';
import { formatDateTime, hasText, localized, text } from '@hougu/i18n';

/** What is logged beside the record types, with the things that happen to it. */
export const systemEvents: Record<string, readonly string[]> = {
  user: ['created', 'updated', 'password_changed', 'sessions_ended'],
  unit: ['created', 'updated', 'deleted'],
  role: ['created', 'updated', 'deleted'],
  api_key: ['created', 'deleted'],
  setting: ['updated'],
  session: ['signed_in', 'signed_out', 'locked'],
};
const recordEvents = ['created', 'updated', 'deleted', 'restored', 'published', 'removed'];
const verbEvents: Record<string, readonly string[]> = {
  ticket: [
    'triaged',
    'answered',
    'started',
    'visit_planned',
    'visit_unfinished',
    'assigned',
    'paused',
    'resumed',
    'resolved',
    'closed',
    'reopened',
    'cancelled',
    'merged',
    'split',
    'linked',
    'unlinked',
    'messaged',
    'rated',
  ],
  visit: [
    'planned',
    'assigned',
    'accepted',
    'refused',
    'travel_started',
    'arrived',
    'completed',
    'ended_unfinished',
    'cancelled',
  ],
};

export function eventsOf(entity: string): readonly string[] {
  return systemEvents[entity] ?? [...recordEvents, ...(verbEvents[entity] ?? [])];
}

/** The type to ask for: definitions are published as "entity.published" of the entity. */
export function eventType(entity: string, verb: string): string {
  return verb === 'published' || verb === 'removed' ? `entity.${verb}` : `${entity}.${verb}`;
}

export function verbOf(type: string): string {
  return type.slice(type.indexOf('.') + 1);
}

export function eventName(verb: string): string {
  const key = `studio.event.${verb}`;
  return hasText(key) ? text(key) : verb;
}

export function entityName(entity: string, entities: readonly EntityDefinition[]): string {
  const key = `studio.audit.entity_${entity}`;
  const label = localized(entities.find((one) => one.name === entity)?.label);
  return label || (hasText(key) ? text(key) : entity);
}

/** Labels of what changed where no definition has them: people, units, settings. */
export function fieldName(field: string, definition: EntityDefinition | undefined): string {
  const label = localized(definition?.fields.find((one) => one.name === field)?.label);
  if (label) return label;
  const key = `studio.audit.field_${field}`;
  return hasText(key) ? text(key) : field;
}

/** A value in a line of text: for the log of the organisation, and for export. */
export function plainValue(value: unknown, field?: Field): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return text(value ? 'forms.yes' : 'forms.no');
  const choice = field?.choices?.find((one) => one.value === value);
  if (choice) return localized(choice.label);
  if (typeof value === 'string') return field?.type === 'date_time' ? formatDateTime(value) : value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value))
    return value.map((one) => plainValue(one, field)).join(text('studio.common.comma'));
  const object = value as Record<string, FieldValue>;
  const named = object.title ?? object.name;
  if (typeof named === 'string') return named;
  if ('street' in object) {
    const { province, city, district, street } = object;
    return [province, city, district, street].filter(Boolean).join('');
  }
  return JSON.stringify(value);
}

/** What an event is about, when it says so itself. */
export function subjectOf(event: HistoryEvent): string {
  const data = event.data;
  const name =
    data && typeof data === 'object' && !Array.isArray(data) ? (data.name ?? data.title) : null;
  if (typeof name === 'string') return name;
  for (const field of ['number', 'name', 'title', 'serial_number']) {
    const change = event.changes.find((one) => one.field === field);
    const value = change?.new ?? change?.old;
    if (typeof value === 'string' && value) return value;
  }
  return '';
}

/** Who it was; the system itself goes by a word of the language in use. */
export function actorName({ actor }: HistoryEvent): string {
  return actor.kind === 'system' || !actor.name
    ? text(`studio.audit.actor_${actor.kind}`)
    : actor.name;
}

/** Without those that say nothing: empty before and after, and the id, which the event has anyway. */
export function toldChanges({ changes }: HistoryEvent): Change[] {
  const empty = (value: unknown) =>
    value === null ||
    value === undefined ||
    value === '' ||
    (Array.isArray(value) && !value.length);
  return changes.filter((one) => one.field !== 'id' && !(empty(one.old) && empty(one.new)));
}
