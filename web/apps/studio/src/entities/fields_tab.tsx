// The fields in their order; each opens beside the list.
import { EditOutlined, LockOutlined, MoreOutlined, PlusOutlined } from '@ant-design/icons';
import type { EntityDefinition, Field } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { EmptyState, matches, StatusTag, useShortcuts, useUndoToast } from '@hougu/ui';
import { Alert, Button, Checkbox, Dropdown, Input, Tooltip } from 'antd';
import { type ReactNode, useState } from 'react';
import { moved, SortableList } from '../parts/sortable_list';
import {
  type EntityDraft,
  viewsAskingFor,
  withArchived,
  withField,
  withFieldBack,
  withoutField,
} from './definition';
import { faultsOf, type PlacedFault } from './faults';
import { FieldDrawer } from './field_drawer';
import { TypeIcon } from './type_icon';

export interface TabProps {
  draft: EntityDraft;
  /** As published. */
  base: EntityDraft;
  entities: EntityDefinition[];
  faults: PlacedFault[];
  onChange: (change: EntityDraft | ((now: EntityDraft) => EntityDraft)) => void;
}

export function FieldsTab({ draft, base, entities, faults, onChange }: TabProps): ReactNode {
  const { t, localized } = useText();
  const toast = useUndoToast();
  const { fields } = draft.definition;
  const [editing, setEditing] = useState<number | 'new' | null>(null);
  const [archived, setArchived] = useState(false);
  const [search, setSearch] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  useShortcuts({ n: () => setEditing('new') });
  const published = (field: Field) => base.definition.fields.find((one) => one.name === field.name);
  const wanted = search.trim();
  const shown = fields.filter(
    (field) =>
      (archived || !field.archived) &&
      (wanted === '' || matches(`${localized(field.label)} ${field.name}`, wanted)),
  );

  const letGo = (field: Field): boolean => {
    const views = viewsAskingFor(draft, field.name);
    setProblem(
      views.length > 0
        ? t('studio.entity.field_in_views', {
            field: localized(field.label),
            views: views.map((view) => localized(view.label)).join(t('studio.common.comma')),
          })
        : null,
    );
    return views.length === 0;
  };
  const archive = (field: Field) => {
    if (!field.archived && !letGo(field)) return;
    const after = withArchived(draft, field.name, !field.archived);
    onChange(after);
    if (!field.archived) {
      toast({
        text: t('studio.entity.field_archived', { field: localized(field.label) }),
        undo: () =>
          onChange((now) => (now === after ? draft : withArchived(now, field.name, false))),
      });
    }
  };
  const remove = (field: Field) => {
    if (!letGo(field)) return;
    const at = fields.indexOf(field);
    const after = withoutField(draft, field.name);
    onChange(after);
    toast({
      text: t('studio.entity.field_removed', { field: localized(field.label) }),
      undo: () => onChange((now) => (now === after ? draft : withFieldBack(now, at, field))),
    });
  };
  const move = (from: number, to: number) => {
    const at = (index: number) => fields.indexOf(shown[index] as Field);
    const next = moved(fields, at(from), at(to));
    onChange({ ...draft, definition: { ...draft.definition, fields: next } });
  };
  const edited = typeof editing === 'number' ? fields[editing] : undefined;

  return (
    <section aria-label={t('studio.entity.tab_fields')}>
      <div className="studio-bar">
        <Input
          allowClear
          className="studio-search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder={t('studio.roles.find_field')}
          aria-label={t('studio.roles.find_field')}
        />
        <Checkbox checked={archived} onChange={(event) => setArchived(event.target.checked)}>
          {t('studio.entity.show_archived')}
        </Checkbox>
        <span className="studio-grow" />
        <Button icon={<PlusOutlined />} onClick={() => setEditing('new')}>
          {t('studio.entity.add_field')}
        </Button>
      </div>
      {problem && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={problem}
          className="studio-gap"
          closable={{ onClose: () => setProblem(null) }}
        />
      )}
      {faultsOf(faults, 'fields', null).map((fault) => (
        <Alert key={fault.message} type="error" showIcon title={fault.message} />
      ))}
      {shown.length === 0 && <EmptyState title={t('studio.common.nothing_found')} />}
      <SortableList
        label={t('studio.entity.tab_fields')}
        items={shown}
        idOf={(field) => field.name}
        nameOf={(field) => localized(field.label)}
        onMove={move}
        disabled={wanted !== ''}
        className="studio-rows studio-field-rows"
        row={(field, _, handle) => (
          <FieldRow
            field={field}
            handle={handle}
            isNew={!published(field)}
            faults={faultsOf(faults, 'fields', field.name)}
            onEdit={() => setEditing(fields.indexOf(field))}
            onArchive={() => archive(field)}
            onRemove={() => remove(field)}
          />
        )}
      />
      <FieldDrawer
        key={String(editing)}
        open={editing !== null}
        field={edited}
        published={edited && published(edited)}
        others={fields.filter((one) => one !== edited).map((one) => one.name)}
        entities={entities}
        faults={edited ? faultsOf(faults, 'fields', edited.name) : []}
        onClose={() => setEditing(null)}
        onDone={(field) => {
          onChange(withField(draft, typeof editing === 'number' ? editing : null, field));
          setEditing(null);
        }}
      />
    </section>
  );
}

