// A ticket: conversation in the middle, facts at the right; on narrow screens all in tabs.
import { errorText } from '@hougu/api/client';
import { usePresence } from '@hougu/api/live';
import { isMissing, useEntity, useRecord } from '@hougu/api/queries';
import type { EntityDefinition, RecordData } from '@hougu/api/types';
import { asRef } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { EmptyState, LoadProblem, usePageTitle, useShortcuts } from '@hougu/ui';
import { Alert, Skeleton, Tabs, type TabsProps } from 'antd';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useWidth } from '../frame/use_width';
import { ticketPath } from '../paths';
import { useSeen } from '../queue/seen';
import { History } from '../records/history';
import { useSaveRecord } from '../records/use_save_record';
import { Composer, type ComposerHandle, type MessageKind } from './composer';
import { CustomerPanel } from './customer_panel';
import { Properties } from './properties';
import { TicketHead } from './ticket_head';
import { Timeline } from './timeline';
import { VerbDialog } from './verb_dialog';
import { type TicketVerb, verbKeys } from './verbs';
import { VisitDialog } from './visit_dialog';
import { canPlan, VisitsPanel } from './visits_panel';
import '../desk.css';
import './ticket.css';

export interface TicketViewProps {
  id: string;
  /** Whether single keys belong to this ticket now. */
  shortcuts: boolean;
  onBack?: () => void;
}

const wideFrom = 700;
const typingFor = 6000;

export function TicketView({ id, shortcuts, onBack }: TicketViewProps): ReactNode {
  const { t } = useText();
  const entity = useEntity('ticket');
  const { data: ticket, error, refetch } = useRecord('ticket', id);
  usePageTitle(ticket && `${String(ticket.number)} ${String(ticket.subject)}`, t('desk.product'));
  if (error && !ticket) {
    return isMissing(error) ? (
      <EmptyState
        title={t('desk.missing.ticket')}
        action={<Link to="/">{t('desk.missing.home')}</Link>}
      >
        {errorText(error)}
      </EmptyState>
    ) : (
      <LoadProblem text={errorText(error)} onRetry={() => void refetch()} />
    );
  }
  if (!ticket || !entity) return <TicketSkeleton />;
  return (
    <Loaded entity={entity} ticket={ticket} shortcuts={shortcuts} {...(onBack && { onBack })} />
  );
}

function TicketSkeleton(): ReactNode {
  const { t } = useText();
  return (
    <div
      className="desk-ticket"
      role="status"
      aria-label={t('desk.queue.loading')}
      style={{ padding: 16 }}
    >
      <Skeleton active paragraph={{ rows: 1 }} />
      <Skeleton active paragraph={{ rows: 8 }} style={{ marginTop: 24 }} />
    </div>
  );
}

/** Whether this person typed a moment ago. */
function useTyping(): { typing: boolean; typed: () => void } {
  const [typing, setTyping] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const typed = useCallback(() => {
    setTyping(true);
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => setTyping(false), typingFor);
  }, []);
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
    },
    [],
  );
  return { typing, typed };
}

interface LoadedProps extends Omit<TicketViewProps, 'id'> {
  entity: EntityDefinition;
  ticket: RecordData;
}

function Loaded({ entity, ticket, shortcuts, onBack }: LoadedProps): ReactNode {
  const { t } = useText();
  const go = useNavigate();
  const box = useRef<HTMLElement>(null);
  const wide = useWidth(box) >= wideFrom;
  const visits = useEntity('visit');
  const { mark } = useSeen();
  const { save, dialog } = useSaveRecord(entity);
  const [verb, setVerb] = useState<TicketVerb | null>(null);
  const [planning, setPlanning] = useState(false);
  const [tab, setTab] = useState('talk');
  const [editing, setEditing] = useState(false);
  const { typing, typed } = useTyping();
  const people = usePresence('ticket', ticket.id, typing || editing);
  const composer = useRef<ComposerHandle>(null);
  const can = ticket._can ?? [];
  useEffect(() => mark(ticket), [mark, ticket]);

  const write = (kind: MessageKind) => {
    setTab('talk');
    requestAnimationFrame(() => composer.current?.write(kind));
  };
  const byKey = (Object.entries(verbKeys) as [TicketVerb, string][]).map(([name, key]) => [
    key,
    () => can.includes(name) && setVerb(name),
  ]);
  useShortcuts(
    {
      r: () => write('reply'),
      n: () => write('note'),
      ...Object.fromEntries(byKey),
    },
    shortcuts,
  );

  const facts = (
    <>
      <CustomerPanel ticket={ticket} />
      <Properties
        entity={entity}
        ticket={ticket}
        save={save}
        onVerb={setVerb}
        onEditing={setEditing}
      />
    </>
  );
  const into = asRef(ticket.merged_into);
  const talk = (
    <div className="desk-talk">
      {into && (
        <Alert
          type="info"
          showIcon
          title={
            <>
              {t('desk.talk.merged_into')} <Link to={ticketPath(into.id)}>{into.title}</Link>
            </>
          }
        />
      )}
      <Timeline entity={entity} ticket={ticket} />
      {can.includes('message') && (
        <Composer entity={entity} ticket={ticket} handle={composer} onTyping={typed} />
      )}
    </div>
  );
  const items: TabsProps['items'] = [
    { key: 'talk', label: t('desk.tabs.talk'), children: talk },
    ...(wide
      ? []
      : [
          {
            key: 'facts',
            label: t('desk.tabs.facts'),
            children: <div className="desk-facts">{facts}</div>,
          },
        ]),
    ...(visits
      ? [{ key: 'visits', label: t('desk.tabs.visits'), children: <VisitsPanel ticket={ticket} /> }]
      : []),
    {
      key: 'history',
      label: t('desk.tabs.history'),
      children: <History entity={entity} id={ticket.id} />,
    },
  ];
  const done = (answer: RecordData) => {
    // A split answers the new ticket: go there.
    if (verb === 'split' && answer.id !== ticket.id) void go(ticketPath(answer.id));
  };
  return (
    <article
      ref={box}
      className={wide ? 'desk-ticket desk-ticket-wide' : 'desk-ticket'}
      aria-label={String(ticket.number)}
    >
      <TicketHead
        entity={entity}
        ticket={ticket}
        people={people}
        save={save}
        onVerb={setVerb}
        onEditing={setEditing}
        {...(canPlan(ticket, visits) && { onPlan: () => setPlanning(true) })}
        {...(onBack && { onBack })}
      />
      <div className="desk-ticket-body">
        <Tabs
          className="desk-tabs"
          activeKey={wide && tab === 'facts' ? 'talk' : tab}
          onChange={setTab}
          items={items}
          size="small"
          destroyOnHidden={false}
        />
        {wide && (
          <aside className="desk-facts" aria-label={t('desk.tabs.facts')}>
            {facts}
          </aside>
        )}
      </div>
      {verb && (
        <VerbDialog
          key={verb}
          entity={entity}
          ticket={ticket}
          verb={verb}
          onClose={() => setVerb(null)}
          onDone={done}
        />
      )}
      {planning && (
        <VisitDialog ticket={ticket} visit={null} task="plan" onClose={() => setPlanning(false)} />
      )}
      {dialog}
    </article>
  );
}
