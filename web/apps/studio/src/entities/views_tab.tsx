// The views: columns, which records, in which order.
import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import type { Field, View } from '@hougu/api/types';
import { ConditionEditor, conditionText, kindOf, systemFields } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { StatusTag } from '@hougu/ui';
import { Button, Checkbox } from 'antd';
import type { ReactNode } from 'react';
import { LocalizedInput } from '../parts/localized_input';
import { asEntity } from './definition';
import { FieldList } from './field_list';
import type { TabProps } from './fields_tab';
import { Item } from './item';
import { ListTab } from './list_tab';

export function ViewsTab({ draft, faults, entities, onChange }: TabProps): ReactNode {
  const { t } = useText();
  const { views, definition } = draft;
  const entity = asEntity(draft);
  const set = (next: View[]) => onChange({ ...draft, views: next });
  const change = (view: View, next: View) =>
    set(
      views.map((one) => {
        if (one === view) return next;
        // Only one view is what people see first.
        if (!next.default || !one.default) return one;
        const { default: _, ...rest } = one;
        return rest;
      }),
    );
  const make = (name: string): View => ({
    name,
    label: { 'zh-CN': t('studio.views.new') },
    columns: [...definition.title],
    where: null,
    sort: ['-created_at'],
  });
  return (
    <ListTab
      tab="views"
      items={views}
      faults={faults}
      prefix="view"
      make={make}
      extra={(item) => item.default && <StatusTag>{t('studio.views.first')}</StatusTag>}
      editor={(view) => (
        <ViewEditor
          key={view.name}
          view={view}
          entity={entity}
          entities={entities}
          onChange={(next) => change(view, next)}
        />
      )}
      onChange={set}
    />
  );
}

interface ViewEditorProps {
  view: View;
  entity: ReturnType<typeof asEntity>;
  entities: TabProps['entities'];
  onChange: (view: View) => void;
}

function ViewEditor({ view, entity, entities, onChange }: ViewEditorProps): ReactNode {
  const { t } = useText();
  const live = [...entity.fields.filter((field) => !field.archived), ...systemFields()];
  return (
    <>
      <Item label={t('studio.setting.label')}>
        <LocalizedInput
          name={t('studio.setting.label')}
          value={view.label}
          onChange={(label) => onChange({ ...view, label })}
        />
      </Item>
      <Item label={t('studio.views.columns')} extra={t('studio.views.columns_help')}>
        <FieldList
          label={t('studio.views.columns')}
          addLabel={t('studio.views.add_column')}
          names={view.columns}
          fields={live}
          onChange={(columns) => onChange({ ...view, columns })}
        />
      </Item>
      <Item
        label={t('studio.views.where')}
        extra={
          view.where
            ? t('studio.views.where_says', {
                condition: conditionText(view.where, entity, entities),
              })
            : t('studio.views.where_all')
        }
      >
        <ConditionEditor
          entity={entity}
          entities={entities}
          value={view.where}
          onChange={(where) => onChange({ ...view, where })}
        />
      </Item>
      <Item label={t('studio.views.sort')} extra={t('studio.views.sort_help')}>
        <SortKeys
          sort={view.sort}
          fields={live.filter((field) => kindOf(field.type).sortable)}
          onChange={(sort) => onChange({ ...view, sort })}
        />
      </Item>
      <Checkbox
        checked={view.default ?? false}
        onChange={(event) => {
          const { default: _, ...rest } = view;
          onChange(event.target.checked ? { ...rest, default: true } : rest);
        }}
      >
        {t('studio.views.default')}
      </Checkbox>
    </>
  );
}

interface SortKeysProps {
  sort: string[];
  fields: Field[];
  onChange: (sort: string[]) => void;
}

function SortKeys({ sort, fields, onChange }: SortKeysProps): ReactNode {
  const { t } = useText();
  const plain = (key: string) => key.replace(/^-/, '');
  const keyOf = (name: string) => sort.find((key) => plain(key) === name) ?? name;
  return (
    <FieldList
      label={t('studio.views.sort')}
      addLabel={t('studio.views.add_sort')}
      names={sort.map(plain)}
      fields={fields}
      onChange={(names) => onChange(names.map(keyOf))}
      extra={(name) => {
        const down = keyOf(name).startsWith('-');
        return (
          <Button
            size="small"
            type="text"
            icon={down ? <ArrowDownOutlined /> : <ArrowUpOutlined />}
            onClick={() =>
              onChange(sort.map((key) => (plain(key) === name ? (down ? name : `-${name}`) : key)))
            }
          >
            {t(down ? 'studio.views.down' : 'studio.views.up')}
          </Button>
        );
      }}
    />
  );
}
