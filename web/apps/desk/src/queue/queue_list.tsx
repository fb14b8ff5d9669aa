// The rows of a queue: virtual, loading more as the end comes near.
import type { EntityDefinition, RecordData } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { useNow } from '@hougu/ui';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Skeleton } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { QueueRow } from './queue_row';
import { useSeen } from './seen';
import { useRecentChanges } from './use_recent_changes';

export interface QueueListProps {
  entity: EntityDefinition;
  rows: RecordData[];
  openId: string | undefined;
  pathOf: (id: string) => string;
  selected: ReadonlySet<string>;
  onSelect: (id: string, range: boolean) => void;
  hasMore: boolean;
  onMore: () => void;
  label: string;
}

const rowHeight = 84;

export function QueueList(props: QueueListProps): ReactNode {
  const { rows, openId, hasMore, onMore, selected } = props;
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  const now = useNow();
  const { isUnread } = useSeen();
  const recent = useRecentChanges('ticket');
  const virtual = useVirtualizer({
    count: rows.length + (hasMore ? 1 : 0),
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    getItemKey: (index) => rows[index]?.id ?? 'more',
  });
  const items = virtual.getVirtualItems();
  const lastIndex = items[items.length - 1]?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastIndex >= rows.length - 10) onMore();
  }, [hasMore, lastIndex, rows.length, onMore]);

  const openIndex = rows.findIndex((row) => row.id === openId);
  useEffect(() => {
    if (openIndex >= 0) virtual.scrollToIndex(openIndex, { align: 'auto' });
  }, [openIndex, virtual]);

  return (
    <div ref={box} className="desk-list" role="list" aria-label={props.label} tabIndex={0}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map((item) => {
          const ticket = rows[item.index];
          return (
            <div
              key={item.key}
              role="listitem"
              aria-setsize={hasMore ? -1 : rows.length}
              aria-posinset={item.index + 1}
              style={{
                position: 'absolute',
                inset: '0 0 auto',
                height: item.size,
                transform: `translateY(${item.start}px)`,
              }}
            >
              {ticket ? (
                <QueueRow
                  entity={props.entity}
                  ticket={ticket}
                  to={props.pathOf(ticket.id)}
                  open={ticket.id === openId}
                  unread={isUnread(ticket)}
                  changed={recent.has(ticket.id)}
                  selected={selected.has(ticket.id)}
                  onSelect={props.onSelect}
                  now={now}
                />
              ) : (
                <div className="desk-row" role="status" aria-label={t('desk.queue.more')}>
                  <Skeleton active title={false} paragraph={{ rows: 2 }} />
                </div>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

export function QueueSkeleton(): ReactNode {
  const { t } = useText();
  return (
    <div className="desk-list" role="status" aria-label={t('desk.queue.loading')}>
      {Array.from({ length: 8 }, (_, index) => (
        <div className="desk-row" style={{ height: rowHeight }} key={index}>
          <Skeleton active title={false} paragraph={{ rows: 2 }} />
        </div>
      ))}
    </div>
  );
}
