import { useCallback, useState } from 'react';
import type { Tracked } from '../api/portal';
import { historyState, navigate } from '../app/router';
import { useTitle } from '../app/title';
import { Notice, Skeleton, useErrorText } from '../parts/blocks';
import { moment } from '../text/formats';
import { useText } from '../text/text';
import { TicketActions } from './actions';
import { Conversation } from './conversation';
import { Pictures } from './pictures';
import { GivenRating, RatingForm } from './rating';
import { SentCard } from './sent';
import { ServiceReport } from './service_report';
import { Story } from './story';
import { useTracked } from './use_tracked';
import { VisitCard } from './visit_card';

function Head({ ticket }: { ticket: Tracked }) {
  const { t, locale } = useText();
  return (
    <header className="card ticket-head" data-status={ticket.status}>
      <p className="muted">
        {ticket.number} · {t('portal.track.reportedAt', { at: moment(ticket.created_at, locale) })}
      </p>
      <h1>{ticket.subject}</h1>
      <p className="ticket-status" role="status">
        {ticket.status_text}
      </p>
      {ticket.preferred_time && ticket.status !== 'cancelled' && (
        <p className="muted">{t('portal.track.preferred', { time: ticket.preferred_time })}</p>
      )}
      {ticket.status === 'cancelled' && (
        <button type="button" className="button" onClick={() => navigate('/report')}>
          {t('portal.track.again')}
        </button>
      )}
    </header>
  );
}

// What was reported, for the customer to check and the family to understand.
function Request({ ticket }: { ticket: Tracked }) {
  const { t } = useText();
  const photos = ticket.photos ?? [];
  const facts: [string, string | null | undefined][] = [
    [t('portal.track.serviceType'), ticket.service_type],
    [t('portal.device.title'), ticket.asset?.title],
    [t('portal.track.description'), ticket.description],
  ];
  return (
    <section className="card" aria-labelledby="request">
      <h2 id="request">{t('portal.track.request')}</h2>
      <dl className="facts">
        {facts.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      {photos.length > 0 && <Pictures urls={photos} />}
    </section>
  );
}

export default function TrackPage({ token }: { token: string }) {
  const { t } = useText();
  const errorText = useErrorText();
  const { value: ticket, error, replace } = useTracked(token);
  const [fresh, setFresh] = useState(() => historyState().sent === true);
  const path = `/track/${token}`;
  useTitle(ticket ? ticket.number : t('portal.track.title'));
  const onDone = useCallback((next: Tracked) => replace(next), [replace]);

  if (!ticket && error && !error.unanswered) {
    return (
      <Notice tone="bad" title={t('portal.track.unknownTitle')}>
        <p>{error.status === 404 ? t('portal.track.unknownText') : errorText(error)}</p>
        <button type="button" className="button button-main" onClick={() => navigate('/find')}>
          {t('portal.track.find')}
        </button>
      </Notice>
    );
  }
  if (!ticket) {
    return (
      <>
        <Skeleton lines={3} />
        <Skeleton lines={7} />
      </>
    );
  }
  if (fresh) {
    const close = () => {
      navigate(path, { replace: true });
      setFresh(false);
    };
    return <SentCard ticket={ticket} path={path} onClose={close} />;
  }
  const over = ticket.status === 'cancelled';
  return (
    <>
      <Head ticket={ticket} />
      {ticket.can_rate && <RatingForm token={token} onDone={onDone} />}
      {ticket.visit && !over && <VisitCard visit={ticket.visit} />}
      <Story ticket={ticket} />
      {ticket.report && <ServiceReport report={ticket.report} />}
      {ticket.rating && <GivenRating rating={ticket.rating} />}
      <Conversation token={token} ticket={ticket} onDone={onDone} />
      <Request ticket={ticket} />
      <TicketActions token={token} ticket={ticket} onDone={onDone} />
    </>
  );
}
