// The facts of a job: whom, where, what, and which device.
import { EnvironmentOutlined, PhoneOutlined } from '@ant-design/icons';
import { Pictures } from '@hougu/forms/pictures';
import { formatDate, formatWindow, useText } from '@hougu/i18n';
import { StatusTag } from '@hougu/ui';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { addressText, navigationUrl } from '../maps/navigation';
import type { Job, JobAsset, Visit, VisitStatus } from './types';
import { useTicketChoice } from './use_job';

export const statusColors: Record<VisitStatus, string> = {
  planned: 'grey',
  assigned: 'blue',
  accepted: 'blue',
  travelling: 'cyan',
  arrived: 'cyan',
  completed: 'green',
  unfinished: 'orange',
  refused: 'red',
  cancelled: 'grey',
};

export function VisitStatusTag({ status }: { status: VisitStatus }): ReactNode {
  const { t } = useText();
  return <StatusTag color={statusColors[status]}>{t(`field.status.${status}`)}</StatusTag>;
}

export function PriorityTag({ priority }: { priority: string | null | undefined }): ReactNode {
  const word = useTicketChoice()('priority', priority);
  if ((priority !== 'urgent' && priority !== 'high') || !word) return null;
  return <StatusTag color={priority === 'urgent' ? 'red' : 'orange'}>{word}</StatusTag>;
}

export function windowText(job: Visit): string {
  return job.window_start ? formatWindow(job.window_start, job.window_end) : '';
}

/** Telephone and way: the two things needed with the other hand on the steering wheel. */
export function ReachButtons({ job }: { job: Job }): ReactNode {
  const { t } = useText();
  const ticket = job._ticket;
  const phone = ticket?.contact_phone;
  const way = navigationUrl(ticket?.location, ticket?.address);
  const callable = phone && !phone.includes('*');
  return (
    <div className="reach">
      {callable && (
        <Button className="tall" icon={<PhoneOutlined />} href={`tel:${phone}`}>
          {t('field.job.call')}
        </Button>
      )}
      {way && (
        <Button
          className="tall"
          icon={<EnvironmentOutlined />}
          href={way}
          target="_blank"
          rel="noreferrer"
        >
          {t('field.job.navigate')}
        </Button>
      )}
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }): ReactNode {
  if (!children) return null;
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function TicketFacts({ job }: { job: Job }): ReactNode {
  const { t } = useText();
  const choice = useTicketChoice();
  const ticket = job._ticket;
  if (!ticket) return null;
  const kind = [
    choice('service_type', ticket.service_type),
    choice('fault_category', ticket.fault_category),
  ];
  return (
    <section className="panel" aria-label={t('field.job.problem')}>
      <dl>
        <Fact label={t('field.job.contact')}>
          {[ticket.contact_name, ticket.contact_phone].filter(Boolean).join(' ')}
        </Fact>
        <Fact label={t('field.job.address')}>{addressText(ticket.address)}</Fact>
        <Fact label={t('field.job.time')}>{windowText(job)}</Fact>
        {!job.window_start && <Fact label={t('field.job.preferred')}>{ticket.preferred_time}</Fact>}
        <Fact label={t('field.job.kind')}>{kind.filter(Boolean).join(' · ')}</Fact>
        <Fact label={t('field.job.description')}>{ticket.description}</Fact>
        <Fact label={t('field.job.bring')}>{job.note}</Fact>
      </dl>
      {(ticket.photos?.length ?? 0) > 0 && (
        <>
          <h2>{t('field.job.photos')}</h2>
          <Pictures files={ticket.photos ?? []} size={88} />
        </>
      )}
    </section>
  );
}

export function WarrantyTag({
  asset,
  known,
}: {
  asset: JobAsset | null;
  known?: boolean | null;
}): ReactNode {
  const { t } = useText();
  const until = asset?.warranty?.until ?? asset?.warranty_until ?? null;
  const state =
    asset?.warranty?.state ?? (known === true ? 'in' : known === false ? 'out' : 'unknown');
  if (state === 'in') {
    const text = until
      ? t('field.device.in_until', { until: formatDate(until) })
      : t('field.device.in');
    return <StatusTag color="green">{text}</StatusTag>;
  }
  if (state === 'out') {
    const text = until
      ? t('field.device.out_since', { until: formatDate(until) })
      : t('field.device.out');
    return <StatusTag color="orange">{text}</StatusTag>;
  }
  return <StatusTag color="grey">{t('field.device.unknown')}</StatusTag>;
}

export function DevicePanel({ job }: { job: Job }): ReactNode {
  const { t } = useText();
  const asset = job._asset;
  const serial = asset?.serial_number ?? job._ticket?.serial_number;
  return (
    <section className="panel" aria-labelledby="job-device">
      <h2 id="job-device">{t('field.device.title')}</h2>
      {asset ? (
        <>
          <p className="device-name">
            <Link to={`/device/${asset.id}`}>{asset.product?.title ?? serial}</Link>
          </p>
          {serial && <p className="soft">{t('field.device.serial', { serial })}</p>}
        </>
      ) : (
        <p className="soft">{t('field.device.none')}</p>
      )}
      <WarrantyTag asset={asset} known={job._ticket?.in_warranty ?? null} />
      {asset?.note && <p className="pre">{asset.note}</p>}
      {job._history && <History visits={job._history} />}
    </section>
  );
}

export function History({ visits }: { visits: Visit[] }): ReactNode {
  const { t } = useText();
  if (visits.length === 0) return <p className="soft">{t('field.history.none')}</p>;
  return (
    <details className="history">
      <summary>{t('field.history.count', { count: visits.length })}</summary>
      <ol>
        {visits.map((visit) => (
          <li key={visit.id}>
            <p>
              <strong>{formatDate(visit.ended_at ?? visit.created_at)}</strong>{' '}
              {visit.engineer?.title} <VisitStatusTag status={visit.status} />
            </p>
            {visit.fault_cause && (
              <p className="pre">{t('field.history.cause', { text: visit.fault_cause })}</p>
            )}
            {visit.action_taken && (
              <p className="pre">{t('field.history.action', { text: visit.action_taken })}</p>
            )}
            {visit.unfinished_reason && (
              <p className="pre">
                {t('field.history.unfinished', { text: visit.unfinished_reason })}
              </p>
            )}
            {visit.next_needs && (
              <p className="pre">{t('field.history.needs', { text: visit.next_needs })}</p>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
