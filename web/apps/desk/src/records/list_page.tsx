// All records of an entity: views, search, filter, columns, export, import, recycle bin.
import {
  DeleteOutlined,
  FilterOutlined,
  FunctionOutlined,
  ImportOutlined,
  MoreOutlined,
  PlusOutlined,
} from '@ant-design/icons';
import { apiUrl, errorText, post } from '@hougu/api/client';
import { useEntities, useEntity } from '@hougu/api/queries';
import { useSession } from '@hougu/api/session';
import type { EntityDefinition, RecordData, View } from '@hougu/api/types';
import { conditionText, titleOf } from '@hougu/forms';
import { formatNumber, inSentence, useText } from '@hougu/i18n';
import { EmptyState, LoadProblem, usePageTitle, useShortcuts, useUndoToast } from '@hougu/ui';
import { useQueryClient } from '@tanstack/react-query';
import {
  App,
  Badge,
  Button,
  Dropdown,
  type InputRef,
  type MenuProps,
  Select,
  Skeleton,
  Space,
} from 'antd';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { SearchBox } from '../frame/search_box';
import { newRecordPath, newTicketPath, recordPath } from '../paths';
import { FilterDialog, ownView } from '../queue/filter_dialog';
import { runMany } from '../queue/run_many';
import { useList, useListFilter } from '../queue/use_queue';
import { useOwnViews } from '../queue/use_views';
import { ColumnMenu } from './column_menu';
import { ExpressionBox, expressionFault } from './expression_box';
import { may } from './may';
import { Nothing } from './nothing';
import { RecordTable } from './record_table';
import { useColumns } from './use_columns';
import '../desk.css';
import './records.css';

export default function ListPage(): ReactNode {
  const { t } = useText();
  const { entity: name = '' } = useParams();
  const entity = useEntity(name);
  if (!entity)
    return <EmptyState title={t('desk.missing.entity')}>{t('desk.missing.entity_why')}</EmptyState>;
  return <ListOf key={name} entity={entity} />;
}

/** A view in the address; else the default one; else none. */
function useView(entity: EntityDefinition): [View | undefined, (name: string) => void] {
  const [params, setParams] = useSearchParams();
  const name = params.get('view');
  const view =
    entity.views.find((one) => one.name === name) ??
    (name ? undefined : entity.views.find((one) => one.default));
  const choose = useCallback(
    (next: string) =>
      setParams((now) => {
        now.set('view', next);
        now.delete('sort');
        return now;
      }),
    [setParams],
  );
  return [view, choose];
}

