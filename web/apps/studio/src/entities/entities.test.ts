import type { EntityDefinition, Field } from '@hougu/api/types';
import { fieldTypes } from '@hougu/api/types';
import { describe, expect, it } from 'vitest';
import { checkField, numberExample } from './check_field';
import {
  type EntityDraft,
  toDraft,
  viewsAskingFor,
  withArchived,
  withoutField,
} from './definition';
import { changedParts, definitionChanges } from './diff';
import { placeFaults } from './faults';
import { typeGroups, typesAfter, withType } from './type_settings';

const label = (zh: string) => ({ 'zh-CN': zh });
const number: Field = {
  name: 'number',
  type: 'auto_number',
  label: label('单号'),
  pattern: '{seq}',
};
const status: Field = {
  name: 'status',
  type: 'single_choice',
  label: label('状态'),
  choices: [
    { value: 'new', label: label('新建') },
    { value: 'done', label: label('完成') },
  ],
};
const note: Field = { name: 'note', type: 'long_text', label: label('备注') };

const entity: EntityDefinition = {
  name: 'job',
  label: label('任务'),
  title: ['number'],
  search: ['number', 'note'],
  ownership: { team: null, assignee: null, via: null, creator: 'created_by' },
  fields: [number, status, note],
  indexes: [['status', 'created_at'], ['note']],
  unique: [],
  forms: [
    {
      name: 'default',
      label: label('任务'),
      when: null,
      sections: [{ label: label('内容'), fields: ['status', 'note'] }],
    },
  ],
  views: [
    {
      name: 'open',
      label: label('未完成'),
      columns: ['number', 'note'],
      where: { and: [{ field: 'status', op: 'ne', value: 'done' }] },
      sort: ['-note', 'number'],
    },
    { name: 'own', label: label('我的'), columns: [], where: null, sort: [], personal: true },
  ],
  grants: { create: true, read: 'all' },
  version: 3,
};

const draft = toDraft(entity);
const change = (fields: Field[]): EntityDraft => ({
  ...draft,
  definition: { ...draft.definition, fields },
});

describe('what a publication changes', () => {
  it('is nothing where nothing differs, however it is written', () => {
    expect(definitionChanges(draft, draft)).toEqual([]);
    expect(
      definitionChanges(draft, change([number, status, { ...note, required: false }])),
    ).toEqual([]);
    expect(draft.views.map((view) => view.name)).toEqual(['open']);
  });

  it('names fields that came, went and moved', () => {
    const added: Field = { name: 'phone', type: 'phone', label: label('电话'), required: true };
    expect(definitionChanges(draft, change([status, number, added]))).toEqual([
      { kind: 'field_added', label: label('电话'), strict: true },
      { kind: 'field_order' },
      { kind: 'field_removed', label: label('备注'), loses: true },
    ]);
  });

  it('tells settings, choices and archiving apart', () => {
    const after = change([
      number,
      {
        ...status,
        required: true,
        choices: [
          { value: 'done', label: label('完成'), archived: true },
          { value: 'waiting', label: label('等待') },
        ],
      },
      { ...note, label: label('说明'), archived: true },
    ]);
    expect(definitionChanges(draft, after)).toEqual([
      { kind: 'field_changed', label: label('状态'), settings: ['required'], strict: true },
      { kind: 'choice_added', label: label('状态'), choices: [label('等待')] },
      { kind: 'choice_archived', label: label('状态'), choices: [label('完成')] },
      { kind: 'choice_removed', label: label('状态'), choices: [label('新建')], loses: true },
      { kind: 'field_changed', label: label('说明'), settings: ['label'] },
      { kind: 'field_archived', label: label('说明') },
    ]);
    expect(changedParts(draft, after)).toEqual({ definition: true, forms: false, views: false });
  });

  it('says what else of the record type changed', () => {
    const after: EntityDraft = {
      ...draft,
      definition: { ...draft.definition, title: ['number', 'note'], label: label('工单') },
      forms: [],
      views: [...draft.views, { ...draft.views[0], name: 'all', label: label('全部') } as never],
    };
    expect(definitionChanges(draft, after)).toEqual([
      { kind: 'general_changed', settings: ['label', 'title'] },
      { kind: 'form_removed', label: label('任务') },
      { kind: 'view_added', label: label('全部') },
    ]);
  });
});

