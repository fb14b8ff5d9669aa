// A device: what it is, whose, its warranty, and what was done to it.
import { errorText, get, OfflineError } from '@hougu/api/client';
import { isMissing, useRecord } from '@hougu/api/queries';
import type { Address, RecordData, Ref, Warranty } from '@hougu/api/types';
import { formatDate, useText } from '@hougu/i18n';
import { EmptyState, LoadProblem, StatusTag } from '@hougu/ui';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { Page } from '../app/page';
import { WarrantyTag } from '../job/facts';
import type { JobAsset } from '../job/types';
import { addressText } from '../maps/navigation';

interface Card {
  warranty: Warranty;
  services: { date: string; service_type: string; result: string | null }[];
  open_ticket: { number: string } | null;
}

/** What the label itself tells anybody: warranty and the last services, of all teams. */
function useCard(token: string | null) {
  return useQuery({
    queryKey: ['records', 'asset', 'card', token],
    queryFn: ({ signal }) => get<Card>(`/portal/asset/${token}`, undefined, signal),
    enabled: token !== null,
  });
}

const word = (record: RecordData, field: string) => {
  const value = record[field];
  return typeof value === 'string' && value ? value : null;
};

function Facts({ device }: { device: RecordData }): ReactNode {
  const { t } = useText();
  const installed = word(device, 'installed_on');
  const facts: [string, string | null][] = [
    [t('field.device.serial_number'), word(device, 'serial_number')],
    [t('field.device.customer'), (device.customer as Ref | null)?.title ?? null],
    [t('field.job.address'), addressText(device.address as Address | null)],
    [t('field.device.installed'), installed && formatDate(installed)],
    [t('field.device.note'), word(device, 'note')],
  ];
  return (
    <dl>
      {facts.map(([label, value]) =>
        value ? (
          <div key={label} className="fact">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

function Services({ card }: { card: Card }): ReactNode {
  const { t } = useText();
  return (
    <section className="panel" aria-labelledby="device-services">
      <h2 id="device-services">{t('field.device.services')}</h2>
      {card.open_ticket && (
        <p>
          <StatusTag color="blue">
            {t('field.device.open', { number: card.open_ticket.number })}
          </StatusTag>
        </p>
      )}
      {card.services.length === 0 && <p className="soft">{t('field.history.none')}</p>}
      <ul className="plain">
        {card.services.map((service, index) => (
          <li key={index} className="fact">
            <span className="soft">{formatDate(service.date)}</span>{' '}
            {[service.service_type, service.result].filter(Boolean).join(' · ')}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** This engineer's and his team's tickets for it, as far as he may read them. */
function Tickets({ asset }: { asset: string }): ReactNode {
  const { t } = useText();
  const tickets = useQuery({
    queryKey: ['records', 'ticket', 'of_asset', asset],
    queryFn: ({ signal }) =>
      get<{ records: RecordData[] }>(
        '/ticket',
        { where: { field: 'asset', op: 'eq', value: asset }, sort: '-created_at', limit: 20 },
        signal,
      ),
  });
  const records = tickets.data?.records ?? [];
  if (records.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="device-tickets">
      <h2 id="device-tickets">{t('field.device.tickets')}</h2>
      <ul className="plain">
        {records.map((ticket) => (
          <li key={ticket.id} className="fact">
            <p>
              <strong>{word(ticket, 'subject')}</strong>
            </p>
            <p className="soft">
              {formatDate(ticket.created_at)} · {word(ticket, 'number')}
            </p>
            {word(ticket, 'resolution') && <p className="pre">{word(ticket, 'resolution')}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

export default function DevicePage(): ReactNode {
  const { t } = useText();
  const { id = '' } = useParams();
  const device = useRecord('asset', id);
  const card = useCard(device.data ? word(device.data, 'qr_token') : null);
  const record = device.data;
  const asset = record
    ? ({
        id,
        warranty: card.data?.warranty ?? null,
        warranty_until: word(record, 'warranty_until'),
      } as JobAsset)
    : null;
  return (
    <Page title={t('field.device.title')} back="/device">
      {device.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      {isMissing(device.error) ? (
        <EmptyState
          title={t('field.find.nothing')}
          action={<Link to="/device">{t('field.find.title')}</Link>}
        >
          {t('field.find.nothing_text')}
        </EmptyState>
      ) : (
        device.error && (
          <LoadProblem
            text={
              device.error instanceof OfflineError
                ? t('field.offline.device')
                : errorText(device.error)
            }
            onRetry={() => void device.refetch()}
          />
        )
      )}
      {record && (
        <section className="panel">
          <h1>{(record.product as Ref | null)?.title ?? word(record, 'serial_number')}</h1>
          <WarrantyTag asset={asset} />
          <Facts device={record} />
        </section>
      )}
      {card.data && <Services card={card.data} />}
      {record && <Tickets asset={id} />}
    </Page>
  );
}
