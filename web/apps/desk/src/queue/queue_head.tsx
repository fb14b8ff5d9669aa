// Above the rows: the queue's name and count, search, filter, order, and what else can be done.
import {
  DeleteOutlined,
  DownloadOutlined,
  FilterOutlined,
  MoreOutlined,
  SortAscendingOutlined,
} from '@ant-design/icons';
import { apiUrl, errorText } from '@hougu/api/client';
import { useEntities } from '@hougu/api/queries';
import type { EntityDefinition, View } from '@hougu/api/types';
import { conditionText } from '@hougu/forms';
import { formatNumber, useText } from '@hougu/i18n';
import { useUndoToast } from '@hougu/ui';
import { App, Badge, Button, Dropdown, type InputRef, type MenuProps } from 'antd';
import { type ReactNode, type RefObject, useState } from 'react';
import { useNavigate } from 'react-router';
import { SearchBox } from '../frame/search_box';
import { queuePath } from '../paths';
import { may } from '../records/may';
import { FilterDialog, ownView } from './filter_dialog';
import type { ListFilter, Queue } from './use_queue';
import { useOwnViews } from './use_views';

const orders = ['', 'due_at', '-created_at', 'created_at', '-updated_at'];

export interface QueueHeadProps {
  entity: EntityDefinition;
  view: View;
  filter: ListFilter;
  onFilter: (change: Partial<ListFilter>) => void;
  queue: Queue;
  searchRef: RefObject<InputRef | null>;
  filtering: boolean;
  onFiltering: (open: boolean) => void;
}

export function QueueHead(props: QueueHeadProps): ReactNode {
  const { entity, view, filter, onFilter, queue } = props;
  const { t, localized } = useText();
  const { message } = App.useApp();
  const go = useNavigate();
  const toast = useUndoToast();
  const { data: entities = [] } = useEntities();
  const { save, remove } = useOwnViews('ticket');
  const [removing, setRemoving] = useState(false);
  const count = queue.count;

  const saveAs = async (label: string, where: ListFilter['where']) => {
    const sort = filter.sort ? [filter.sort] : view.sort;
    const name = await save(ownView(label, view, where, sort));
    void go(queuePath(name));
  };
  const removeView = async () => {
    setRemoving(true);
    try {
      await remove(view.name);
      const undo = async () => {
        await save({ ...view, label: localized(view.label) }, view.name);
      };
      toast({ text: t('desk.view.removed', { name: localized(view.label) }), undo });
      void go('/');
    } catch (error) {
      void message.error(errorText(error));
    } finally {
      setRemoving(false);
    }
  };
  const exportUrl = (format: string) => apiUrl('/ticket/export', { format, ...queue.query });
  const more: MenuProps['items'] = [
    ...(may(entity.grants.export) ? ['xlsx', 'csv'] : []).map((format) => ({
      key: format,
      icon: <DownloadOutlined />,
      label: (
        <a href={exportUrl(format)} download>
          {t(`desk.export.${format}`)}
        </a>
      ),
    })),
    ...(view.personal
      ? [
          {
            key: 'remove',
            icon: <DeleteOutlined />,
            danger: true,
            disabled: removing,
            label: t('desk.view.remove'),
            onClick: () => void removeView(),
          },
        ]
      : []),
  ];
  const order: MenuProps['items'] = orders.map((sort) => ({
    key: sort || 'view',
    label: t(`desk.order.${sort === '' ? 'view' : sort.replace('-', 'latest_')}`),
    onClick: () => onFilter({ sort }),
  }));

  return (
    <header className="desk-head">
      <div className="desk-head-line">
        <h1 className="hougu-cut">{localized(view.label)}</h1>
        {count && (
          <span className="desk-count" role="status">
            {formatNumber(count.exact ? count.count : count.count - 1)}
            {count.exact ? '' : '+'}
          </span>
        )}
        <span style={{ flex: 1 }} />
        <Badge dot={filter.where !== null}>
          <Button
            type="text"
            icon={<FilterOutlined />}
            aria-label={t('desk.filter.title')}
            title={t('desk.filter.title')}
            onClick={() => props.onFiltering(true)}
          />
        </Badge>
        <Dropdown
          menu={{ items: order, selectable: true, selectedKeys: [filter.sort || 'view'] }}
          trigger={['click']}
        >
          <Button
            type="text"
            icon={<SortAscendingOutlined />}
            aria-label={t('desk.order.title')}
            title={t('desk.order.title')}
          />
        </Dropdown>
        <Dropdown menu={{ items: more }} trigger={['click']}>
          <Button
            type="text"
            icon={<MoreOutlined />}
            aria-label={t('ui.action.more')}
            title={t('ui.action.more')}
          />
        </Dropdown>
      </div>
      <SearchBox
        inputRef={props.searchRef}
        label={t('desk.queue.search')}
        value={filter.search}
        onChange={(search) => onFilter({ search })}
      />
      {filter.where && (
        <div className="desk-asked">
          <span className="hougu-cut" title={conditionText(filter.where, entity, entities)}>
            {conditionText(filter.where, entity, entities)}
          </span>
          <Button size="small" type="link" onClick={() => onFilter({ where: null })}>
            {t('desk.filter.clear')}
          </Button>
        </div>
      )}
      <FilterDialog
        entity={entity}
        open={props.filtering}
        where={filter.where}
        onApply={(where) => onFilter({ where })}
        onClose={() => props.onFiltering(false)}
        onSave={saveAs}
      />
    </header>
  );
}
