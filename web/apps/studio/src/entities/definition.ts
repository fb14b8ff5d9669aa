// A definition while it is being edited: what gets published, and the lists that go with it.
import type { Condition, EntityDefinition, Field, Form, View } from '@hougu/api/types';
import type { Localized } from '@hougu/i18n';

/** What PUT /entities/{entity} takes, without its version. */
export interface Definition {
  name: string;
  label: Localized;
  core?: boolean;
  icon?: string;
  title: string[];
  search: string[];
  ownership: { team: string | null; assignee: string | null; via: string | null };
  fields: Field[];
  indexes: string[][];
  unique: string[][];
  history_only?: boolean;
}

export interface EntityDraft {
  version: number;
  definition: Definition;
  forms: Form[];
  views: View[];
}

export function toDraft(entity: EntityDefinition): EntityDraft {
  const { name, label, core, icon, title, search, ownership, fields, indexes, unique } = entity;
  return {
    version: entity.version,
    definition: {
      name,
      label,
      ...(core && { core }),
      ...(icon && { icon }),
      title,
      search: search ?? [],
      ownership: {
        team: ownership?.team ?? null,
        assignee: ownership?.assignee ?? null,
        via: ownership?.via ?? null,
      },
      fields,
      indexes: indexes ?? [],
      unique: unique ?? [],
      ...(entity.history_only && { history_only: true }),
    },
    forms: entity.forms,
    // A person's own views are theirs; they aren't part of the definition.
    views: entity.views.filter((view) => !view.personal),
  };
}

/** For parts that want a whole definition, like the condition editor. */
export function asEntity(draft: EntityDraft): EntityDefinition {
  return {
    ...draft.definition,
    forms: draft.forms,
    views: draft.views,
    grants: { create: true, read: 'all' },
    version: draft.version,
  };
}

export function withField(draft: EntityDraft, at: number | null, field: Field): EntityDraft {
  const fields = [...draft.definition.fields];
  if (at === null) fields.push(field);
  else fields[at] = field;
  return { ...draft, definition: { ...draft.definition, fields } };
}

/** A field that was taken out, at its place again; the lists that named it aren't restored. */
export function withFieldBack(draft: EntityDraft, at: number, field: Field): EntityDraft {
  const { fields } = draft.definition;
  if (fields.some((one) => one.name === field.name)) return draft;
  const next = [...fields.slice(0, at), field, ...fields.slice(at)];
  return { ...draft, definition: { ...draft.definition, fields: next } };
}

function conditionSpeaksOf(condition: Condition | null, field: string): boolean {
  if (!condition) return false;
  if ('and' in condition) return condition.and.some((part) => conditionSpeaksOf(part, field));
  if ('or' in condition) return condition.or.some((part) => conditionSpeaksOf(part, field));
  if ('not' in condition) return conditionSpeaksOf(condition.not, field);
  return condition.field.split('.')[0] === field;
}

/** Names of views whose condition asks about a field: it can't go before they let go of it. */
export function viewsAskingFor(draft: EntityDraft, field: string): View[] {
  return draft.views.filter((view) => conditionSpeaksOf(view.where, field));
}

/** Takes a field out of everything that names it, beside conditions of views. */
export function withoutField(draft: EntityDraft, name: string): EntityDraft {
  const keep = (names: string[]) => names.filter((one) => one !== name);
  const keepLists = (lists: string[][]) => lists.map(keep).filter((list) => list.length > 0);
  const { definition } = draft;
  const { ownership } = definition;
  return {
    ...draft,
    definition: {
      ...definition,
      fields: definition.fields.filter((field) => field.name !== name),
      title: keep(definition.title),
      search: keep(definition.search),
      indexes: keepLists(definition.indexes),
      unique: keepLists(definition.unique),
      ownership: {
        team: ownership.team === name ? null : ownership.team,
        assignee: ownership.assignee === name ? null : ownership.assignee,
        via: ownership.via === name ? null : ownership.via,
      },
    },
    forms: draft.forms.map((form) => ({
      ...form,
      when: form.when?.field === name ? null : form.when,
      sections: form.sections.map((section) => ({ ...section, fields: keep(section.fields) })),
    })),
    views: draft.views.map((view) => ({
      ...view,
      columns: keep(view.columns),
      sort: view.sort.filter((key) => key.replace(/^-/, '') !== name),
    })),
  };
}

/** An archived field is hidden: what can't use hidden fields lets go of it, forms and views too. */
export function withArchived(draft: EntityDraft, name: string, archived: boolean): EntityDraft {
  const set = (fields: Field[]) =>
    fields.map((field) => {
      if (field.name !== name) return field;
      const next: Field = { ...field, archived: true };
      if (!archived) delete next.archived;
      return next;
    });
  if (!archived) {
    return { ...draft, definition: { ...draft.definition, fields: set(draft.definition.fields) } };
  }
  const without = withoutField(draft, name);
  return {
    ...without,
    definition: { ...without.definition, fields: set(draft.definition.fields) },
  };
}
