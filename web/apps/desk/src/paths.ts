// The addresses of the desk's pages.

import type { EntityDefinition } from '@hougu/api/types';
import { localized } from '@hougu/i18n';

export const queuePath = (view: string, ticket?: string): string =>
  ticket ? `/queue/${encodeURIComponent(view)}/${ticket}` : `/queue/${encodeURIComponent(view)}`;
export const ticketPath = (id: string): string => `/ticket/${id}`;
export const newTicketPath = (from: Record<string, string> = {}): string => {
  const search = new URLSearchParams(from).toString();
  return search ? `/ticket/new?${search}` : '/ticket/new';
};
export const listPath = (entity: string, view?: string): string =>
  view ? `/records/${entity}?view=${encodeURIComponent(view)}` : `/records/${entity}`;
export const recordPath = (entity: string, id: string): string =>
  entity === 'ticket' ? ticketPath(id) : `/records/${entity}/${id}`;
export const newRecordPath = (entity: string): string => `/records/${entity}/new`;

/** Entities with pages of their own in the rail, in this order; messages and ratings live in tickets. */
const first = ['customer', 'asset', 'product', 'visit', 'contact', 'region'];
const within = new Set(['ticket', 'ticket_message', 'rating']);

export function listedEntities(entities: EntityDefinition[]): EntityDefinition[] {
  const rank = (name: string) => {
    const at = first.indexOf(name);
    return at < 0 ? first.length : at;
  };
  return entities
    .filter((entity) => !within.has(entity.name))
    .sort(
      (a, b) => rank(a.name) - rank(b.name) || localized(a.label).localeCompare(localized(b.label)),
    );
}
