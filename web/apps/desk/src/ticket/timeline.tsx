// The conversation: what customer and colleagues wrote, and between it what happened.
import { LockOutlined, StarFilled, ToolOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import { useEntity, useTimeline } from '@hougu/api/queries';
import type { EntityDefinition, HistoryEvent, RecordData, TimelineItem } from '@hougu/api/types';
import { asFiles, asRef, ChoiceTag, FileTile, fieldOf, Pictures } from '@hougu/forms';
import { formatWindow, useText } from '@hougu/i18n';
import { Avatar, LoadProblem, RelativeTime } from '@hougu/ui';
import { Skeleton } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { eventText, worthShowing } from './event_text';

function Message({ message }: { message: RecordData }): ReactNode {
  const { t } = useText();
  const note = message.kind === 'note';
  const side = message.author_kind === 'customer' ? 'customer' : note ? 'note' : 'staff';
  const author = String(message.author_name ?? message.created_by?.title ?? t('desk.talk.system'));
  const files = asFiles(message.attachments);
  const pictures = files.filter((file) => file.thumbnail_url);
  const others = files.filter((file) => !file.thumbnail_url);
  return (
    <article
      className={`desk-message desk-message-${side}`}
      aria-label={t(`desk.talk.by_${side}`, { author })}
    >
      <header>
        <Avatar name={author} size={22} />
        <strong>{author}</strong>
        {note && (
          <span className="desk-message-kind">
            <LockOutlined aria-hidden="true" /> {t('desk.talk.note')}
          </span>
        )}
        {side === 'customer' && (
          <span className="desk-message-kind">{t('desk.talk.customer')}</span>
        )}
        <span className="desk-message-at">
          <RelativeTime at={message.created_at} />
        </span>
      </header>
      <div className="desk-message-body">{String(message.body ?? '')}</div>
      <Pictures files={pictures} />
      {others.length > 0 && (
        <ul className="hougu-files">
          {others.map((file) => (
            <FileTile key={file.id} file={file} />
          ))}
        </ul>
      )}
    </article>
  );
}

function Happening({ item, entity }: { item: TimelineItem; entity: EntityDefinition }): ReactNode {
  const { t } = useText();
  const event = item as unknown as HistoryEvent;
  const who = event.actor?.kind === 'system' ? t('desk.talk.system') : (event.actor?.name ?? '');
  return (
    <p className="desk-happening">
      <span>
        <strong>{who}</strong> {eventText({ ...event, changes: event.changes ?? [] }, entity)}
        {event.reason && (
          <span className="desk-reason">{t('desk.event.because', { reason: event.reason })}</span>
        )}
      </span>
      <RelativeTime at={item.at} />
    </p>
  );
}

function VisitLine({ visit }: { visit: RecordData }): ReactNode {
  const { t } = useText();
  const entity = useEntity('visit');
  const status = entity && fieldOf(entity, 'status');
  const engineer = asRef(visit.engineer)?.title;
  const start = visit.window_start;
  const time =
    typeof start === 'string' ? formatWindow(start, visit.window_end as string | null) : '';
  return (
    <p className="desk-happening">
      <span>
        <ToolOutlined aria-hidden="true" /> {t('desk.visit.line', { number: String(visit.number) })}{' '}
        {status && <ChoiceTag field={status} value={String(visit.status)} />}{' '}
        {[engineer, time].filter(Boolean).join(' · ')}
      </span>
      <RelativeTime at={visit.created_at} />
    </p>
  );
}

function Rating({ rating }: { rating: RecordData }): ReactNode {
  const { t } = useText();
  return (
    <div className="desk-rating">
      <strong>
        <StarFilled aria-hidden="true" /> {t('desk.talk.rated', { stars: Number(rating.overall) })}
      </strong>
      {rating.comment && <p>{String(rating.comment)}</p>}
      <RelativeTime at={rating.created_at} />
    </div>
  );
}

export function Timeline({
  entity,
  ticket,
}: {
  entity: EntityDefinition;
  ticket: RecordData;
}): ReactNode {
  const { t } = useText();
  const { data, error, isPending, refetch } = useTimeline(ticket.id);
  const end = useRef<HTMLDivElement>(null);
  const items = (data ?? []).filter(worthShowing);
  const count = items.length;
  // The newest stands at the bottom, above the box to write in.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new item scrolls
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [count]);

  return (
    <div className="desk-timeline" role="log" aria-label={t('desk.talk.title')} tabIndex={0}>
      <Description ticket={ticket} />
      {isPending && <Skeleton active paragraph={{ rows: 4 }} />}
      {error && <LoadProblem text={errorText(error)} onRetry={() => void refetch()} />}
      {items.map((item, index) => {
        if (item.kind === 'message' && item.message)
          return <Message key={item.message.id} message={item.message} />;
        if (item.kind === 'visit' && item.visit)
          return <VisitLine key={item.visit.id} visit={item.visit} />;
        if (item.kind === 'rating' && item.rating)
          return <Rating key={item.rating.id} rating={item.rating} />;
        return <Happening key={`${item.at}-${index}`} item={item} entity={entity} />;
      })}
      <div ref={end} />
    </div>
  );
}

/** What was reported, first of all. */
function Description({ ticket }: { ticket: RecordData }): ReactNode {
  const { t } = useText();
  const photos = asFiles(ticket.photos);
  if (!ticket.description && photos.length === 0) return null;
  return (
    <section className="desk-described" aria-label={t('desk.talk.described')}>
      {ticket.description && <div className="desk-message-body">{String(ticket.description)}</div>}
      <Pictures files={photos} />
    </section>
  );
}
