// One event of the log: a line, and behind it what changed.
import { RightOutlined } from '@ant-design/icons';
import type { Change, EntityDefinition, HistoryEvent } from '@hougu/api/types';
import { FieldDisplay } from '@hougu/forms';
import { formatDateTime, useText } from '@hougu/i18n';
import { Avatar, ErrorBoundary, RelativeTime, StatusTag } from '@hougu/ui';
import { type ReactNode, useId, useState } from 'react';
import {
  actorName,
  entityName,
  eventName,
  fieldName,
  plainValue,
  subjectOf,
  toldChanges,
  verbOf,
} from './event_words';
import { SubjectLink } from './subject_link';

const hues: Record<string, string> = {
  created: 'green',
  restored: 'green',
  deleted: 'red',
  removed: 'red',
  locked: 'red',
  signed_in: 'grey',
  signed_out: 'grey',
};

interface EventRowProps {
  event: HistoryEvent;
  entities: EntityDefinition[];
}

export function EventRow({ event, entities }: EventRowProps): ReactNode {
  const { t } = useText();
  const id = useId();
  const [open, setOpen] = useState(false);
  const verb = verbOf(event.type);
  const entity = event.entity ?? '';
  const subject = subjectOf(event);
  const definition = entities.find((one) => one.name === entity);
  const who = actorName(event);
  const changes = toldChanges(event);
  return (
    <li className="studio-event">
      <button
        type="button"
        className="studio-event-head"
        aria-expanded={open}
        aria-controls={`${id}-more`}
        onClick={() => setOpen(!open)}
      >
        <RightOutlined className={open ? 'studio-turned' : 'studio-turn'} aria-hidden="true" />
        <Avatar name={who} />
        <span className="studio-event-words">
          <strong>{who}</strong>{' '}
          <StatusTag color={hues[verb] ?? 'blue'}>{eventName(verb)}</StatusTag>{' '}
          {entity !== 'session' && entityName(entity, entities)}{' '}
          {subject && <strong>{subject}</strong>}
          {changes.length > 0 && (
            <small className="studio-soft">
              {' '}
              {t('studio.audit.changes', { count: changes.length })}
            </small>
          )}
        </span>
        <span className="studio-soft studio-nowrap">
          <RelativeTime at={event.at} />
        </span>
      </button>
      {open && (
        <div id={`${id}-more`} className="studio-event-more">
          <p className="studio-soft">
            {t('studio.audit.when_who', {
              at: formatDateTime(event.at),
              kind: t(`studio.audit.actor_${event.actor.kind}`),
            })}
            <SubjectLink event={event} known={definition !== undefined} />
          </p>
          {event.reason && <p>{t('studio.audit.reason', { reason: event.reason })}</p>}
          {changes.length > 0 ? (
            <ErrorBoundary>
              <Changes changes={changes} definition={definition} />
            </ErrorBoundary>
          ) : (
            <p className="studio-soft">{t('studio.audit.no_changes')}</p>
          )}
        </div>
      )}
    </li>
  );
}

interface ChangesProps {
  changes: Change[];
  definition: EntityDefinition | undefined;
}

function Changes({ changes, definition }: ChangesProps): ReactNode {
  const { t } = useText();
  const shown = (name: string, value: Change['old']) => {
    const field = definition?.fields.find((one) => one.name === name);
    if (field) return <FieldDisplay field={field} value={value} compact />;
    const words = plainValue(value);
    return words ? <span title={words}>{words}</span> : <span className="studio-soft">–</span>;
  };
  return (
    <table className="studio-change-table">
      <thead>
        <tr>
          <th scope="col">{t('studio.audit.column_field')}</th>
          <th scope="col">{t('studio.audit.column_old')}</th>
          <th scope="col">{t('studio.audit.column_new')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.field}>
            <th scope="row">{fieldName(change.field, definition)}</th>
            <td>{shown(change.field, change.old)}</td>
            <td>{shown(change.field, change.new)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
