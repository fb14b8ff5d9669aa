// Customer 360: who it is, their devices with warranty, their earlier tickets.
import { PhoneOutlined, PlusOutlined, StarFilled } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import { useEntity, useTicketContext } from '@hougu/api/queries';
import type { EntityDefinition, RecordData, TicketContext, Warranty } from '@hougu/api/types';
import { asRef, ChoiceTag, FieldDisplay, fieldOf } from '@hougu/forms';
import { formatDate, useText } from '@hougu/i18n';
import { LoadProblem, RelativeTime, StatusTag } from '@hougu/ui';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { newTicketPath, recordPath, ticketPath } from '../paths';
import { Fold } from '../records/fold';

export function WarrantyTag({ warranty }: { warranty: Warranty | undefined }): ReactNode {
  const { t } = useText();
  if (!warranty) return null;
  const colors = { in: 'green', out: 'orange', unknown: 'grey' };
  const until = warranty.until
    ? t('desk.warranty.until', { date: formatDate(warranty.until) })
    : '';
  return (
    <StatusTag color={colors[warranty.state]} title={until}>
      {t(`desk.warranty.${warranty.state}`)}
      {until && ` · ${until}`}
    </StatusTag>
  );
}

function Value({
  entity,
  record,
  name,
}: {
  entity: EntityDefinition | undefined;
  record: RecordData;
  name: string;
}): ReactNode {
  const field = entity && fieldOf(entity, name);
  return field ? <FieldDisplay field={field} value={record[name]} empty={null} /> : null;
}

function Person({ ticket, context }: { ticket: RecordData; context: TicketContext }): ReactNode {
  const { t } = useText();
  const entity = useEntity('customer');
  const { customer, contacts } = context;
  if (!customer) {
    return (
      <p className="desk-person">
        <strong>{String(ticket.contact_name ?? t('desk.customer.none'))}</strong>
        {ticket.contact_phone && <span>{String(ticket.contact_phone)}</span>}
      </p>
    );
  }
  return (
    <div className="desk-person">
      <div className="desk-person-name">
        <Link to={recordPath('customer', customer.id)}>{String(customer.name ?? '')}</Link>
        <Value entity={entity} record={customer} name="level" />
        <Value entity={entity} record={customer} name="kind" />
      </div>
      <div>
        <PhoneOutlined aria-hidden="true" />{' '}
        <Value entity={entity} record={customer} name="phone" />
      </div>
      <Value entity={entity} record={customer} name="address" />
      {context.rating_average !== null && (
        <div>
          <StarFilled aria-hidden="true" style={{ color: 'var(--hougu-gold)' }} />{' '}
          {t('desk.customer.rating', { average: Number(context.rating_average).toFixed(1) })}
        </div>
      )}
      {contacts.length > 0 && (
        <ul className="desk-plain">
          {contacts.map((contact) => (
            <li key={contact.id}>
              {String(contact.name ?? '')} {String(contact.phone ?? '')}{' '}
              <span className="desk-hint">{String(contact.position ?? '')}</span>
            </li>
          ))}
        </ul>
      )}
      {customer.note && <p className="desk-note">{String(customer.note)}</p>}
    </div>
  );
}

function Devices({ ticket, context }: { ticket: RecordData; context: TicketContext }): ReactNode {
  const { t } = useText();
  const current = asRef(ticket.asset)?.id;
  const devices = [...context.assets].sort(
    (a, b) => Number(b.id === current) - Number(a.id === current),
  );
  if (devices.length === 0) return <p className="desk-hint">{t('desk.customer.no_devices')}</p>;
  return (
    <ul className="desk-plain">
      {devices.map((device) => (
        <li
          key={device.id}
          className={device.id === current ? 'desk-card desk-card-current' : 'desk-card'}
        >
          <Link to={recordPath('asset', device.id)}>
            {asRef(device.product)?.title ?? String(device.serial_number)}
          </Link>
          <span className="desk-serial">{String(device.serial_number ?? '')}</span>
          <WarrantyTag warranty={device.warranty} />
          {device.id === current && (
            <span className="desk-hint">{t('desk.customer.this_device')}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Earlier({ ticket, tickets }: { ticket: RecordData; tickets: RecordData[] }): ReactNode {
  const { t } = useText();
  const entity = useEntity('ticket');
  const status = entity && fieldOf(entity, 'status');
  const others = tickets.filter((one) => one.id !== ticket.id);
  if (others.length === 0) return <p className="desk-hint">{t('desk.customer.no_tickets')}</p>;
  return (
    <ul className="desk-plain">
      {others.map((one) => (
        <li key={one.id} className="desk-card">
          <Link to={ticketPath(one.id)}>{String(one.subject ?? one.number)}</Link>
          <span className="desk-card-line">
            <span className="desk-hint">{String(one.number ?? '')}</span>
            {status && <ChoiceTag field={status} value={String(one.status)} />}
            <span className="desk-hint">
              <RelativeTime at={one.created_at} />
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

export function CustomerPanel({ ticket }: { ticket: RecordData }): ReactNode {
  const { t } = useText();
  const { data, error, refetch } = useTicketContext(ticket.id);
  if (error) return <LoadProblem text={errorText(error)} onRetry={() => void refetch()} />;
  const customer = asRef(ticket.customer);
  const again = customer && (
    <Link
      to={newTicketPath({ customer: customer.id })}
      aria-label={t('desk.customer.new_ticket')}
      title={t('desk.customer.new_ticket')}
      className="desk-fold-action"
    >
      <PlusOutlined />
    </Link>
  );
  return (
    <>
      <Fold name="customer" title={t('desk.customer.title')} extra={again}>
        {data ? (
          <Person ticket={ticket} context={data} />
        ) : (
          <Skeleton active paragraph={{ rows: 2 }} />
        )}
      </Fold>
      <Fold
        name="customer.devices"
        title={t('desk.customer.devices', { count: data?.assets.length ?? 0 })}
      >
        {data ? (
          <Devices ticket={ticket} context={data} />
        ) : (
          <Skeleton active paragraph={{ rows: 2 }} />
        )}
      </Fold>
      <Fold name="customer.tickets" title={t('desk.customer.tickets')} folded>
        {data && <Earlier ticket={ticket} tickets={data.tickets} />}
      </Fold>
    </>
  );
}
