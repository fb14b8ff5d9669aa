// The audit log: filtered, endless, each event opening to what was and what is.
import { DownloadOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import { useEntities } from '@hougu/api/queries';
import type { HistoryEvent, Ref } from '@hougu/api/types';
import { LookupPicker } from '@hougu/forms';
import { localized, useText } from '@hougu/i18n';
import { EmptyState, LoadProblem } from '@hougu/ui';
import { Alert, Button, DatePicker, Select, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { type ReactNode, useRef, useState } from 'react';
import { More } from '../parts/more';
import { Page } from '../parts/page';
import { saveText } from '../parts/save_file';
import { useParam } from '../parts/use_search';
import { auditCsv } from './audit_csv';
import { type AuditFilter, readAudit, useAudit } from './audit_queries';
import { EventRow } from './event_row';
import { entityName, eventName, eventsOf, eventType, systemEvents } from './event_words';

/** A file beyond this is nothing that a spreadsheet shows well. */
const mostExported = 10_000;

function useFilter() {
  const [entity, setEntity] = useParam('entity');
  const [verb, setVerb] = useParam('what');
  const [from, setFrom] = useParam('from');
  const [to, setTo] = useParam('to');
  const [actor, setActor] = useState<Ref | null>(null);
  const filter: AuditFilter = {
    ...(actor && { actor: actor.id }),
    ...(entity && { entity }),
    ...(entity && verb && { type: eventType(entity, verb) }),
    ...(from && { from: dayjs(from).startOf('day').toISOString() }),
    // The last day counts wholly; the server's "to" is excluded.
    ...(to && { to: dayjs(to).add(1, 'day').startOf('day').toISOString() }),
  };
  return { filter, entity, setEntity, verb, setVerb, from, setFrom, to, setTo, actor, setActor };
}

export default function AuditPage(): ReactNode {
  const { t } = useText();
  const entities = useEntities();
  const filter = useFilter();
  const log = useAudit(filter.filter);
  const events = log.data?.pages.flatMap((page) => page.events) ?? [];
  const known = entities.data ?? [];
  const { entity, verb, from, to } = filter;
  const filtered = Object.keys(filter.filter).length > 0;
  const clear = () => {
    filter.setActor(null);
    for (const set of [filter.setEntity, filter.setVerb, filter.setFrom, filter.setTo]) set('');
  };
  return (
    <Page
      title={t('studio.page.audit')}
      intro={t('studio.audit.intro')}
      actions={<ExportButton filter={filter.filter} />}
    >
      <div className="studio-bar studio-wrap" role="search">
        <div className="studio-filter">
          <LookupPicker
            entity="user"
            value={filter.actor}
            onChange={filter.setActor}
            placeholder={t('studio.audit.any_actor')}
            aria-label={t('studio.audit.actor')}
          />
        </div>
        <Select
          allowClear
          className="studio-filter"
          value={entity || undefined}
          placeholder={t('studio.audit.any_entity')}
          aria-label={t('studio.audit.entity')}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(value?: string) => {
            filter.setVerb('');
            filter.setEntity(value ?? '');
          }}
          options={[
            {
              label: t('studio.audit.records'),
              options: known.map((one) => ({ value: one.name, label: localized(one.label) })),
            },
            {
              label: t('studio.audit.system'),
              options: Object.keys(systemEvents).map((name) => ({
                value: name,
                label: entityName(name, known),
              })),
            },
          ]}
        />
        <Select
          allowClear
          className="studio-filter"
          disabled={!entity}
          value={verb || undefined}
          placeholder={t('studio.audit.any_event')}
          aria-label={t('studio.audit.event')}
          onChange={(value?: string) => filter.setVerb(value ?? '')}
          options={eventsOf(entity).map((name) => ({ value: name, label: eventName(name) }))}
        />
        <DatePicker
          value={from ? dayjs(from) : null}
          onChange={(day) => filter.setFrom(day ? day.format('YYYY-MM-DD') : '')}
          placeholder={t('studio.audit.from')}
          aria-label={t('studio.audit.from')}
          {...(to && { maxDate: dayjs(to) })}
        />
        <DatePicker
          value={to ? dayjs(to) : null}
          onChange={(day) => filter.setTo(day ? day.format('YYYY-MM-DD') : '')}
          placeholder={t('studio.audit.to')}
          aria-label={t('studio.audit.to')}
          {...(from && { minDate: dayjs(from) })}
        />
        {filtered && (
          <Button type="link" onClick={clear}>
            {t('studio.audit.clear')}
          </Button>
        )}
      </div>
      {log.isError ? (
        <LoadProblem text={errorText(log.error)} onRetry={() => void log.refetch()} />
      ) : log.isPending ? (
        <Skeleton active paragraph={{ rows: 10 }} title={false} />
      ) : events.length === 0 ? (
        <EmptyState title={t(filtered ? 'studio.common.nothing_found' : 'studio.audit.none')}>
          {filtered && t('studio.common.other_filter')}
        </EmptyState>
      ) : (
        <ol className="studio-rows studio-events" aria-busy={log.isFetching}>
          {events.map((event: HistoryEvent) => (
            <EventRow key={event.sequence} event={event} entities={known} />
          ))}
        </ol>
      )}
      <More
        more={log.hasNextPage}
        busy={log.isFetchingNextPage}
        onMore={() => void log.fetchNextPage()}
      />
    </Page>
  );
}

function ExportButton({ filter }: { filter: AuditFilter }): ReactNode {
  const { t } = useText();
  const entities = useEntities();
  const [read, setRead] = useState<number | null>(null);
  const [note, setNote] = useState<{ type: 'info' | 'error'; text: string } | null>(null);
  const stop = useRef<AbortController | null>(null);

  const run = async () => {
    const controller = new AbortController();
    stop.current = controller;
    setRead(0);
    setNote(null);
    const events: HistoryEvent[] = [];
    try {
      let before: number | null = null;
      do {
        const page = await readAudit(filter, before, 200, controller.signal);
        events.push(...page.events);
        before = page.next;
        setRead(events.length);
      } while (before !== null && events.length < mostExported);
      const day = dayjs().format('YYYY-MM-DD');
      const csv = auditCsv(events, entities.data ?? []);
      saveText(csv, `${t('studio.page.audit')}-${day}.csv`, 'text/csv');
      if (before !== null)
        setNote({ type: 'info', text: t('studio.audit.export_cut', { number: mostExported }) });
    } catch (error) {
      if (!controller.signal.aborted) setNote({ type: 'error', text: errorText(error) });
    } finally {
      setRead(null);
    }
  };
  return (
    <>
      {read === null ? (
        <Button icon={<DownloadOutlined />} onClick={() => void run()}>
          {t('studio.audit.export')}
        </Button>
      ) : (
        <Button onClick={() => stop.current?.abort()} aria-live="polite">
          {t('studio.audit.exporting', { number: read })}
        </Button>
      )}
      {note && <Alert type={note.type} showIcon title={note.text} role="status" />}
    </>
  );
}
