// One ticket at a glance: number, who, what, state, how long left, who has it, unread dot.
import { UserOutlined } from '@ant-design/icons';
import type { EntityDefinition, RecordData } from '@hougu/api/types';
import { asRef, ChoiceTag, fieldOf } from '@hougu/forms';
import { localized, useText } from '@hougu/i18n';
import { Avatar } from '@hougu/ui';
import { Checkbox } from 'antd';
import { memo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { DueChip } from './due_chip';

export interface QueueRowProps {
  entity: EntityDefinition;
  ticket: RecordData;
  to: string;
  open: boolean;
  unread: boolean;
  changed: boolean;
  selected: boolean;
  onSelect: (id: string, range: boolean) => void;
  now: number;
}

function Choice({
  entity,
  name,
  value,
}: {
  entity: EntityDefinition;
  name: string;
  value: unknown;
}): ReactNode {
  const field = fieldOf(entity, name);
  return field && typeof value === 'string' ? <ChoiceTag field={field} value={value} /> : null;
}

function choiceLabel(entity: EntityDefinition, name: string, value: unknown): string {
  const choices = fieldOf(entity, name)?.choices ?? [];
  return localized(choices.find((choice) => choice.value === value)?.label);
}

function who(ticket: RecordData): string {
  return (
    asRef(ticket.customer)?.title ||
    String(ticket.contact_name ?? '') ||
    String(ticket.contact_phone ?? '')
  );
}

export const QueueRow = memo(function QueueRow(props: QueueRowProps): ReactNode {
  const { entity, ticket, open, unread, changed, selected, onSelect } = props;
  const { t } = useText();
  const assignee = asRef(ticket.assignee);
  const team = asRef(ticket.team);
  const service = choiceLabel(entity, 'service_type', ticket.service_type);
  const urgent = ticket.priority === 'high' || ticket.priority === 'urgent';
  const classes = [
    'desk-row',
    open && 'desk-row-open',
    changed && 'desk-row-changed',
    selected && 'desk-row-selected',
  ];
  return (
    <div className={classes.filter(Boolean).join(' ')}>
      <Checkbox
        checked={selected}
        aria-label={t('desk.queue.select', { number: String(ticket.number) })}
        onClick={(event) => onSelect(ticket.id, event.shiftKey)}
      />
      <Link to={props.to} className="desk-row-link" aria-current={open ? 'true' : undefined}>
        <span className="desk-row-line">
          <span className="desk-row-number">
            {unread && <span className="desk-dot" role="img" aria-label={t('desk.queue.unread')} />}
            {String(ticket.number ?? '')}
          </span>
          <span className="hougu-cut desk-row-who" title={who(ticket)}>
            {who(ticket)}
          </span>
          <DueChip ticket={ticket} now={props.now} />
        </span>
        <span
          className={unread ? 'hougu-cut desk-row-what desk-row-news' : 'hougu-cut desk-row-what'}
          title={String(ticket.subject ?? '')}
        >
          {String(ticket.subject ?? '')}
        </span>
        <span className="desk-row-line desk-row-last">
          <Choice entity={entity} name="status" value={ticket.status} />
          {urgent && <Choice entity={entity} name="priority" value={ticket.priority} />}
          <span className="hougu-cut desk-row-type">{service}</span>
          <span className="hougu-cut desk-row-owner">
            {assignee ? (
              <>
                <Avatar name={assignee.title} size={18} />{' '}
                <span className="hougu-cut">{assignee.title}</span>
              </>
            ) : (
              <>
                <UserOutlined aria-hidden="true" />{' '}
                <span className="hougu-cut">{team?.title ?? t('desk.queue.nobody')}</span>
              </>
            )}
          </span>
        </span>
      </Link>
    </div>
  );
});
