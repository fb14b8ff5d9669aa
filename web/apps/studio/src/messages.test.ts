// Keys that are put together from data exist too; those written out are checked by packages/i18n.
import { fieldTypes } from '@hougu/api/types';
import { verbsOf } from '@hougu/api/verbs';
import { hasText, startI18n } from '@hougu/i18n';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, systemEvents } from './audit/event_words';
import { typeGroups, typeSettings } from './entities/type_settings';
import { allPages, pageGroups } from './frame/pages';
import { unitKinds } from './organisation/unit_tree';
import { rowScopes, scopedActions } from './roles/grants';

beforeAll(() => startI18n(['studio'], 'zh-CN'));

const lists: Record<string, readonly string[]> = {
  page: allPages.map((page) => page.key),
  group: pageGroups.map((group) => group.key),
  type: fieldTypes,
  type_help: fieldTypes,
  type_group: typeGroups.map((group) => group.key),
  setting: [
    ...Object.values(typeSettings).flatMap((list) => list.map((setting) => setting.name)),
    ...['label', 'help', 'required', 'unique', 'default', 'personal', 'type', 'choices', 'fields'],
    ...['icon', 'title', 'search', 'ownership', 'indexes', 'unique', 'history_only', 'columns'],
    ...['unique_together', 'number_pattern', 'target'],
  ],
  unit_kind: unitKinds,
  scope: ['none', 'all', ...rowScopes],
  verb: [...verbsOf('ticket'), ...verbsOf('visit')],
  event: [...Object.keys(systemEvents), 'ticket', 'visit', 'customer'].flatMap((e) => [
    ...eventsOf(e),
  ]),
};

describe('texts for what comes from data', () => {
  it.each(Object.entries(lists))('exist: studio.%s', (area, names) => {
    expect(names.filter((name) => !hasText(`studio.${area}.${name}`))).toEqual([]);
  });

  it('exist for actions and rows of roles, and for what the start page is about', () => {
    const missing = [
      ...scopedActions.map((action) => `studio.say.${action}`),
      ...rowScopes.map((scope) => `studio.say.whose_${scope}`),
      ...allPages.filter((p) => p.key !== 'start').map((p) => `studio.start.about_${p.key}`),
      ...allPages.flatMap((p) => (p.right ? [`studio.right.${p.right}`] : [])),
      ...Object.keys(systemEvents).map((name) => `studio.audit.entity_${name}`),
    ].filter((key) => !hasText(key));
    expect(missing).toEqual([]);
  });
});
