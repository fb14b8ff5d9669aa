// A queue and its tickets: the list at the left, the open ticket beside it; on phones one of them.
import { InboxOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import { useEntity } from '@hougu/api/queries';
import { usePreference } from '@hougu/api/session';
import type { EntityDefinition, View } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { EmptyState, LoadProblem, usePageTitle, usePhone, useShortcuts } from '@hougu/ui';
import { Button, type InputRef, Splitter } from 'antd';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { newTicketPath, queuePath } from '../paths';
import { TicketView } from '../ticket/ticket_view';
import { BulkBar } from './bulk_bar';
import type { BulkKind } from './bulk_dialog';
import { QueueHead } from './queue_head';
import { QueueList, QueueSkeleton } from './queue_list';
import { type ListFilter, type Queue, useList, useListFilter } from './use_queue';
import { useTicketViews } from './use_views';
import '../desk.css';
import './queue.css';

const fields =
  'number,subject,customer,contact_name,contact_phone,service_type,status,priority,team,assignee,due_at';

export function QueuePage(): ReactNode {
  const { t } = useText();
  const { view: name = '' } = useParams();
  const entity = useEntity('ticket');
  const view = useTicketViews().find((one) => one.name === name);
  if (!entity || !view) {
    return <EmptyState title={t('desk.missing.view')}>{t('desk.missing.view_why')}</EmptyState>;
  }
  return <QueueOf key={view.name} entity={entity} view={view} />;
}

/** Selected rows; Shift takes the range from the last one. */
function useSelection(queue: Queue) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  const { rows } = queue;
  const select = useCallback(
    (id: string, range: boolean) => {
      setSelected((now) => {
        const next = new Set(now);
        const from = rows.findIndex((row) => row.id === last.current);
        const to = rows.findIndex((row) => row.id === id);
        if (range && from >= 0 && to >= 0) {
          for (const row of rows.slice(Math.min(from, to), Math.max(from, to) + 1))
            next.add(row.id);
        } else if (!next.delete(id)) {
          next.add(id);
        }
        last.current = id;
        return next;
      });
    },
    [rows],
  );
  const put = useCallback((ids: string[]) => setSelected(new Set(ids)), []);
  return { selected, select, put };
}

/**
 * The row to go to. A ticket that was dealt with has left the list (`at` < 0): the one that took its
 * place is the next.
 */
export function neighbour(at: number, place: number, step: number, length: number): number {
  const wanted = at >= 0 ? at + step : place + Math.min(step, 0);
  return Math.min(Math.max(wanted, 0), length - 1);
}

function QueueOf({ entity, view }: { entity: EntityDefinition; view: View }): ReactNode {
  const { t, localized } = useText();
  const { id } = useParams();
  const { search: address } = useLocation();
  const go = useNavigate();
  const phone = usePhone();
  const [filter, setFilter] = useListFilter();
  const queue = useList('ticket', view, filter, { fields });
  const { selected, select, put } = useSelection(queue);
  const [dialog, setDialog] = useState<BulkKind | null>(null);
  const [filtering, setFiltering] = useState(false);
  const searchRef = useRef<InputRef>(null);
  const [width, setWidth] = usePreference<number>('queue_width', 340);
  const [, setLast] = usePreference<string>('last_queue', '');
  usePageTitle(localized(view.label), t('desk.product'));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each queue that is opened
  useEffect(() => setLast(view.name), [view.name]);

  const pathOf = useCallback(
    (ticket: string) => queuePath(view.name, ticket) + address,
    [view.name, address],
  );
  const tickets = useMemo(
    () => queue.rows.filter((row) => selected.has(row.id)),
    [queue.rows, selected],
  );
  // What was selected and has left the list counts no more; a dialog about it stays.
  const many = tickets.length > 0 || dialog !== null;
  const at = queue.rows.findIndex((row) => row.id === id);
  const place = useRef(0);
  if (at >= 0) place.current = at;
  const move = (step: number) => {
    const next = queue.rows[neighbour(at, place.current, step, queue.rows.length)];
    if (next) void go(pathOf(next.id), { replace: Boolean(id) });
  };
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    x: () => id && select(id, false),
    '/': () => searchRef.current?.focus({ cursor: 'all' }),
    f: () => setFiltering(true),
    escape: () =>
      many ? put([]) : phone && id ? void go(queuePath(view.name) + address) : undefined,
    ...(many && { a: () => setDialog('assign'), c: () => setDialog('close') }),
  });

  const list = (
    <section className="desk-queue" aria-label={localized(view.label)}>
      <QueueHead
        entity={entity}
        view={view}
        filter={filter}
        onFilter={setFilter}
        queue={queue}
        searchRef={searchRef}
        filtering={filtering}
        onFiltering={setFiltering}
      />
      {many && <BulkBar tickets={tickets} dialog={dialog} onDialog={setDialog} onSelected={put} />}
      {queue.loading && <QueueSkeleton />}
      {Boolean(queue.error) && !queue.loading && (
        <LoadProblem text={errorText(queue.error)} onRetry={queue.refetch} />
      )}
      {!queue.loading && !queue.error && queue.rows.length === 0 && (
        <NoRows filter={filter} onFilter={setFilter} onNew={() => void go(newTicketPath())} />
      )}
      {queue.rows.length > 0 && (
        <QueueList
          entity={entity}
          rows={queue.rows}
          openId={id}
          pathOf={pathOf}
          selected={selected}
          onSelect={select}
          hasMore={queue.hasMore}
          onMore={queue.more}
          label={localized(view.label)}
        />
      )}
    </section>
  );
  const back = () => void go(queuePath(view.name) + address);
  const detail = id ? (
    <TicketView key={id} id={id} shortcuts={!many} {...(phone && { onBack: back })} />
  ) : (
    <EmptyState icon={<InboxOutlined />} title={t('desk.queue.pick')}>
      {t('desk.queue.pick_how')}
    </EmptyState>
  );
  if (phone) return id ? detail : list;
  return (
    <Splitter
      style={{ height: '100%' }}
      onResizeEnd={([first]) => first && setWidth(Math.round(first))}
    >
      <Splitter.Panel defaultSize={width} min={300} max={640}>
        {list}
      </Splitter.Panel>
      <Splitter.Panel>{detail}</Splitter.Panel>
    </Splitter>
  );
}

interface NoRowsProps {
  filter: ListFilter;
  onFilter: (change: Partial<ListFilter>) => void;
  onNew: () => void;
}

function NoRows({ filter, onFilter, onNew }: NoRowsProps): ReactNode {
  const { t } = useText();
  if (filter.search || filter.where) {
    return (
      <EmptyState
        title={t('desk.queue.none_found')}
        action={
          <Button onClick={() => onFilter({ search: '', where: null })}>
            {t('desk.filter.clear')}
          </Button>
        }
      >
        {t('desk.queue.none_found_why')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<InboxOutlined />}
      title={t('desk.queue.empty')}
      action={<Button onClick={onNew}>{t('desk.caller.new')}</Button>}
    >
      {t('desk.queue.empty_why')}
    </EmptyState>
  );
}
