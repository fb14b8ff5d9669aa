// The log as a table file.
import type { EntityDefinition, HistoryEvent } from '@hougu/api/types';
import { formatDateTime, text } from '@hougu/i18n';
import {
  actorName,
  entityName,
  eventName,
  fieldName,
  plainValue,
  subjectOf,
  toldChanges,
  verbOf,
} from './event_words';

/** Spreadsheets take cells that begin so for formulas. */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const columns = ['at', 'actor', 'what', 'entity', 'subject', 'field', 'old', 'new', 'reason'];

/** One row for each changed field; one for an event without changes. BOM: Excel reads UTF-8. */
export function auditCsv(
  events: readonly HistoryEvent[],
  entities: readonly EntityDefinition[],
): string {
  const rows = [columns.map((column) => text(`studio.audit.column_${column}`))];
  for (const event of events) {
    const definition = entities.find((one) => one.name === event.entity);
    const head = [
      formatDateTime(event.at),
      actorName(event),
      eventName(verbOf(event.type)),
      entityName(event.entity ?? '', entities),
      subjectOf(event) || event.id || '',
    ];
    const changes = toldChanges(event).map((change) => {
      const field = definition?.fields.find((one) => one.name === change.field);
      return [
        fieldName(change.field, definition),
        plainValue(change.old, field),
        plainValue(change.new, field),
      ];
    });
    for (const change of changes.length > 0 ? changes : [['', '', '']])
      rows.push([...head, ...change, event.reason ?? '']);
  }
  return `\uFEFF${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}