interface FieldRowProps {
  field: Field;
  handle: ReactNode;
  isNew: boolean;
  faults: PlacedFault[];
  onEdit: () => void;
  onArchive: () => void;
  onRemove: () => void;
}

function FieldRow(props: FieldRowProps): ReactNode {
  const { field, handle, isNew, faults, onEdit } = props;
  const { t, localized } = useText();
  const name = localized(field.label) || field.name;
  const items = [
    {
      key: 'archive',
      label: t(field.archived ? 'studio.entity.restore_field' : 'studio.entity.archive_field'),
      onClick: props.onArchive,
    },
    {
      key: 'remove',
      danger: true,
      label: t(isNew ? 'studio.entity.remove_new_field' : 'studio.entity.remove_field'),
      onClick: props.onRemove,
    },
  ];
  return (
    <div className={faults.length > 0 ? 'studio-row studio-row-wrong' : 'studio-row'}>
      {handle}
      <span className="studio-type" title={t(`studio.type.${field.type}`)}>
        <TypeIcon type={field.type} />
      </span>
      <span className="studio-row-words">
        <button type="button" className="studio-link hougu-cut" onClick={onEdit}>
          {name}
        </button>
        <small className="studio-soft hougu-cut">
          {t(`studio.type.${field.type}`)} · <code>{field.name}</code>
        </small>
        {faults.map((fault) => (
          <small key={fault.place + fault.message} className="studio-wrong">
            {fault.message}
          </small>
        ))}
      </span>
      <span className="studio-tags">
        {isNew && <StatusTag color="green">{t('studio.entity.new')}</StatusTag>}
        {field.required && <StatusTag color="blue">{t('studio.setting.required')}</StatusTag>}
        {field.unique && <StatusTag color="cyan">{t('studio.setting.unique')}</StatusTag>}
        {field.personal && <StatusTag color="purple">{t('studio.entity.personal')}</StatusTag>}
        {field.archived && <StatusTag>{t('studio.common.archived')}</StatusTag>}
        {field.managed && <StatusTag>{t('studio.entity.managed')}</StatusTag>}
        {field.core && (
          <Tooltip
            title={t(
              field.managed ? 'studio.entity.managed_help' : 'studio.entity.core_field_help',
            )}
          >
            <LockOutlined className="studio-soft" aria-label={t('studio.entity.core')} role="img" />
          </Tooltip>
        )}
      </span>
      <Button
        type="text"
        icon={<EditOutlined />}
        onClick={onEdit}
        aria-label={t('studio.entity.edit_field', { field: name })}
      />
      {field.core ? (
        <span className="studio-no-menu" />
      ) : (
        <Dropdown menu={{ items }} trigger={['click']}>
          <Button
            type="text"
            icon={<MoreOutlined />}
            aria-label={t('studio.entity.more_for', { field: name })}
          />
        </Dropdown>
      )}
    </div>
  );
}
