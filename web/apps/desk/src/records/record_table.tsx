// Rows and columns of any entity: virtual, sortable, columns to resize; cards on phones.
import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons';
import type { EntityDefinition, RecordData } from '@hougu/api/types';
import { FieldDisplay, titleOf } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { usePhone } from '@hougu/ui';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Checkbox } from 'antd';
import { type PointerEvent, type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { useRecentChanges } from '../queue/use_recent_changes';
import type { Column } from './use_columns';

export interface RecordTableProps {
  entity: EntityDefinition;
  rows: RecordData[];
  columns: Column[];
  sort: string;
  onSort: (sort: string) => void;
  onWidth: (field: string, width: number) => void;
  pathOf: (id: string) => string;
  selected: ReadonlySet<string>;
  onSelect: (id: string, range: boolean) => void;
  hasMore: boolean;
  onMore: () => void;
  label: string;
  /** Instead of a link at the end of each row: what the recycle bin offers. */
  action?: (record: RecordData) => ReactNode;
}

const least = 72;

function Head({
  column,
  sort,
  onSort,
  onWidth,
}: Pick<RecordTableProps, 'sort' | 'onSort' | 'onWidth'> & { column: Column }): ReactNode {
  const { t, localized } = useText();
  const { name } = column.field;
  const way = sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : 'none';
  const label = localized(column.field.label);
  const drag = (event: PointerEvent<HTMLButtonElement>) => {
    event.preventDefault();
    const start = event.clientX;
    const target = event.currentTarget;
    target.setPointerCapture(event.pointerId);
    const move = (to: globalThis.PointerEvent) =>
      onWidth(name, Math.max(least, Math.round(column.width + to.clientX - start)));
    target.addEventListener('pointermove', move);
    target.addEventListener('pointerup', () => target.removeEventListener('pointermove', move), {
      once: true,
    });
  };
  return (
    <div
      role="columnheader"
      aria-sort={way}
      style={{ width: column.width, textAlign: column.align }}
      className="desk-cell desk-th"
    >
      {column.sortable ? (
        <button
          type="button"
          className="desk-sort"
          onClick={() => onSort(way === 'ascending' ? `-${name}` : name)}
          title={t('desk.records.sort', { field: label })}
        >
          <span className="hougu-cut">{label}</span>
          {way === 'ascending' && <CaretUpOutlined aria-hidden="true" />}
          {way === 'descending' && <CaretDownOutlined aria-hidden="true" />}
        </button>
      ) : (
        <span className="hougu-cut">{label}</span>
      )}
      <button
        type="button"
        className="desk-resize"
        aria-label={t('desk.records.resize', { field: label })}
        onPointerDown={drag}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowLeft' ? -16 : event.key === 'ArrowRight' ? 16 : 0;
          if (step !== 0) onWidth(name, Math.max(least, column.width + step));
        }}
      />
    </div>
  );
}

/** A phone number is what people look for on a card; the record's own number says the least. */
function worth(column: Column): number {
  if (column.field.type === 'phone') return 1;
  return column.field.type === 'auto_number' ? -1 : 0;
}

function Card({
  entity,
  record,
  columns,
  to,
}: {
  entity: EntityDefinition;
  record: RecordData;
  columns: Column[];
  to: string;
}): ReactNode {
  const { localized } = useText();
  const more = columns
    .filter((column) => !entity.title.includes(column.field.name))
    .sort((a, b) => worth(b) - worth(a))
    .slice(0, 2);
  return (
    <Link to={to} className="desk-row-link">
      <strong className="hougu-cut">{titleOf(entity, record)}</strong>
      <span className="desk-card-facts">
        {more.map((column) => (
          <span key={column.field.name} className="hougu-cut">
            <span className="desk-hint">{localized(column.field.label)}</span>{' '}
            <FieldDisplay field={column.field} value={record[column.field.name]} compact />
          </span>
        ))}
      </span>
    </Link>
  );
}

export function RecordTable(props: RecordTableProps): ReactNode {
  const { entity, rows, columns, hasMore, onMore, selected, onSelect, pathOf, action } = props;
  const { t } = useText();
  const phone = usePhone();
  const box = useRef<HTMLDivElement>(null);
  const recent = useRecentChanges(entity.name);
  const rowHeight = phone ? 84 : 40;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are measured anew when their height changes
  useEffect(() => virtual.measure(), [rowHeight]);
  const items = virtual.getVirtualItems();
  const last = items[items.length - 1]?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - 15) onMore();
  }, [hasMore, last, rows.length, onMore]);
  const width = phone
    ? '100%'
    : columns.reduce((sum, column) => sum + column.width, 44 + (action ? 120 : 0));

  return (
    <div
      ref={box}
      className="desk-table"
      role="table"
      aria-label={props.label}
      aria-rowcount={-1}
      tabIndex={0}
    >
      {!phone && (
        <div role="row" className="desk-tr desk-thead" style={{ minWidth: width }}>
          <div role="columnheader" className="desk-cell desk-check">
            <span className="hougu-visually-hidden">{t('desk.records.select')}</span>
          </div>
          {action && (
            <div role="columnheader" className="desk-cell desk-action">
              <span className="hougu-visually-hidden">{t('ui.action.more')}</span>
            </div>
          )}
          {columns.map((column) => (
            <Head
              key={column.field.name}
              column={column}
              sort={props.sort}
              onSort={props.onSort}
              onWidth={props.onWidth}
            />
          ))}
        </div>
      )}
      <div
        role="rowgroup"
        style={{ height: virtual.getTotalSize(), position: 'relative', minWidth: width }}
      >
        {items.map((item) => {
          const record = rows[item.index];
          if (!record) return null;
          const classes = [
            'desk-tr',
            recent.has(record.id) && 'desk-row-changed',
            selected.has(record.id) && 'desk-row-selected',
          ];
          return (
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 1}
              className={classes.filter(Boolean).join(' ')}
              style={{
                position: 'absolute',
                top: 0,
                insetInline: 0,
                height: item.size,
                transform: `translateY(${item.start}px)`,
              }}
            >
              <div role="cell" className="desk-cell desk-check">
                <Checkbox
                  checked={selected.has(record.id)}
                  aria-label={t('desk.queue.select', { number: titleOf(entity, record) })}
                  onClick={(event) => onSelect(record.id, event.shiftKey)}
                />
              </div>
              {action && (
                <div role="cell" className="desk-cell desk-action">
                  {action(record)}
                </div>
              )}
              {phone ? (
                <div role="cell" style={{ flex: 1, minWidth: 0 }}>
                  <Card entity={entity} record={record} columns={columns} to={pathOf(record.id)} />
                </div>
              ) : (
                columns.map((column, index) => {
                  const value = (
                    <FieldDisplay
                      field={column.field}
                      value={record[column.field.name]}
                      record={record}
                      compact
                    />
                  );
                  return (
                    <div
                      key={column.field.name}
                      role="cell"
                      className="desk-cell"
                      style={{ width: column.width, textAlign: column.align }}
                    >
                      {index === 0 && !action ? (
                        <Link
                          to={pathOf(record.id)}
                          className="hougu-cut"
                          title={titleOf(entity, record)}
                        >
                          {value}
                        </Link>
                      ) : (
                        value
                      )}
                    </div>
                  );
                })
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
