// The record type itself: names, title, search, who owns records, indexes.
import { PlusOutlined } from '@ant-design/icons';
import type { Field } from '@hougu/api/types';
import { systemFields } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { Alert, Button, Checkbox, Collapse, Select } from 'antd';
import type { ReactNode } from 'react';
import { LocalizedInput } from '../parts/localized_input';
import type { Definition } from './definition';
import { faultsOf } from './faults';
import { FieldList } from './field_list';
import type { TabProps } from './fields_tab';
import { Item } from './item';
import { hasColumn } from './type_settings';

const icons = ['ticket', 'visit', 'device', 'product', 'user', 'contact', 'map', 'message', 'star'];

export function GeneralTab({ draft, base, faults, onChange }: TabProps): ReactNode {
  const { t } = useText();
  const { definition } = draft;
  const live = definition.fields.filter((field) => !field.archived);
  const set = (change: Partial<Definition>) => {
    const next = { ...definition, ...change };
    if (!next.history_only) delete next.history_only;
    if (!next.icon) delete next.icon;
    onChange({ ...draft, definition: next });
  };
  const own = faultsOf(faults, 'general');
  const complaint = (place: string) =>
    own.find((fault) => fault.place === place || fault.place.startsWith(`${place}[`))?.message;
  const known = ['label', 'icon', 'title', 'search', 'indexes', 'unique'];
  const rest = own.filter(
    (fault) => !known.some((place) => fault.place === place || fault.place.startsWith(`${place}[`)),
  );
  return (
    <section className="studio-card studio-form" aria-label={t('studio.entity.tab_general')}>
      {rest.map((fault) => (
        <Alert key={fault.place} type="error" showIcon title={fault.message} />
      ))}
      <Item label={t('studio.entity.label')} fault={complaint('label')}>
        <LocalizedInput
          name={t('studio.entity.label')}
          value={definition.label}
          onChange={(label) => set({ label })}
        />
      </Item>
      <Item label={t('studio.setting.icon')} fault={complaint('icon')} htmlFor="entity-icon">
        <Select
          id="entity-icon"
          allowClear
          value={definition.icon}
          placeholder={t('studio.entity.no_icon')}
          options={icons.map((icon) => ({ value: icon, label: t(`studio.icon.${icon}`) }))}
          onChange={(icon?: string) => set({ icon: icon ?? '' })}
        />
      </Item>
      <Item
        label={t('studio.setting.title')}
        extra={t('studio.entity.title_help')}
        fault={complaint('title')}
      >
        <FieldList
          label={t('studio.setting.title')}
          addLabel={t('studio.entity.add_field_to_list')}
          names={definition.title}
          fields={live.filter((field) => hasColumn(field.type))}
          onChange={(title) => set({ title })}
        />
      </Item>
      <Item
        label={t('studio.setting.search')}
        extra={t('studio.entity.search_help')}
        fault={complaint('search')}
        htmlFor="entity-search"
      >
        <FieldsSelect
          id="entity-search"
          label={t('studio.setting.search')}
          fields={live}
          value={definition.search}
          onChange={(search) => set({ search })}
        />
      </Item>
      <Ownership definition={definition} live={live} onChange={set} />
      <Collapse
        ghost
        className="studio-advanced"
        items={[
          {
            key: 'more',
            label: t('studio.entity.advanced'),
            children: (
              <>
                <FieldGroups
                  what="unique"
                  groups={definition.unique}
                  fields={live.filter((field) => hasColumn(field.type))}
                  fault={complaint('unique')}
                  onChange={(unique) => set({ unique })}
                />
                <FieldGroups
                  what="indexes"
                  groups={definition.indexes}
                  fields={[...live.filter((field) => hasColumn(field.type)), ...systemFields()]}
                  fault={complaint('indexes')}
                  onChange={(indexes) => set({ indexes })}
                />
                <Checkbox
                  checked={definition.history_only ?? false}
                  disabled={base.definition.core === true}
                  onChange={(event) => set({ history_only: event.target.checked })}
                >
                  {t('studio.entity.history_only')}
                </Checkbox>
              </>
            ),
          },
        ]}
      />
    </section>
  );
}

interface OwnershipProps {
  definition: Definition;
  live: Field[];
  onChange: (change: Partial<Definition>) => void;
}

const owners = [
  { name: 'team', type: 'team' },
  { name: 'assignee', type: 'user' },
  { name: 'via', type: 'relation' },
] as const;

function Ownership({ definition, live, onChange }: OwnershipProps): ReactNode {
  const { t, localized } = useText();
  const { ownership } = definition;
  return (
    <fieldset className="studio-fieldset">
      <legend>{t('studio.setting.ownership')}</legend>
      <p className="studio-soft">{t('studio.entity.ownership_help')}</p>
      {owners.map(({ name, type }) => (
        <Item key={name} label={t(`studio.entity.owner_${name}`)} htmlFor={`owner-${name}`}>
          <Select
            id={`owner-${name}`}
            allowClear
            disabled={name !== 'via' && ownership.via !== null}
            value={ownership[name] ?? undefined}
            placeholder={t('studio.entity.owner_none')}
            notFoundContent={t('studio.entity.owner_no_field', { type: t(`studio.type.${type}`) })}
            options={live
              .filter((field) => field.type === type)
              .map((field) => ({ value: field.name, label: localized(field.label) }))}
            onChange={(field?: string) =>
              onChange({
                ownership: {
                  ...ownership,
                  ...(name === 'via' && field && { team: null, assignee: null }),
                  [name]: field ?? null,
                },
              })
            }
          />
        </Item>
      ))}
    </fieldset>
  );
}

interface FieldsSelectProps {
  id?: string;
  label: string;
  fields: Field[];
  value: string[];
  onChange: (names: string[]) => void;
}

function FieldsSelect({ id, label, fields, value, onChange }: FieldsSelectProps): ReactNode {
  const { localized } = useText();
  return (
    <Select
      {...(id && { id })}
      mode="multiple"
      style={{ width: '100%' }}
      aria-label={label}
      value={value}
      showSearch={{ optionFilterProp: 'label' }}
      options={fields.map((field) => ({
        value: field.name,
        label: localized(field.label) || field.name,
      }))}
      onChange={onChange}
    />
  );
}

interface FieldGroupsProps {
  what: 'unique' | 'indexes';
  groups: string[][];
  fields: Field[];
  fault: string | undefined;
  onChange: (groups: string[][]) => void;
}

/** Several ordered groups of fields; an empty one is being made. */
function FieldGroups({ what, groups, fields, fault, onChange }: FieldGroupsProps): ReactNode {
  const { t } = useText();
  return (
    <Item
      label={t(`studio.setting.${what === 'unique' ? 'unique_together' : 'indexes'}`)}
      extra={t(`studio.entity.${what}_help`)}
      fault={fault}
    >
      <div className="studio-lines">
        {groups.map((group, at) => (
          <FieldsSelect
            key={at}
            label={t(`studio.entity.${what}_group`, { number: at + 1 })}
            fields={fields}
            value={group}
            onChange={(names) =>
              onChange(
                names.length > 0
                  ? groups.map((one, i) => (i === at ? names : one))
                  : groups.filter((_, i) => i !== at),
              )
            }
          />
        ))}
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={groups.some((group) => group.length === 0)}
          onClick={() => onChange([...groups, []])}
        >
          {t(`studio.entity.add_${what}`)}
        </Button>
      </div>
    </Item>
  );
}
