// The server's complaints about a definition, brought to the thing they are about: after a refused
// publication fields may move in the list, so they are kept by name and not by number.
import type { FieldError } from '@hougu/api/client';
import type { EntityDraft } from './definition';

export type Area = 'fields' | 'forms' | 'views' | 'general';

export interface PlacedFault {
  area: Area;
  /** Name of the field, form or view; null for what is about the whole. */
  name: string | null;
  /** Within it: "choices[1].label"; '' for the whole of it. */
  place: string;
  message: string;
}

const lists = ['fields', 'forms', 'views'] as const;

export function placeFaults(faults: readonly FieldError[], draft: EntityDraft): PlacedFault[] {
  const names = {
    fields: draft.definition.fields.map((field) => field.name),
    forms: draft.forms.map((form) => form.name),
    views: draft.views.map((view) => view.name),
  };
  return faults.map(({ field, message }) => {
    const match = /^(fields|forms|views)(?:\[(\d+)\])?\.?(.*)$/.exec(field);
    const area = lists.find((list) => list === match?.[1]);
    if (!match || !area) return { area: 'general', name: null, place: field, message };
    const name = match[2] === undefined ? null : (names[area][Number(match[2])] ?? null);
    return { area, name, place: match[3] ?? '', message };
  });
}

export function faultsOf(
  faults: readonly PlacedFault[],
  area: Area,
  name?: string | null,
): PlacedFault[] {
  return faults.filter(
    (fault) => fault.area === area && (name === undefined || fault.name === name),
  );
}
