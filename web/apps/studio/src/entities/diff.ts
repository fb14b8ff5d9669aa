// What a publication would change, piece by piece.
import type { Choice, Field, Form, View } from '@hougu/api/types';
import type { Localized } from '@hougu/i18n';
import type { Definition, EntityDraft } from './definition';

export type ChangeKind =
  | 'field_added'
  | 'field_removed'
  | 'field_archived'
  | 'field_restored'
  | 'field_changed'
  | 'field_order'
  | 'choice_added'
  | 'choice_removed'
  | 'choice_archived'
  | 'choice_restored'
  | 'form_added'
  | 'form_removed'
  | 'form_changed'
  | 'form_order'
  | 'view_added'
  | 'view_removed'
  | 'view_changed'
  | 'view_order'
  | 'general_changed';

export interface DefinitionChange {
  kind: ChangeKind;
  /** What it is about: a field, a form, a view. */
  label?: Localized;
  /** Names of settings that differ: texts studio.setting.<name>. */
  settings?: string[];
  /** Choices by their labels. */
  choices?: Localized[];
  /** Data goes with it. */
  loses?: boolean;
  /** Could be refused by records that exist. */
  strict?: boolean;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Objects as equal whatever the order of their members, and whether a false flag is written or not. */
function sameSetting(a: unknown, b: unknown): boolean {
  const plain = (value: unknown): unknown => {
    if (value === false || value === undefined || value === '') return null;
    if (Array.isArray(value)) return value.map(plain);
    if (value && typeof value === 'object') {
      return Object.fromEntries(
        Object.entries(value)
          .map(([key, member]) => [key, plain(member)] as const)
          .filter(([, member]) => member !== null)
          .sort(([x], [y]) => (x < y ? -1 : 1)),
      );
    }
    return value;
  };
  return same(plain(a), plain(b));
}

interface Named {
  name: string;
}

/** Names that both lists have stand in another order. */
function reordered(before: readonly Named[], after: readonly Named[]): boolean {
  const names = (list: readonly Named[], other: readonly Named[]) =>
    list.map((item) => item.name).filter((name) => other.some((item) => item.name === name));
  return !same(names(before, after), names(after, before));
}

function choiceChanges(before: Field, after: Field): DefinitionChange[] {
  const old = before.choices ?? [];
  const now = after.choices ?? [];
  const find = (list: Choice[], value: string) => list.find((choice) => choice.value === value);
  const labels = (list: Choice[]) => list.map((choice) => choice.label);
  const added = now.filter((choice) => !find(old, choice.value));
  const removed = old.filter((choice) => !find(now, choice.value));
  const archived = now.filter((c) => c.archived && find(old, c.value)?.archived === undefined);
  const restored = now.filter((c) => !c.archived && find(old, c.value)?.archived);
  const about = (kind: ChangeKind, list: Choice[], rest: Partial<DefinitionChange> = {}) =>
    list.length > 0 ? [{ kind, label: after.label, choices: labels(list), ...rest }] : [];
  return [
    ...about('choice_added', added),
    ...about(
      'choice_archived',
      archived.filter((choice) => find(old, choice.value)),
    ),
    ...about('choice_restored', restored),
    ...about('choice_removed', removed, { loses: true }),
  ];
}

/** Choices as they look, without those that came, went or were archived (which are told by name). */
function choiceLooks(field: Field, other: Field): unknown {
  return (field.choices ?? [])
    .filter((choice) => other.choices?.some((one) => one.value === choice.value))
    .map(({ archived: _, ...rest }) => rest);
}

function fieldChanges(before: Field, after: Field): DefinitionChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)] as (keyof Field)[]);
  const settings: string[] = [];
  for (const key of keys) {
    if (key === 'name' || key === 'archived') continue;
    const equal =
      key === 'choices'
        ? sameSetting(choiceLooks(before, after), choiceLooks(after, before))
        : sameSetting(before[key], after[key]);
    if (!equal) settings.push(key);
  }
  const strict =
    (settings.includes('required') && after.required === true) ||
    (settings.includes('unique') && after.unique === true);
  const { label } = after;
  return [
    ...(settings.length > 0
      ? [{ kind: 'field_changed' as const, label, settings, ...(strict && { strict }) }]
      : []),
    ...choiceChanges(before, after),
    ...(after.archived && !before.archived ? [{ kind: 'field_archived' as const, label }] : []),
    ...(!after.archived && before.archived ? [{ kind: 'field_restored' as const, label }] : []),
  ];
}

function allFieldChanges(before: Field[], after: Field[]): DefinitionChange[] {
  const find = (list: Field[], name: string) => list.find((field) => field.name === name);
  const changes = after.flatMap((field): DefinitionChange[] => {
    const old = find(before, field.name);
    if (old) return fieldChanges(old, field);
    const strict = field.required === true && field.default === undefined;
    return [{ kind: 'field_added', label: field.label, ...(strict && { strict }) }];
  });
  const removed = before
    .filter((field) => !find(after, field.name))
    .map((field) => ({ kind: 'field_removed' as const, label: field.label, loses: true }));
  const order = reordered(before, after) ? [{ kind: 'field_order' as const }] : [];
  return [...changes, ...order, ...removed];
}

function listChanges(
  what: 'form' | 'view',
  before: (Form | View)[],
  after: (Form | View)[],
): DefinitionChange[] {
  const find = (list: (Form | View)[], name: string) => list.find((item) => item.name === name);
  return [
    ...after.flatMap((item): DefinitionChange[] => {
      const old = find(before, item.name);
      if (!old) return [{ kind: `${what}_added`, label: item.label }];
      return sameSetting(old, item) ? [] : [{ kind: `${what}_changed`, label: item.label }];
    }),
    ...before
      .filter((item) => !find(after, item.name))
      .map((item): DefinitionChange => ({ kind: `${what}_removed`, label: item.label })),
    ...(reordered(before, after) ? [{ kind: `${what}_order` } as const] : []),
  ];
}

const generalKeys = [
  'label',
  'icon',
  'title',
  'search',
  'ownership',
  'indexes',
  'unique',
  'history_only',
] as const satisfies readonly (keyof Definition)[];

/** Everything that differs, fields first. An empty list: nothing to publish. */
export function definitionChanges(before: EntityDraft, after: EntityDraft): DefinitionChange[] {
  const general = generalKeys.filter(
    (key) => !sameSetting(before.definition[key], after.definition[key]),
  );
  return [
    ...allFieldChanges(before.definition.fields, after.definition.fields),
    ...(general.length > 0 ? [{ kind: 'general_changed' as const, settings: [...general] }] : []),
    ...listChanges('form', before.forms, after.forms),
    ...listChanges('view', before.views, after.views),
  ];
}

/** Which of the three documents have to be sent. */
export function changedParts(before: EntityDraft, after: EntityDraft) {
  return {
    definition: !same(before.definition, after.definition),
    forms: !same(before.forms, after.forms),
    views: !same(before.views, after.views),
  };
}
