// Who comes and when; on the way with the expected time.
import type { TrackedVisit } from '../api/portal';
import { PhoneIcon } from '../parts/icons';
import { clock, moment, timeWindow } from '../text/formats';
import { useText } from '../text/text';

function sentence(visit: TrackedVisit, text: ReturnType<typeof useText>): string {
  const { t, locale } = text;
  const name = visit.engineer_name ?? t('portal.visit.engineer');
  switch (visit.status) {
    case 'travelling':
      return visit.eta
        ? t('portal.visit.onTheWayEta', { name, time: clock(visit.eta, locale) })
        : t('portal.visit.onTheWay', { name });
    case 'arrived':
      return t('portal.visit.arrived', { name });
    case 'completed':
      return t('portal.visit.completed', { name });
    case 'unfinished':
      return t('portal.visit.unfinished', { name });
    default:
      return visit.engineer_name ? t('portal.visit.willCome', { name }) : t('portal.visit.planned');
  }
}

export function VisitCard({ visit }: { visit: TrackedVisit }) {
  const text = useText();
  const { t, locale } = text;
  const over = visit.status === 'completed' || visit.status === 'unfinished';
  const phone = visit.engineer_phone?.includes('*') ? null : visit.engineer_phone;
  return (
    <section className="card visit" aria-label={t('portal.visit.title')}>
      <div className="visit-who">
        <span className="face" aria-hidden="true">
          {(visit.engineer_name ?? '?').slice(0, 1)}
        </span>
        <div>
          <h2 aria-live="polite">{sentence(visit, text)}</h2>
          {!over && visit.window_start && (
            <p className="muted">
              {visit.window_end
                ? t('portal.visit.window', {
                    window: timeWindow(visit.window_start, visit.window_end, locale),
                  })
                : t('portal.visit.window', { window: moment(visit.window_start, locale) })}
            </p>
          )}
        </div>
      </div>
      {!over && phone && (
        <a className="button button-call" href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
          <PhoneIcon />
          {t('portal.visit.call', { phone })}
        </a>
      )}
    </section>
  );
}
