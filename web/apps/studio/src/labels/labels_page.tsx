// QR labels: devices chosen by a filter or one by one, a look at the sheet, and the file.
import { FilePdfOutlined, QrcodeOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import { useCount, useEntities, useEntity, useRecords } from '@hougu/api/queries';
import { usePreference } from '@hougu/api/session';
import type { Condition, RecordData } from '@hougu/api/types';
import { ConditionEditor, FieldDisplay } from '@hougu/forms';
import { formatNumber, useText } from '@hougu/i18n';
import { EmptyState, LoadProblem, usePhone } from '@hougu/ui';
import { Alert, Button, Collapse, Input, Radio, Table, type TableColumnsType } from 'antd';
import { type Key, type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { More } from '../parts/more';
import { Page, RowsSkeleton } from '../parts/page';
import { useSearchBox } from '../parts/use_search';
import { LabelPreview } from './label_preview';
import {
  formats,
  type LabelChoice,
  type LabelFormat,
  mostChosen,
  mostLabels,
} from './label_queries';

const shownFields = ['serial_number', 'product', 'customer', 'installed_on'];

export default function LabelsPage(): ReactNode {
  const { t, localized } = useText();
  const phone = usePhone();
  const asset = useEntity('asset');
  const entities = useEntities();
  const { search, typed, setTyped, box } = useSearchBox();
  const [where, setWhere] = useState<Condition | null>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const [format, setFormat] = usePreference<LabelFormat>('studio.label_format', 'a4');
  const [, setPrinted] = usePreference<boolean>('studio.labels_printed', false);
  const [making, setMaking] = useState<LabelChoice | null>(null);
  const filter = { ...(search && { search }), where };
  const list = useRecords('asset', { ...filter, sort: '-created_at', limit: 50 }, Boolean(asset));
  const count = useCount('asset', filter, Boolean(asset));
  const records = list.data?.pages.flatMap((page) => page.records) ?? [];
  const all = count.data?.count ?? 0;
  const tooMany = all > mostLabels || count.data?.exact === false;
  const tooManyChosen = chosen.length > mostChosen;

  if (entities.isSuccess && !asset) {
    return (
      <Page title={t('studio.page.labels')}>
        <EmptyState icon={<QrcodeOutlined />} title={t('studio.labels.not_allowed')} />
      </Page>
    );
  }
  const columns: TableColumnsType<RecordData> = shownFields.flatMap((name, at) => {
    const field = asset?.fields.find((one) => one.name === name);
    if (!field || (phone && at > 1)) return [];
    return [
      {
        key: name,
        title: localized(field.label),
        // The end of a serial number is what tells devices apart: on phones it takes two lines.
        ellipsis: !phone,
        render: (_: unknown, record: RecordData) => (
          <FieldDisplay field={field} value={record[name]} compact={!phone} empty="—" />
        ),
      },
    ];
  });
  const make = (choice: LabelChoice) => {
    setMaking(choice);
    setPrinted(true);
  };
  return (
    <Page title={t('studio.page.labels')} intro={t('studio.labels.intro')}>
      <section className="studio-card">
        <h2 id="label-format">{t('studio.labels.format')}</h2>
        <Radio.Group
          className="studio-radios"
          aria-labelledby="label-format"
          value={format}
          onChange={(event) => setFormat(event.target.value)}
          options={formats.map((value) => ({ value, label: t(`studio.labels.format_${value}`) }))}
        />
      </section>
      <section className="studio-card">
        <h2>{t('studio.labels.devices')}</h2>
        <div className="studio-bar" role="search">
          <Input
            ref={box}
            allowClear
            className="studio-search"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder={t('studio.labels.search')}
            aria-label={t('studio.labels.search')}
          />
        </div>
        {asset && entities.data && (
          <Collapse
            ghost
            className="studio-advanced"
            items={[
              {
                key: 'filter',
                label: t('studio.labels.filter'),
                children: (
                  <ConditionEditor
                    entity={asset}
                    entities={entities.data}
                    value={where}
                    onChange={setWhere}
                  />
                ),
              },
            ]}
          />
        )}
        <div className="studio-actions studio-gap" aria-live="polite">
          <Button
            type="primary"
            icon={<FilePdfOutlined />}
            disabled={chosen.length === 0 || tooManyChosen}
            onClick={() => make({ assets: chosen })}
          >
            {chosen.length === 0
              ? t('studio.labels.make_none')
              : t('studio.labels.make_chosen', { count: chosen.length })}
          </Button>
          <Button
            icon={<FilePdfOutlined />}
            disabled={all === 0 || tooMany}
            onClick={() => make({ search, where })}
          >
            {t('studio.labels.make_all', {
              number: formatNumber(all),
            })}
          </Button>
          {chosen.length > 0 && (
            <Button type="link" onClick={() => setChosen([])}>
              {t('studio.labels.clear')}
            </Button>
          )}
        </div>
        {tooManyChosen && (
          <Alert
            type="info"
            showIcon
            className="studio-gap"
            title={t('studio.labels.too_many_chosen', { most: formatNumber(mostChosen) })}
          />
        )}
        {tooMany && (
          <Alert
            type="info"
            showIcon
            className="studio-gap"
            title={t('studio.labels.too_many', { most: formatNumber(mostLabels) })}
          />
        )}
        {list.isError ? (
          <LoadProblem text={errorText(list.error)} onRetry={() => void list.refetch()} />
        ) : (
          <Table<RecordData>
            className="studio-table"
            size="middle"
            rowKey="id"
            columns={columns}
            dataSource={records}
            pagination={false}
            rowSelection={{
              selectedRowKeys: chosen,
              preserveSelectedRowKeys: true,
              onChange: (keys: Key[]) => setChosen(keys.map(String)),
              getCheckboxProps: (record) => ({
                'aria-label': t('studio.labels.choose', {
                  serial: String(record.serial_number ?? ''),
                }),
              }),
            }}
            locale={{
              emptyText: list.isPending ? (
                <RowsSkeleton />
              ) : (
                <EmptyState
                  icon={<QrcodeOutlined />}
                  title={t(search || where ? 'studio.common.nothing_found' : 'studio.labels.none')}
                  action={
                    !search &&
                    !where && (
                      <Link to="/import?entity=asset">{t('studio.labels.import_devices')}</Link>
                    )
                  }
                >
                  {!search && !where && t('studio.labels.none_text')}
                </EmptyState>
              ),
            }}
          />
        )}
        <More
          more={list.hasNextPage}
          busy={list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
        />
      </section>
      <LabelPreview choice={making} format={format} onClose={() => setMaking(null)} />
    </Page>
  );
}
