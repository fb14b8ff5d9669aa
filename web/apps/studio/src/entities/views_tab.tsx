// The views: columns, which records, in which order.
import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import type { Field, View } from '@hougu/api/types';
import { ConditionEditor, conditionText, kindOf, systemFields } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { EmptyState, StatusTag } from '@hougu/ui';
import { Alert, Button, Checkbox } from 'antd';
import { type ReactNode, useState } from 'react';
import { LocalizedInput } from '../parts/localized_input';
import { suggestName } from '../parts/names';
import { asEntity } from './definition';
import { faultsOf } from './faults';
import { FieldList } from './field_list';
import type { TabProps } from './fields_tab';
import { Item } from './item';
import { ListPicker } from './list_picker';

export function ViewsTab(props: TabProps): ReactNode {
  const { draft, faults, entities, onChange } = props;
  const { t, localized } = useText();
  const { views, definition } = draft;
  const [chosen, setChosen] = useState(views[0]?.name);
  const view = views.find((one) => one.name === chosen) ?? views[0];
  const set = (next: View[]) => onChange({ ...draft, views: next });
  const change = (next: View) =>
    set(
      views.map((one) => {
        if (one === view) return next;
        // Only one view is what people see first.
        if (!next.default || !one.default) return one;
        const { default: _, ...rest } = one;
        return rest;
      }),
    );
  const add = () => {
    const name = suggestName(
      undefined,
      views.map((one) => one.name),
      'view',
    );
    set([
      ...views,
      {
        name,
        label: { 'zh-CN': t('studio.views.new') },
        columns: [...definition.title],
        where: null,
        sort: ['-created_at'],
      },
    ]);
    setChosen(name);
  };
  const entity = asEntity(draft);
  return (
    <section aria-label={t('studio.entity.tab_views')}>
      <p className="studio-soft">{t('studio.views.intro')}</p>
      {faultsOf(faults, 'views', null).map((fault) => (
        <Alert key={fault.message} type="error" showIcon title={fault.message} />
      ))}
      <div className="studio-split studio-split-narrow">
        <ListPicker
          items={views}
          chosen={view?.name}
          wrong={(name) => faultsOf(faults, 'views', name).length > 0}
          label={t('studio.entity.tab_views')}
          addLabel={t('studio.views.add')}
          extra={(item) => item.default && <StatusTag>{t('studio.views.first')}</StatusTag>}
          onChoose={setChosen}
          onChange={set}
          onAdd={add}
        />
        <div className="studio-card">
          {view ? (
            <>
              <div className="studio-card-head">
                <h2 className="hougu-cut">{localized(view.label) || t('studio.entity.unnamed')}</h2>
              </div>
              {faultsOf(faults, 'views', view.name).map((fault) => (
                <Alert
                  key={fault.place + fault.message}
                  type="error"
                  showIcon
                  title={fault.message}
                  className="studio-gap"
                />
              ))}
              <ViewEditor
                key={view.name}
                view={view}
                entity={entity}
                entities={entities}
                onChange={change}
              />
            </>
          ) : (
            <EmptyState
              title={t('studio.views.none')}
              action={<Button onClick={add}>{t('studio.views.add')}</Button>}
            >
              {t('studio.views.none_text')}
            </EmptyState>
          )}
        </div>
      </div>
    </section>
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
