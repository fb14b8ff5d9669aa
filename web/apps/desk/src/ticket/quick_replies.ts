// Sentences an agent says often. Placeholders stand for the ticket's values: {customer}, {number} …
import type { EntityDefinition, RecordData } from '@hougu/api/types';
import { asRef, fieldOf } from '@hougu/forms';
import { formatDateTime, localized, type Translate } from '@hougu/i18n';

export interface QuickReply {
  [key: string]: string;
  id: string;
  title: string;
  body: string;
}

export const placeholders = [
  'customer',
  'contact',
  'number',
  'subject',
  'service',
  'status',
  'engineer',
  'me',
  'due',
] as const;

/** What a new person finds, until they make their own. */
export function firstReplies(t: Translate): QuickReply[] {
  return ['received', 'photo', 'visit', 'solved'].map((id) => ({
    id,
    title: t(`desk.quick.${id}_title`),
    body: t(`desk.quick.${id}_body`),
  }));
}

function choiceText(entity: EntityDefinition, ticket: RecordData, name: string): string {
  const field = fieldOf(entity, name);
  const choice = field?.choices?.find((one) => one.value === ticket[name]);
  return choice ? localized(choice.label) : '';
}

/** The body with its placeholders filled in; those without a value leave nothing behind. */
export function fillReply(
  body: string,
  entity: EntityDefinition,
  ticket: RecordData,
  me: string,
): string {
  const values: Record<string, string> = {
    customer: asRef(ticket.customer)?.title ?? String(ticket.contact_name ?? ''),
    contact: String(ticket.contact_name ?? asRef(ticket.customer)?.title ?? ''),
    number: String(ticket.number ?? ''),
    subject: String(ticket.subject ?? ''),
    service: choiceText(entity, ticket, 'service_type'),
    status: choiceText(entity, ticket, 'status'),
    engineer: asRef(ticket.assignee)?.title ?? '',
    me,
    due: typeof ticket.due_at === 'string' ? formatDateTime(ticket.due_at) : '',
  };
  return body.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
