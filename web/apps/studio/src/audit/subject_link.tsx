// The way from an event to what it is about.
import { useEntity, useRecord } from '@hougu/api/queries';
import type { HistoryEvent } from '@hougu/api/types';
import { titleOf } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useUnits } from '../organisation/unit_queries';
import { useUser } from '../users/user_queries';
import { subjectOf } from './event_words';

interface SubjectLinkProps {
  event: HistoryEvent;
  /** Its entity is a record type. */
  known: boolean;
}

export function SubjectLink({ event, known }: SubjectLinkProps): ReactNode {
  const { entity = '', id } = event;
  const about = event.type.startsWith('entity.') ? 'definition' : entity;
  const name = subjectOf(event);
  if (about === 'definition') return known ? <Studio to={`/entities/${entity}`} /> : null;
  if (about === 'role' && name) return <Studio to={`/roles/${name}`}>{name}</Studio>;
  if (about === 'setting') return <Studio to="/settings" />;
  if (!id) return null;
  if (about === 'user') return <Person id={id} />;
  if (about === 'unit') return <UnitLink id={id} />;
  return known ? <RecordLink entity={entity} id={id} /> : null;
}

function Studio({ to, children }: { to: string; children?: ReactNode }): ReactNode {
  const { t } = useText();
  return (
    <>
      {' · '}
      <Link to={to}>{children ?? t('studio.audit.open')}</Link>
    </>
  );
}

function Person({ id }: { id: string }): ReactNode {
  const user = useUser(id);
  return user.data ? <Studio to={`/users/${id}`}>{user.data.name}</Studio> : null;
}

function UnitLink({ id }: { id: string }): ReactNode {
  const unit = useUnits().data?.find((one) => one.id === id);
  return unit ? <Studio to={`/organisation/${id}`}>{unit.name}</Studio> : null;
}

function RecordLink({ entity, id }: { entity: string; id: string }): ReactNode {
  const definition = useEntity(entity);
  const record = useRecord(entity, id);
  const title = definition && record.data ? titleOf(definition, record.data) : id.slice(0, 8);
  const address = entity === 'ticket' ? `/desk/ticket/${id}` : `/desk/records/${entity}/${id}`;
  return (
    <>
      {' · '}
      <a href={address}>{title}</a>
    </>
  );
}
