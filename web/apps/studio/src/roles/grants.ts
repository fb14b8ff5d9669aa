// Reading and changing the grants of a role.
import type { EntityDefinition, FieldRight, Grant, Scope } from '@hougu/api/types';
import type { RoleDocument } from './role_queries';

export type Action = 'read' | 'update' | 'delete' | 'export';
export const scopedActions: readonly Action[] = ['read', 'update', 'delete', 'export'];
export const rowScopes = ['department', 'team', 'assigned', 'created'] as const;

/** Without `none`; `all` stands alone. */
export function scopeList(scope: Scope | readonly Scope[] | undefined): Scope[] {
  const list = (typeof scope === 'string' ? [scope] : [...(scope ?? [])]).filter(
    (one) => one !== 'none',
  );
  return list.includes('all') ? ['all'] : list;
}

/** As it is written into the role. */
export function scopeValue(list: readonly Scope[]): Scope | Scope[] {
  const [first, ...rest] = list;
  if (!first) return 'none';
  return rest.length === 0 ? first : [...list];
}

/** After a click in a list of scopes: `all` puts out the others, and the others put out `all`. */
export function afterClick(before: readonly Scope[], clicked: readonly Scope[]): Scope[] {
  const added = clicked.filter((scope) => !before.includes(scope));
  if (added.includes('all')) return ['all'];
  return clicked.filter((scope) => scope !== 'all' || added.length === 0);
}

/** What holds for an entity: its own grant, else that for all others. */
export function grantFor(role: Pick<RoleDocument, 'grants'>, entity: string): Grant {
  return role.grants[entity] ?? role.grants['*'] ?? {};
}

export function withGrant(role: RoleDocument, entity: string, grant: Grant | null): RoleDocument {
  const grants = { ...role.grants };
  if (grant) grants[entity] = grant;
  else delete grants[entity];
  return { ...role, grants };
}

/** Members that say nothing are left out, so that equal rights are equal documents. */
export function withAction(grant: Grant, action: Action, list: readonly Scope[]): Grant {
  const next = { ...grant, [action]: scopeValue(list) };
  if (list.length === 0) delete next[action];
  return next;
}

export function withVerb(grant: Grant, verb: string, list: readonly Scope[] | null): Grant {
  const verbs = { ...grant.verbs };
  if (list) verbs[verb] = scopeValue(list);
  else delete verbs[verb];
  const next: Grant = { ...grant, verbs };
  if (Object.keys(verbs).length === 0) delete next.verbs;
  return next;
}

/** `write` is what holds where nothing is said. */
export function withField(grant: Grant, field: string, right: FieldRight): Grant {
  const fields = { ...grant.fields, [field]: right };
  if (right === 'write') delete fields[field];
  const next: Grant = { ...grant, fields };
  if (Object.keys(fields).length === 0) delete next.fields;
  return next;
}

/**
 * Scopes that can hold for an entity's rows: a department or team needs a team field, "assigned" a
 * person field; where the rules of another entity count (`via`), that one's.
 */
export function usableScopes(
  entity: EntityDefinition | undefined,
  entities: readonly EntityDefinition[],
): Scope[] {
  let owner = entity;
  for (let step = 0; owner?.ownership?.via && step < 8; step += 1) {
    const via = owner.ownership.via;
    const target = owner.fields.find((field) => field.name === via)?.entity;
    owner = entities.find((candidate) => candidate.name === target);
  }
  if (!owner) return ['all', ...rowScopes];
  const { team, assignee } = owner.ownership ?? {};
  return [
    'all',
    ...(team ? (['department', 'team'] as const) : []),
    ...(assignee ? (['assigned'] as const) : []),
    'created',
  ];
}
