// Number, subject, state, and what can be done now.
import { ArrowLeftOutlined, DeleteOutlined, MoreOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import type { EntityDefinition, Presence, RecordData } from '@hougu/api/types';
import { ChoiceTag, fieldOf } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { useNow } from '@hougu/ui';
import { App, Button, Dropdown, type MenuProps, Space } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { DueChip } from '../queue/due_chip';
import { Property } from '../records/property';
import type { SaveRecord } from '../records/use_save_record';
import { PresenceLine } from './presence';
import { Tracking } from './tracking';
import { useVerb } from './use_verb';
import { splitVerbs, type TicketVerb, verbKeys } from './verbs';

export interface TicketHeadProps {
  entity: EntityDefinition;
  ticket: RecordData;
  people: Presence['people'];
  save: SaveRecord['save'];
  onVerb: (verb: TicketVerb) => void;
  onPlan?: () => void;
  onBack?: () => void;
  onEditing: (editing: boolean) => void;
}

/** Its key, on hover and for screen readers. */
function keyOf(verb: TicketVerb): { title?: string; 'aria-keyshortcuts'?: string } {
  const key = verbKeys[verb]?.toUpperCase();
  return key ? { title: key, 'aria-keyshortcuts': key } : {};
}

export function TicketHead(props: TicketHeadProps): ReactNode {
  const { entity, ticket, onVerb, onPlan, onBack } = props;
  const { t } = useText();
  const now = useNow();
  const { message } = App.useApp();
  const { remove } = useVerb();
  const go = useNavigate();
  const { first, more } = splitVerbs(ticket);
  const can = ticket._can ?? [];
  const choice = (name: string) => {
    const field = fieldOf(entity, name);
    const value = ticket[name];
    return field && typeof value === 'string' ? <ChoiceTag field={field} value={value} /> : null;
  };
  const removeTicket = async () => {
    try {
      await remove(ticket);
      if (onBack) onBack();
      else void go('/');
    } catch (error) {
      void message.error(errorText(error));
    }
  };
  const items: MenuProps['items'] = [
    ...more.map((verb) => ({
      key: verb,
      label: t(`desk.verb.${verb}`),
      danger: verb === 'cancel',
      onClick: () => onVerb(verb),
    })),
    ...(can.includes('delete')
      ? [
          { type: 'divider' as const },
          {
            key: 'delete',
            danger: true,
            icon: <DeleteOutlined />,
            label: t('ui.action.delete'),
            onClick: () => void removeTicket(),
          },
        ]
      : []),
  ];
  const subject = fieldOf(entity, 'subject');
  return (
    <header className="desk-ticket-head">
      <div className="desk-head-line">
        {onBack && (
          <Button
            type="text"
            icon={<ArrowLeftOutlined />}
            aria-label={t('ui.action.back')}
            onClick={onBack}
          />
        )}
        <span className="desk-row-number">{String(ticket.number ?? '')}</span>
        {choice('status')}
        {ticket.priority !== 'normal' && choice('priority')}
        {choice('service_type')}
        <DueChip ticket={ticket} now={now} />
        <PresenceLine people={props.people} />
      </div>
      <div className="desk-ticket-line">
        <div className="desk-subject">
          <h1 className="hougu-visually-hidden">{String(ticket.subject ?? '')}</h1>
          {subject && (
            <dl>
              <Property
                entity={entity}
                record={ticket}
                field={subject}
                save={props.save}
                onEditing={props.onEditing}
              />
            </dl>
          )}
        </div>
        <Space wrap size={8} className="desk-verbs">
          {first.map((verb, index) => (
            <Button
              key={verb}
              type={index === 0 ? 'primary' : 'default'}
              {...keyOf(verb)}
              onClick={() => onVerb(verb)}
            >
              {t(`desk.verb.${verb}`)}
            </Button>
          ))}
          {onPlan && <Button onClick={onPlan}>{t('desk.visit.plan')}</Button>}
          <Tracking ticket={ticket.id} />
          {items.length > 0 && (
            <Dropdown menu={{ items }} trigger={['click']}>
              <Button
                icon={<MoreOutlined />}
                aria-label={t('ui.action.more')}
                title={t('ui.action.more')}
              />
            </Dropdown>
          )}
        </Space>
      </div>
    </header>
  );
}
