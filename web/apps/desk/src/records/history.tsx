// Who changed what, when and why: each field's old and new value.

import { ArrowRightOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import { useHistory } from '@hougu/api/queries';
import type { Change, EntityDefinition, HistoryEvent } from '@hougu/api/types';
import { FieldDisplay, fieldOf } from '@hougu/forms';
import { formatDateTime, useText } from '@hougu/i18n';
import { EmptyState, LoadProblem } from '@hougu/ui';
import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { eventText } from '../ticket/event_text';
import '../desk.css';
import '../ticket/ticket.css';

function ChangeLine({ change, entity }: { change: Change; entity: EntityDefinition }): ReactNode {
  const { t, localized } = useText();
  const field = fieldOf(entity, change.field);
  if (!field) return null;
  const empty = <span className="desk-hint">{t('desk.history.nothing')}</span>;
  return (
    <li>
      <span className="desk-hint">{localized(field.label)}</span>
      <span className="desk-old">
        <FieldDisplay field={field} value={change.old} empty={empty} />
      </span>
      <ArrowRightOutlined aria-label={t('desk.history.becomes')} />
      <span>
        <FieldDisplay field={field} value={change.new} empty={empty} />
      </span>
    </li>
  );
}

function Event({ event, entity }: { event: HistoryEvent; entity: EntityDefinition }): ReactNode {
  const { t } = useText();
  const who = event.actor.kind === 'system' ? t('desk.talk.system') : event.actor.name;
  return (
    <li className="desk-event">
      <div>
        <strong>{who}</strong> {eventText(event, entity)}
        {event.reason && (
          <span className="desk-reason">{t('desk.event.because', { reason: event.reason })}</span>
        )}
        <time className="desk-message-at" dateTime={event.at}>
          {formatDateTime(event.at)}
        </time>
      </div>
      {event.changes.length > 0 && (
        <ul className="desk-changes">
          {event.changes.map((change) => (
            <ChangeLine key={change.field} change={change} entity={entity} />
          ))}
        </ul>
      )}
    </li>
  );
}

export function History({ entity, id }: { entity: EntityDefinition; id: string }): ReactNode {
  const { t } = useText();
  const history = useHistory(entity.name, id);
  const events = (history.data?.pages ?? []).flatMap((page) => page.events);
  if (history.isPending) return <Skeleton active />;
  if (history.error)
    return <LoadProblem text={errorText(history.error)} onRetry={() => void history.refetch()} />;
  if (events.length === 0) return <EmptyState title={t('desk.history.none')} />;
  return (
    <section className="desk-history" aria-label={t('desk.history.title')}>
      <ol>
        {events.map((event) => (
          <Event key={event.sequence} event={event} entity={entity} />
        ))}
      </ol>
      {history.hasNextPage && (
        <Button loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {t('desk.history.older')}
        </Button>
      )}
    </section>
  );
}
