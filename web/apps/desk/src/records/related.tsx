// Records of other entities that point here: a customer's devices, tickets, contacts.
import { useEntities, useRecords } from '@hougu/api/queries';
import type { EntityDefinition, Field } from '@hougu/api/types';
import { canSee, FieldDisplay, fieldOf, titleOf } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { RelativeTime } from '@hougu/ui';
import { Skeleton } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { Link } from 'react-router';
import { listPath, recordPath } from '../paths';
import { Fold } from './fold';

interface Referrer {
  entity: EntityDefinition;
  field: Field;
}

export function useReferrers(target: EntityDefinition): Referrer[] {
  const { data: entities = [] } = useEntities();
  return useMemo(
    () =>
      entities.flatMap((entity) =>
        entity.fields
          .filter(
            (field) =>
              field.type === 'relation' && field.entity === target.name && canSee(entity, field),
          )
          .map((field) => ({ entity, field })),
      ),
    [entities, target.name],
  );
}

const shown = 8;

function RelatedList({ referrer, id }: { referrer: Referrer; id: string }): ReactNode {
  const { t, localized } = useText();
  const { entity, field } = referrer;
  const where = useMemo(
    () => ({ field: field.name, op: 'eq' as const, value: id }),
    [field.name, id],
  );
  const { data, isPending } = useRecords(entity.name, { where, sort: '-created_at', limit: shown });
  const rows = data?.pages[0]?.records ?? [];
  const status = fieldOf(entity, 'status');
  const all = `${listPath(entity.name)}?where=${encodeURIComponent(JSON.stringify(where))}`;
  return (
    <Fold
      name={`related.${entity.name}.${field.name}`}
      title={`${localized(entity.label)} · ${localized(field.label)}`}
      extra={
        <Link to={all} className="desk-fold-action">
          {t('desk.records.see_all')}
        </Link>
      }
    >
      {isPending && <Skeleton active paragraph={{ rows: 2 }} />}
      {!isPending && rows.length === 0 && (
        <p className="desk-hint">{t('desk.records.none_related')}</p>
      )}
      <ul className="desk-plain">
        {rows.map((record) => (
          <li key={record.id} className="desk-card">
            <Link to={recordPath(entity.name, record.id)}>{titleOf(entity, record)}</Link>
            <span className="desk-card-line">
              {status && <FieldDisplay field={status} value={record.status} empty={null} compact />}
              <span className="desk-hint">
                <RelativeTime at={record.created_at} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Fold>
  );
}

export function Related({ entity, id }: { entity: EntityDefinition; id: string }): ReactNode {
  const referrers = useReferrers(entity);
  return (
    <div className="desk-related">
      {referrers.map((referrer) => (
        <RelatedList
          key={`${referrer.entity.name}.${referrer.field.name}`}
          referrer={referrer}
          id={id}
        />
      ))}
    </div>
  );
}
