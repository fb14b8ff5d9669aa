// Entities by actions: who may do what with which rows. On phones each entity is a card.
import type { EntityDefinition, Grant, Scope } from '@hougu/api/types';
import { verbsOf } from '@hougu/api/verbs';
import { useText } from '@hougu/i18n';
import { Button, Checkbox } from 'antd';
import { type ReactNode, useState } from 'react';
import { FieldRights } from './field_rights';
import {
  grantFor,
  rowScopes,
  type scopedActions,
  scopeList,
  usableScopes,
  withAction,
  withGrant,
} from './grants';
import type { RoleDocument } from './role_queries';
import { ScopePicker } from './scope_picker';
import { VerbRights } from './verb_rights';

interface GrantMatrixProps {
  role: RoleDocument;
  entities: EntityDefinition[];
  readOnly: boolean;
  onChange: (role: RoleDocument) => void;
}

type Inside = { what: 'verbs' | 'fields'; entity: string } | null;

export function GrantMatrix({ role, entities, readOnly, onChange }: GrantMatrixProps): ReactNode {
  const { t, localized } = useText();
  const [inside, setInside] = useState<Inside>(null);
  const entity = entities.find((one) => one.name === inside?.entity);
  const nameOf = (name: string) =>
    name === '*'
      ? t('studio.roles.all_others')
      : localized(entities.find((one) => one.name === name)?.label) || name;
  const set = (name: string) => (grant: Grant | null) => onChange(withGrant(role, name, grant));
  const close = () => setInside(null);
  return (
    <>
      <div className="studio-matrix" role="table" aria-label={t('studio.roles.matrix')}>
        <div className="studio-matrix-head" role="row">
          {['entity', 'read', 'create', 'update', 'delete', 'export', 'more'].map((column) => (
            <span key={column} role="columnheader">
              {t(`studio.roles.column_${column}`)}
            </span>
          ))}
        </div>
        {[...entities.map((one) => one.name), '*'].map((name) => (
          <MatrixRow
            key={name}
            name={name}
            title={nameOf(name)}
            entity={entities.find((one) => one.name === name)}
            usable={
              name === '*'
                ? ['all', ...rowScopes]
                : usableScopes(
                    entities.find((one) => one.name === name),
                    entities,
                  )
            }
            role={role}
            readOnly={readOnly}
            onChange={set(name)}
            onInside={(what) => setInside({ what, entity: name })}
          />
        ))}
      </div>
      {inside && (
        <VerbRights
          open={inside.what === 'verbs'}
          title={nameOf(inside.entity)}
          entity={inside.entity}
          usable={entity ? usableScopes(entity, entities) : ['all', ...rowScopes]}
          grant={grantFor(role, inside.entity)}
          readOnly={readOnly}
          onChange={set(inside.entity)}
          onClose={close}
        />
      )}
      {inside && entity && (
        <FieldRights
          open={inside.what === 'fields'}
          entity={entity}
          grant={grantFor(role, inside.entity)}
          readOnly={readOnly}
          onChange={set(inside.entity)}
          onClose={close}
        />
      )}
    </>
  );
}

interface MatrixRowProps {
  name: string;
  title: string;
  entity: EntityDefinition | undefined;
  usable: Scope[];
  role: RoleDocument;
  readOnly: boolean;
  onChange: (grant: Grant | null) => void;
  onInside: (what: 'verbs' | 'fields') => void;
}

function MatrixRow(props: MatrixRowProps): ReactNode {
  const { name, title, entity, usable, role, readOnly, onChange, onInside } = props;
  const { t } = useText();
  const own = role.grants[name];
  const grant = grantFor(role, name);
  const fixed = readOnly || (!own && name !== '*');
  const cell = (action: (typeof scopedActions)[number]) => {
    const never = entity?.history_only === true && (action === 'update' || action === 'delete');
    const label = t('studio.roles.cell', {
      action: t(`studio.roles.column_${action}`),
      entity: title,
    });
    if (never) return <span className="studio-soft">{t('studio.roles.never')}</span>;
    if (fixed) return <ScopeWords list={scopeList(grant[action])} />;
    return (
      <ScopePicker
        label={label}
        usable={usable}
        value={grant[action]}
        onChange={(list) => onChange(withAction(grant, action, list))}
      />
    );
  };
  const verbs = Object.keys(grant.verbs ?? {}).length;
  const fields = Object.keys(grant.fields ?? {}).length;
  return (
    <div className="studio-matrix-row" role="row">
      <div role="rowheader" className="studio-matrix-name">
        <strong className="hougu-cut" title={title}>
          {title}
        </strong>
        {name !== '*' && !own && (
          <small className="studio-soft">{t('studio.roles.as_others')}</small>
        )}
        {!readOnly && name !== '*' && (
          <Button
            size="small"
            type="link"
            className="studio-matrix-own"
            onClick={() => onChange(own ? null : structuredClone(role.grants['*'] ?? {}))}
            aria-label={t(own ? 'studio.roles.like_others_name' : 'studio.roles.own_name', {
              entity: title,
            })}
          >
            {t(own ? 'studio.roles.like_others' : 'studio.roles.own')}
          </Button>
        )}
      </div>
      <div role="cell" data-label={t('studio.roles.column_read')}>
        {cell('read')}
      </div>
      <div role="cell" data-label={t('studio.roles.column_create')}>
        <Checkbox
          checked={grant.create === true}
          disabled={fixed}
          aria-label={t('studio.roles.cell', {
            action: t('studio.roles.column_create'),
            entity: title,
          })}
          onChange={(event) => {
            const next: Grant = { ...grant, create: event.target.checked };
            if (!event.target.checked) delete next.create;
            onChange(next);
          }}
        />
      </div>
      <div role="cell" data-label={t('studio.roles.column_update')}>
        {cell('update')}
      </div>
      <div role="cell" data-label={t('studio.roles.column_delete')}>
        {cell('delete')}
      </div>
      <div role="cell" data-label={t('studio.roles.column_export')}>
        {cell('export')}
      </div>
      <div role="cell" className="studio-matrix-more">
        {(name === '*' || verbsOf(name, Object.keys(grant.verbs ?? {})).length > 0) && (
          <Button size="small" onClick={() => onInside('verbs')} disabled={fixed && !readOnly}>
            {t('studio.roles.verbs')}
            {verbs > 0 && ` (${verbs})`}
          </Button>
        )}
        {entity && (
          <Button size="small" onClick={() => onInside('fields')} disabled={fixed && !readOnly}>
            {t('studio.roles.fields')}
            {fields > 0 && ` (${fields})`}
          </Button>
        )}
      </div>
    </div>
  );
}

export function ScopeWords({ list }: { list: Scope[] }): ReactNode {
  const { t } = useText();
  if (list.length === 0) return <span className="studio-soft">{t('studio.scope.none')}</span>;
  return (
    <span>{list.map((scope) => t(`studio.scope.${scope}`)).join(t('studio.common.comma'))}</span>
  );
}
