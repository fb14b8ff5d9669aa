// A role in sentences: "客服可以查看本部门及下级的服务单".
import type { EntityDefinition, FieldRight, Grant, Scope } from '@hougu/api/types';
import { currentLocale, hasText, inSentence, localized, text } from '@hougu/i18n';
import { grantFor, scopedActions, scopeList } from './grants';
import type { RoleDocument } from './role_queries';

function list(words: string[], type: 'conjunction' | 'disjunction'): string {
  return new Intl.ListFormat(currentLocale(), { style: 'long', type }).format(words);
}

export function verbName(verb: string): string {
  const key = `studio.verb.${verb}`;
  return hasText(key) ? text(key) : verb;
}

/** "view and change" + whose + "tickets". */
function act(actions: string[], scopes: readonly Scope[], entity: string): string {
  const words = { actions: list(actions, 'conjunction'), entity };
  if (scopes.includes('all')) return text('studio.say.act_all', words);
  const whose = list(
    scopes.map((scope) => text(`studio.say.whose_${scope}`)),
    'disjunction',
  );
  return text('studio.say.act_some', { ...words, whose });
}

/** Actions with the same scopes are said together, in the order they come. */
function grouped(entries: [word: string, scopes: Scope[]][]): [words: string[], scopes: Scope[]][] {
  const groups = new Map<string, [string[], Scope[]]>();
  for (const [word, scopes] of entries) {
    if (scopes.length === 0) continue;
    const key = [...scopes].sort().join();
    const group = groups.get(key) ?? [[], scopes];
    group[0].push(word);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function recordClauses(grant: Grant, entity: string): string[] {
  const clauses = grouped(
    scopedActions.map((action) => [text(`studio.say.${action}`), scopeList(grant[action])]),
  ).map(([words, scopes]) => act(words, scopes, entity));
  if (grant.create) clauses.splice(1, 0, text('studio.say.create', { entity }));
  return clauses;
}

function verbClauses(grant: Grant, entity: string): string[] {
  const allVerbs = scopeList(grant.verbs?.['*']);
  const single = Object.entries(grant.verbs ?? {}).filter(([verb]) => verb !== '*');
  const clauses = grouped(single.map(([verb, scope]) => [verbName(verb), scopeList(scope)])).map(
    ([words, scopes]) => act(words, scopes, entity),
  );
  if (allVerbs.length > 0) {
    const key = single.length > 0 ? 'studio.say.all_other_verbs' : 'studio.say.all_verbs';
    clauses.push(act([text(key)], allVerbs, entity));
  }
  return clauses;
}

function fieldClauses(grant: Grant, labelOf: (field: string) => string): string[] {
  const named = (right: FieldRight) =>
    Object.entries(grant.fields ?? {})
      .filter(([, given]) => given === right)
      .map(([field]) => text('studio.say.quoted', { name: labelOf(field) }));
  return (['none', 'masked', 'read'] as const).flatMap((right) => {
    const fields = named(right);
    return fields.length > 0
      ? [text(`studio.say.field_${right}`, { fields: list(fields, 'conjunction') })]
      : [];
  });
}

/** What the holders of a role may do with one entity ("*": with all that aren't named). */
export function entitySentence(
  roleName: string,
  grant: Grant,
  entity: EntityDefinition | '*',
): string {
  const name =
    entity === '*' ? text('studio.say.everything_else') : inSentence(localized(entity.label));
  const labelOf = (field: string) =>
    localized(entity === '*' ? undefined : entity.fields.find((f) => f.name === field)?.label) ||
    field;
  const clauses = [...recordClauses(grant, name), ...verbClauses(grant, name)];
  if (clauses.length === 0) return text('studio.say.nothing', { role: roleName, entity: name });
  const what = clauses.join(text('studio.say.clause_mark'));
  const fields = scopeList(grant.read).length > 0 ? fieldClauses(grant, labelOf) : [];
  return fields
    .map((clause) => text('studio.say.field', { clause }))
    .reduce(
      (first, second) => text('studio.say.both', { first, second }),
      text('studio.say.can', { role: roleName, what }),
    );
}

/** A role as a list of sentences; entities that go by "all others" are said once. */
export function roleSentences(role: RoleDocument, entities: readonly EntityDefinition[]): string[] {
  const name = localized(role.label) || role.name;
  const named = entities.filter((entity) => role.grants[entity.name]);
  const sentences = named.map((entity) =>
    entitySentence(name, grantFor(role, entity.name), entity),
  );
  const others = role.grants['*'];
  if (others && named.length < entities.length) sentences.push(entitySentence(name, others, '*'));
  if (sentences.length === 0) sentences.push(text('studio.say.no_records', { role: name }));
  if (role.system && role.system.length > 0) {
    const what = list(
      role.system.map((right) => text(`studio.right.${right}`)),
      'conjunction',
    );
    sentences.push(text('studio.say.system', { role: name, what }));
  }
  return sentences;
}
