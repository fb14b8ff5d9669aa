// Whom the search found: customers with their devices and open tickets, and devices alone.
import { LaptopOutlined, UserAddOutlined, UserOutlined } from '@ant-design/icons';
import { useEntity } from '@hougu/api/queries';
import type { CustomerFind, CustomerMatch, RecordData, Warranty } from '@hougu/api/types';
import { asRef, ChoiceTag, FieldDisplay, fieldOf } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { RelativeTime } from '@hougu/ui';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ticketPath } from '../paths';
import { WarrantyTag } from '../ticket/customer_panel';

type Device = RecordData & { warranty?: Warranty };

export interface CallerResultsProps {
  found: CustomerFind;
  typed: string;
  chosen: { customer: string | null; asset: string | null };
  onCustomer: (customer: RecordData, asset?: RecordData) => void;
  onDevice: (asset: RecordData) => void;
  onNew: () => void;
}

const list = <T,>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : []);

function DeviceButton({
  device,
  chosen,
  onClick,
}: {
  device: Device;
  chosen: boolean;
  onClick: () => void;
}): ReactNode {
  return (
    <Button
      block
      className="desk-pick"
      aria-pressed={chosen}
      type={chosen ? 'primary' : 'default'}
      ghost={chosen}
      icon={<LaptopOutlined />}
      onClick={onClick}
    >
      <span className="hougu-cut">{asRef(device.product)?.title}</span>
      <span className="desk-serial">{String(device.serial_number ?? '')}</span>
      <WarrantyTag warranty={device.warranty} />
    </Button>
  );
}

function Customer({
  customer,
  chosen,
  onCustomer,
}: { customer: CustomerMatch } & Pick<CallerResultsProps, 'chosen' | 'onCustomer'>): ReactNode {
  const { t } = useText();
  const entity = useEntity('customer');
  const tickets = useEntity('ticket');
  const status = tickets && fieldOf(tickets, 'status');
  const devices = list<Device>(customer.assets);
  const open = list<RecordData>(customer.open_tickets);
  const show = (name: string) => {
    const field = entity && fieldOf(entity, name);
    return field ? (
      <FieldDisplay field={field} value={customer[name]} empty={null} compact />
    ) : null;
  };
  return (
    <article className="desk-caller" aria-label={String(customer.name)}>
      <header>
        <UserOutlined aria-hidden="true" />
        <strong>{String(customer.name ?? '')}</strong>
        {show('level')}
        <span>{show('phone')}</span>
        <span style={{ flex: 1 }} />
        <Button
          size="small"
          type={chosen.customer === customer.id ? 'primary' : 'default'}
          aria-pressed={chosen.customer === customer.id}
          onClick={() => onCustomer(customer)}
        >
          {t('desk.caller.choose')}
        </Button>
      </header>
      <div className="desk-hint">{show('address')}</div>
      {open.length > 0 && (
        <section
          className="desk-caller-open"
          aria-label={t('desk.caller.open', { count: open.length })}
        >
          <strong>{t('desk.caller.open', { count: open.length })}</strong>
          <ul className="desk-plain">
            {open.map((ticket) => (
              <li key={ticket.id} className="desk-card-line">
                <Link to={ticketPath(ticket.id)}>
                  {String(ticket.number)} {String(ticket.subject ?? '')}
                </Link>
                {status && <ChoiceTag field={status} value={String(ticket.status)} />}
                <span className="desk-hint">
                  <RelativeTime at={ticket.created_at} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {devices.map((device) => (
        <DeviceButton
          key={device.id}
          device={device}
          chosen={chosen.asset === device.id}
          onClick={() => onCustomer(customer, device)}
        />
      ))}
    </article>
  );
}

export function CallerResults({
  found,
  typed,
  chosen,
  onCustomer,
  onDevice,
  onNew,
}: CallerResultsProps): ReactNode {
  const { t } = useText();
  const shown = new Set(
    found.customers.flatMap((customer) => list<Device>(customer.assets).map((device) => device.id)),
  );
  const alone = found.assets.filter((asset) => !shown.has(asset.id));
  const none = found.customers.length === 0 && alone.length === 0;
  return (
    <div
      className="desk-callers"
      role="region"
      aria-live="polite"
      aria-label={t('desk.caller.results')}
    >
      {none && <p className="desk-hint">{t('desk.caller.none', { typed })}</p>}
      {found.customers.map((customer) => (
        <Customer key={customer.id} customer={customer} chosen={chosen} onCustomer={onCustomer} />
      ))}
      {alone.map((asset) => (
        <DeviceButton
          key={asset.id}
          device={asset}
          chosen={chosen.asset === asset.id}
          onClick={() => onDevice(asset)}
        />
      ))}
      <Button icon={<UserAddOutlined />} onClick={onNew}>
        {t('desk.caller.new_customer')}
      </Button>
    </div>
  );
}
