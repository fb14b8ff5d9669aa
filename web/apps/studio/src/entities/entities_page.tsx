// All record types: how much is in them, and the way into each.
import { PlusOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import { useEntities } from '@hougu/api/queries';
import type { EntityDefinition } from '@hougu/api/types';
import { formatNumber, useText } from '@hougu/i18n';
import { EmptyState, LoadProblem, matches, StatusTag, usePhone, useShortcuts } from '@hougu/ui';
import { Button, Input, Skeleton, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { Page, RowsSkeleton } from '../parts/page';
import { useSearchBox } from '../parts/use_search';
import { useRecordCount } from './entity_queries';
import { NewEntity } from './new_entity';

function RecordCount({ entity }: { entity: string }): ReactNode {
  const { t } = useText();
  const count = useRecordCount(entity);
  if (count.isPending) return <Skeleton.Input active size="small" style={{ width: 56 }} />;
  if (!count.data) return <span className="studio-soft">—</span>;
  const number = formatNumber(count.data.count);
  return <>{count.data.exact ? number : t('studio.entity.at_least', { number })}</>;
}

export default function EntitiesPage(): ReactNode {
  const { t, localized } = useText();
  const go = useNavigate();
  const phone = usePhone();
  const entities = useEntities();
  const [adding, setAdding] = useState(false);
  const { search, typed, setTyped, box } = useSearchBox();
  useShortcuts({ n: () => setAdding(true) });
  const shown = (entities.data ?? []).filter(
    (entity) => search === '' || matches(`${localized(entity.label)} ${entity.name}`, search),
  );

  const columns: TableColumnsType<EntityDefinition> = [
    {
      key: 'label',
      title: t('studio.entity.one'),
      render: (_, entity) => (
        <span className="studio-inline">
          <Link
            to={`/entities/${entity.name}`}
            className="hougu-cut"
            onClick={(event) => event.stopPropagation()}
          >
            {localized(entity.label)}
          </Link>
          {entity.core && (
            <StatusTag title={t('studio.entity.core_help')}>{t('studio.entity.core')}</StatusTag>
          )}
        </span>
      ),
    },
    {
      key: 'name',
      title: t('studio.common.code'),
      responsive: ['md'],
      render: (_, entity) => <code className="studio-soft">{entity.name}</code>,
    },
    {
      key: 'fields',
      title: t('studio.entity.fields'),
      align: 'right',
      width: phone ? 72 : 100,
      render: (_, entity) => entity.fields.filter((field) => !field.archived).length,
    },
    {
      key: 'records',
      title: t('studio.entity.records'),
      align: 'right',
      width: phone ? 96 : 140,
      className: 'hougu-number',
      render: (_, entity) => <RecordCount entity={entity.name} />,
    },
  ];
  return (
    <Page
      title={t('studio.page.entities')}
      intro={t('studio.entity.intro')}
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t('studio.entity.add')}
        </Button>
      }
    >
      <div className="studio-bar" role="search">
        <Input
          ref={box}
          allowClear
          className="studio-search"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder={t('studio.entity.search')}
          aria-label={t('studio.entity.search')}
        />
      </div>
      {entities.isError ? (
        <LoadProblem text={errorText(entities.error)} onRetry={() => void entities.refetch()} />
      ) : (
        <Table<EntityDefinition>
          className="studio-table"
          size="middle"
          rowKey="name"
          columns={columns}
          dataSource={shown}
          pagination={false}
          onRow={(entity) => ({
            onClick: () => void go(`/entities/${entity.name}`),
            className: 'studio-click',
          })}
          locale={{
            emptyText: entities.isPending ? (
              <RowsSkeleton />
            ) : (
              <EmptyState title={t(search ? 'studio.common.nothing_found' : 'studio.entity.none')}>
                {!search && t('studio.entity.none_text')}
              </EmptyState>
            ),
          }}
        />
      )}
      <NewEntity
        open={adding}
        taken={(entities.data ?? []).map((entity) => entity.name)}
        onClose={() => setAdding(false)}
        onMade={(name) => void go(`/entities/${name}`)}
      />
    </Page>
  );
}