function ListOf({ entity }: { entity: EntityDefinition }): ReactNode {
  const { t, localized } = useText();
  const go = useNavigate();
  const { has } = useSession();
  const queries = useQueryClient();
  const toast = useUndoToast();
  const { message } = App.useApp();
  const { data: entities = [] } = useEntities();
  const [params, setParams] = useSearchParams();
  const bin = params.get('deleted') === '1';
  const [view, chooseView] = useView(entity);
  const [filter, setFilter] = useListFilter();
  const columns = useColumns(entity, bin ? undefined : view);
  const list = useList(entity.name, bin ? undefined : view, filter, { deleted: bin });
  const { save } = useOwnViews(entity.name);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [filtering, setFiltering] = useState(false);
  const [writing, setWriting] = useState(filter.expression !== '');
  const fault = filter.expression ? expressionFault(list.error) : null;
  const searchRef = useRef<InputRef>(null);
  const label = localized(entity.label);
  usePageTitle(label, t('desk.product'));
  useShortcuts({
    '/': () => searchRef.current?.focus({ cursor: 'all' }),
    f: () => setFiltering(true),
    escape: () => setSelected(new Set()),
  });

  const { grants } = entity;
  const writable = !entity.history_only;
  const refresh = () => void queries.invalidateQueries({ queryKey: ['records', entity.name] });
  const restore = async (ids: string[]) => {
    const outcome = await runMany(ids, (id) => post(`/${entity.name}/${id}/restore`));
    refresh();
    const [problem] = outcome.failed;
    if (problem) void message.error(problem.problem);
    else toast({ text: t('desk.records.restored', { count: ids.length }) });
  };
  const removeSelected = async () => {
    const ids = [...selected];
    try {
      await post(`/${entity.name}/bulk`, { delete: ids });
      setSelected(new Set());
      refresh();
      toast({ text: t('desk.records.removed', { count: ids.length }), undo: () => restore(ids) });
    } catch (error) {
      void message.error(errorText(error));
    }
  };
  const exportUrl = (format: string) => {
    const where =
      selected.size > 0 ? { field: 'id', op: 'in', value: [...selected] } : list.query.where;
    const fields = columns.columns.map((column) => column.field.name).join(',');
    return apiUrl(`/${entity.name}/export`, { format, ...list.query, where, fields });
  };
  const more: MenuProps['items'] = [
    ...(may(grants.export)
      ? ['xlsx', 'csv'].map((format) => ({
          key: format,
          label: (
            <a href={exportUrl(format)} download>
              {t(`desk.export.${format}`)}
            </a>
          ),
        }))
      : []),
    ...(writable && has('import.run')
      ? [
          {
            key: 'import',
            icon: <ImportOutlined />,
            label: <a href={`/studio/import?entity=${entity.name}`}>{t('desk.records.import')}</a>,
          },
        ]
      : []),
    ...(writable && may(grants.delete)
      ? [
          {
            key: 'bin',
            icon: <DeleteOutlined />,
            label: t(bin ? 'desk.records.leave_bin' : 'desk.records.bin'),
            onClick: () => setParams(bin ? {} : { deleted: '1' }),
          },
        ]
      : []),
  ];
  const pathOf = (id: string) => recordPath(entity.name, id);
  const create = () =>
    void go(entity.name === 'ticket' ? newTicketPath() : newRecordPath(entity.name));
  const select = (id: string) =>
    setSelected((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const asked = Boolean(filter.search || filter.where || filter.expression);

  return (
    <section className="desk-records" aria-label={label}>
      <header className="desk-records-head">
        <div className="desk-head-line">
          <h1 className="hougu-cut">{bin ? t('desk.records.bin_of', { entity: label }) : label}</h1>
          {list.count && !bin && (
            <span className="desk-count" role="status">
              {formatNumber(list.count.exact ? list.count.count : list.count.count - 1)}
              {list.count.exact ? '' : '+'}
            </span>
          )}
          <span style={{ flex: 1 }} />
          {grants.create && writable && !bin && (
            <Button type="primary" icon={<PlusOutlined />} onClick={create}>
              {t('desk.records.new', { entity: inSentence(label) })}
            </Button>
          )}
        </div>
        <div className="desk-records-bar">
          {!bin && entity.views.length > 0 && (
            <Select
              aria-label={t('desk.view.choose')}
              popupMatchSelectWidth={false}
              value={view?.name ?? null}
              placeholder={t('desk.view.choose')}
              options={entity.views.map((one) => ({
                value: one.name,
                label: localized(one.label),
              }))}
              onChange={chooseView}
            />
          )}
          <div className="desk-records-search">
            <SearchBox
              inputRef={searchRef}
              label={t('desk.records.search', { entity: inSentence(label) })}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
          </div>
          <Space>
            <Badge dot={filter.where !== null}>
              <Button
                icon={<FilterOutlined />}
                aria-label={t('desk.filter.title')}
                title={t('desk.filter.title')}
                onClick={() => setFiltering(true)}
              />
            </Badge>
            <Badge dot={filter.expression !== ''}>
              <Button
                icon={<FunctionOutlined />}
                aria-label={t('desk.expression.label')}
                title={t('desk.expression.label')}
                aria-expanded={writing}
                onClick={() => setWriting(!writing)}
              />
            </Badge>
            <ColumnMenu entity={entity} columns={columns} />
            <Dropdown menu={{ items: more }} trigger={['click']}>
              <Button
                icon={<MoreOutlined />}
                aria-label={t('ui.action.more')}
                title={t('ui.action.more')}
              />
            </Dropdown>
          </Space>
        </div>
        {writing && (
          <ExpressionBox
            value={filter.expression}
            fault={fault}
            onApply={(expression) => setFilter({ expression })}
          />
        )}
        {filter.where && (
          <div className="desk-asked">
            <span className="hougu-cut">{conditionText(filter.where, entity, entities)}</span>
            <Button size="small" type="link" onClick={() => setFilter({ where: null })}>
              {t('desk.filter.clear')}
            </Button>
          </div>
        )}
        {selected.size > 0 && (
          <div className="desk-bulk" role="toolbar" aria-label={t('desk.bulk.title')}>
            <strong>{t('desk.bulk.selected', { count: selected.size })}</strong>
            {bin ? (
              <Button
                size="small"
                onClick={() => void restore([...selected]).then(() => setSelected(new Set()))}
              >
                {t('desk.records.restore')}
              </Button>
            ) : (
              writable &&
              may(grants.delete) && (
                <Button size="small" danger onClick={() => void removeSelected()}>
                  {t('ui.action.delete')}
                </Button>
              )
            )}
            {!bin && may(grants.export) && (
              <Button size="small" href={exportUrl('xlsx')} download>
                {t('desk.export.short')}
              </Button>
            )}
            <Button size="small" type="text" onClick={() => setSelected(new Set())}>
              {t('desk.bulk.clear')}
            </Button>
          </div>
        )}
      </header>
      {list.loading && <Skeleton active paragraph={{ rows: 10 }} style={{ padding: 16 }} />}
      {Boolean(list.error) && !fault && (
        <LoadProblem text={errorText(list.error)} onRetry={list.refetch} />
      )}
      {!list.loading && !list.error && list.rows.length === 0 && (
        <Nothing
          entity={entity}
          bin={bin}
          asked={asked}
          onClear={() => setFilter({ search: '', where: null, expression: '' })}
          onNew={create}
        />
      )}
      {list.rows.length > 0 && (
        <RecordTable
          entity={entity}
          rows={list.rows}
          columns={columns.columns}
          sort={list.query.sort ?? ''}
          onSort={(sort) => setFilter({ sort })}
          onWidth={columns.setWidth}
          pathOf={pathOf}
          selected={selected}
          onSelect={select}
          hasMore={list.hasMore}
          onMore={list.more}
          label={label}
          {...(bin && {
            action: (record: RecordData) => (
              <Button
                size="small"
                aria-label={t('desk.records.restore_one', { title: titleOf(entity, record) })}
                onClick={() => void restore([record.id])}
              >
                {t('desk.records.restore')}
              </Button>
            ),
          })}
        />
      )}
      <FilterDialog
        entity={entity}
        open={filtering}
        where={filter.where}
        onApply={(where) => setFilter({ where })}
        onClose={() => setFiltering(false)}
        onSave={async (name, where) =>
          chooseView(await save(ownView(name, view, where, view?.sort ?? ['-created_at'])))
        }
      />
    </section>
  );
}
