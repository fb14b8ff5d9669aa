// The visits of a ticket: plan, assign, move, cancel; and what the engineer reported.
import { PlusOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import { useEntity, useTicketVisits } from '@hougu/api/queries';
import type { EntityDefinition, RecordData } from '@hougu/api/types';
import { asRef, ChoiceTag, FieldDisplay, fieldOf } from '@hougu/forms';
import { formatDateTime, formatWindow, useText } from '@hougu/i18n';
import { Avatar, EmptyState, LoadProblem } from '@hougu/ui';
import { Button, Skeleton, Space } from 'antd';
import { type ReactNode, useState } from 'react';
import { openStatuses } from './verbs';
import { VisitDialog, type VisitTask } from './visit_dialog';

const movable = new Set(['planned', 'assigned', 'accepted']);
const assignable = new Set(['planned', 'assigned', 'accepted', 'refused']);
const stoppable = new Set(['planned', 'assigned', 'accepted', 'travelling', 'arrived', 'refused']);

function tasksFor(visit: RecordData, entity: EntityDefinition): VisitTask[] {
  const status = String(visit.status);
  const verbs = visit._can ?? entity.grants.verbs;
  const may = (verb: string) => !verbs || verbs.includes(verb) || verbs.includes('*');
  return [
    ...(assignable.has(status) && may('assign') ? (['assign'] as const) : []),
    ...(movable.has(status) && may('plan') ? (['move'] as const) : []),
    ...(stoppable.has(status) && may('cancel') ? (['cancel'] as const) : []),
  ];
}

const times = ['accepted_at', 'travel_started_at', 'eta', 'arrived_at', 'ended_at'] as const;
const report = [
  'refuse_reason',
  'unfinished_reason',
  'next_needs',
  'fault_cause',
  'action_taken',
  'labour_minutes',
  'photos',
  'signature',
  'signed_by',
];

function Visit({
  visit,
  entity,
  onTask,
}: {
  visit: RecordData;
  entity: EntityDefinition;
  onTask: (task: VisitTask) => void;
}): ReactNode {
  const { t, localized } = useText();
  const engineer = asRef(visit.engineer);
  const status = fieldOf(entity, 'status');
  const place = fieldOf(entity, 'place');
  const start = visit.window_start;
  const reported = report.filter((name) => {
    const value = visit[name];
    return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
  });
  return (
    <article className="desk-visit" aria-label={String(visit.number)}>
      <header>
        <strong>{String(visit.number)}</strong>
        {status && <ChoiceTag field={status} value={String(visit.status)} />}
        {place && (
          <span className="desk-hint">
            <ChoiceTag field={place} value={String(visit.place)} />
          </span>
        )}
        <span style={{ flex: 1 }} />
        <Space size={4}>
          {tasksFor(visit, entity).map((task) => (
            <Button key={task} size="small" danger={task === 'cancel'} onClick={() => onTask(task)}>
              {t(`desk.visit.${task}`)}
            </Button>
          ))}
        </Space>
      </header>
      <p>
        {typeof start === 'string'
          ? formatWindow(start, visit.window_end as string | null)
          : t('desk.visit.no_time')}
        {' · '}
        {engineer ? (
          <>
            <Avatar name={engineer.title} size={18} /> {engineer.title}
          </>
        ) : (
          <span className="desk-hint">{t('desk.visit.no_engineer')}</span>
        )}
      </p>
      {visit.note && <p className="desk-note">{String(visit.note)}</p>}
      <ol className="desk-times">
        {times
          .filter((name) => typeof visit[name] === 'string')
          .map((name) => {
            const field = fieldOf(entity, name);
            return (
              <li key={name}>
                <span className="desk-hint">{localized(field?.label)}</span>{' '}
                {formatDateTime(String(visit[name]))}
              </li>
            );
          })}
      </ol>
      {reported.length > 0 && (
        <dl className="desk-properties">
          {reported.map((name) => {
            const field = fieldOf(entity, name);
            if (!field) return null;
            return (
              <div className="desk-property" key={name}>
                <dt>{localized(field.label)}</dt>
                <dd>
                  <FieldDisplay field={field} value={visit[name]} />
                </dd>
              </div>
            );
          })}
        </dl>
      )}
    </article>
  );
}

export function canPlan(ticket: RecordData, visits: EntityDefinition | undefined): boolean {
  return Boolean(visits?.grants.create) && openStatuses.has(String(ticket.status));
}

export function VisitsPanel({ ticket }: { ticket: RecordData }): ReactNode {
  const { t } = useText();
  const entity = useEntity('visit');
  const { data, error, isPending, refetch } = useTicketVisits(ticket.id);
  const [task, setTask] = useState<{ task: VisitTask; visit: RecordData | null } | null>(null);
  if (!entity) return null;
  const plan = canPlan(ticket, entity) && (
    <Button icon={<PlusOutlined />} onClick={() => setTask({ task: 'plan', visit: null })}>
      {t('desk.visit.plan')}
    </Button>
  );
  return (
    <section className="desk-visits" aria-label={t('desk.visit.title')}>
      {isPending && <Skeleton active />}
      {error && <LoadProblem text={errorText(error)} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyState title={t('desk.visit.none')} action={plan}>
          {t('desk.visit.none_why')}
        </EmptyState>
      )}
      {data?.map((visit) => (
        <Visit
          key={visit.id}
          visit={visit}
          entity={entity}
          onTask={(next) => setTask({ task: next, visit })}
        />
      ))}
      {data && data.length > 0 && plan}
      {task && (
        <VisitDialog
          ticket={ticket}
          visit={task.visit}
          task={task.task}
          onClose={() => setTask(null)}
        />
      )}
    </section>
  );
}