describe('taking a field out', () => {
  it('leaves no list that names it', () => {
    const after = withoutField(draft, 'note');
    expect(after.definition.search).toEqual(['number']);
    expect(after.definition.indexes).toEqual([['status', 'created_at']]);
    expect(after.forms[0]?.sections[0]?.fields).toEqual(['status']);
    expect(after.views[0]?.columns).toEqual(['number']);
    expect(after.views[0]?.sort).toEqual(['number']);
  });

  it('keeps an archived one as a field, and can bring it back', () => {
    const archived = withArchived(draft, 'note', true);
    expect(archived.definition.fields[2]).toEqual({ ...note, archived: true });
    expect(archived.forms[0]?.sections[0]?.fields).toEqual(['status']);
    expect(withArchived(archived, 'note', false).definition.fields[2]).toEqual(note);
  });

  it('knows the views that ask for it', () => {
    expect(viewsAskingFor(draft, 'status').map((view) => view.name)).toEqual(['open']);
    expect(viewsAskingFor(draft, 'note')).toEqual([]);
  });
});

describe('faults', () => {
  it('of the server are brought to the field by its name', () => {
    const fault = (field: string) => ({ field, code: 'x', message: field });
    expect(
      placeFaults(
        [fault('fields[1].choices[0].label'), fault('views[0].where'), fault('title')],
        draft,
      ),
    ).toEqual([
      {
        area: 'fields',
        name: 'status',
        place: 'choices[0].label',
        message: 'fields[1].choices[0].label',
      },
      { area: 'views', name: 'open', place: 'where', message: 'views[0].where' },
      { area: 'general', name: null, place: 'title', message: 'title' },
    ]);
  });

  it('of a field are found before it is sent', () => {
    expect(checkField(note, ['number'])).toEqual({});
    expect(checkField({ ...note, name: 'version', label: {} }, [])).toEqual({
      label: 'label_missing',
      name: 'name_reserved',
    });
    expect(checkField({ ...note, name: 'number' }, ['number'])).toEqual({ name: 'repeated' });
    expect(checkField({ ...status, choices: [] }, [])).toEqual({ choices: 'choices_missing' });
    expect(checkField({ ...status, choices: [{ value: 'a b', label: label('甲') }] }, [])).toEqual({
      'choices[0].value': 'choice_value',
    });
    const amount: Field = { name: 'a', type: 'integer', label: label('甲'), min: 5, max: 3 };
    expect(checkField(amount, [])).toEqual({ max: 'max_below_min' });
  });
});

describe('field types', () => {
  it('are each in one group', () => {
    expect(typeGroups.flatMap((group) => group.types).sort()).toEqual([...fieldTypes].sort());
  });

  it('lose settings that the next type does not know', () => {
    const text: Field = { ...note, type: 'text', pattern: '^A', unique: true, max_length: 20 };
    expect(withType(text, 'long_text')).toEqual({ ...note, max_length: 20 });
    expect(typesAfter('rating')).toEqual(['rating', 'integer']);
  });

  it('show what a number would look like', () => {
    const day = new Date(2026, 10, 2);
    expect(numberExample('SD{yyyy}{MM}{dd}-{seq:4}', day)).toBe('SD20261102-0001');
    expect(numberExample('{yy}/{seq}', day)).toBe('26/1');
    expect(numberExample('SD{yyyy}', day)).toBeNull();
    expect(numberExample('{seq}{seq}', day)).toBeNull();
    expect(numberExample('{week}{seq}', day)).toBeNull();
    expect(numberExample('{seq', day)).toBeNull();
  });
});
