import { type DeviceInfo, trackPath } from '../api/portal';
import { navigate } from '../app/router';
import { DeviceIcon, NextIcon } from '../parts/icons';
import { date } from '../text/formats';
import { useText } from '../text/text';

function Warranty({ warranty }: { warranty: DeviceInfo['warranty'] }) {
  const { t, locale } = useText();
  const until = warranty.until ? date(warranty.until, locale) : null;
  if (warranty.state === 'in') {
    return (
      <span className="tag tag-good">
        {until ? t('portal.device.inWarranty', { until }) : t('portal.device.inWarrantyOpen')}
      </span>
    );
  }
  if (warranty.state === 'out') {
    return (
      <span className="tag tag-warn">
        {until ? t('portal.device.outOfWarranty', { until }) : t('portal.device.outOfWarrantyOpen')}
      </span>
    );
  }
  return <span className="tag">{t('portal.device.warrantyUnknown')}</span>;
}

export function DeviceCard({ device }: { device: DeviceInfo }) {
  const { t, locale } = useText();
  const services = device.services ?? [];
  return (
    <section className="card device" aria-label={t('portal.device.title')}>
      <div className="device-head">
        {device.product.picture_url ? (
          <img src={device.product.picture_url} alt="" width={64} height={64} />
        ) : (
          <span className="device-picture">
            <DeviceIcon />
          </span>
        )}
        <div>
          <h2>{device.product.name}</h2>
          <p className="muted">
            {[
              device.product.model,
              device.serial_number && t('portal.device.serial', { serial: device.serial_number }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <Warranty warranty={device.warranty} />
        </div>
      </div>
      {services.length > 0 && (
        <details>
          <summary>{t('portal.device.services', { count: services.length })}</summary>
          <ul className="services">
            {services.map((service) => (
              <li key={`${service.date}${service.service_type}`}>
                <time dateTime={service.date}>{date(service.date, locale)}</time>
                <span>
                  {service.service_type}
                  {service.result && <small>{service.result}</small>}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

// Somebody is on it already: seeing how far it is beats reporting it again.
export function OpenTicket({ open }: { open: NonNullable<DeviceInfo['open_ticket']> }) {
  const { t } = useText();
  const target = open.track_url
    ? trackPath(open.track_url)
    : `/find?number=${encodeURIComponent(open.number)}`;
  return (
    <a
      className="card open-ticket"
      href={target}
      onClick={(event) => {
        event.preventDefault();
        navigate(target);
      }}
    >
      <span>
        <strong>{t('portal.device.openTitle')}</strong>
        <small>{t('portal.device.openText', { number: open.number })}</small>
      </span>
      <NextIcon />
    </a>
  );
}
