import type { EntityDefinition } from '@hougu/api/types';
import { setLocale, startI18n } from '@hougu/i18n';
import { beforeEach, describe, expect, it } from 'vitest';
import { afterClick, scopeValue, usableScopes, withAction, withField, withGrant } from './grants';
import type { RoleDocument } from './role_queries';
import { entitySentence, roleSentences } from './sentences';

function entity(
  name: string,
  zh: string,
  en: string,
  rest: Partial<EntityDefinition> = {},
): EntityDefinition {
  return {
    name,
    label: { 'zh-CN': zh, en },
    title: [],
    fields: [],
    forms: [],
    views: [],
    grants: { create: true, read: 'all' },
    version: 1,
    ...rest,
  };
}

const ticket = entity('ticket', '服务单', 'Ticket', {
  ownership: { team: 'team', assignee: 'assignee' },
  fields: [
    { name: 'phone', type: 'phone', label: { 'zh-CN': '联系电话', en: 'Phone' } },
    { name: 'email', type: 'email', label: { 'zh-CN': '邮箱', en: 'E-mail' } },
  ],
});
const message = entity('ticket_message', '沟通记录', 'Message', {
  ownership: { via: 'ticket' },
  fields: [{ name: 'ticket', type: 'relation', entity: 'ticket', label: { 'zh-CN': '服务单' } }],
});
const product = entity('product', '产品', 'Product');

const role = (grants: RoleDocument['grants']): RoleDocument => ({
  name: 'agent',
  label: { 'zh-CN': '客服', en: 'Agents' },
  grants,
});

describe('sentences of a role in Chinese', () => {
  beforeEach(async () => {
    await startI18n(['studio'], 'zh-CN');
    await setLocale('zh-CN');
  });

  it('names the rows of a department', () => {
    expect(entitySentence('客服', { read: 'department' }, ticket)).toBe(
      '客服可以查看本部门及下级的服务单。',
    );
  });

  it('says actions with the same rows together', () => {
    expect(
      entitySentence(
        '客服',
        {
          read: ['assigned', 'created'],
          update: ['created', 'assigned'],
          delete: 'none',
          create: true,
        },
        ticket,
      ),
    ).toBe('客服可以查看和修改自己负责或自己创建的服务单,新建服务单。');
  });

  it('names verbs and what is hidden', () => {
    expect(
      entitySentence(
        '工程师',
        {
          read: 'assigned',
          verbs: { assign: 'team', pause: 'team' },
          fields: { phone: 'masked', email: 'none' },
        },
        ticket,
      ),
    ).toBe(
      '工程师可以查看自己负责的服务单,派单和挂起本团队的服务单。看不到“邮箱”。“联系电话”只显示一部分。',
    );
  });

  it('says what cannot be seen', () => {
    expect(entitySentence('客服', { read: 'none', fields: { email: 'none' } }, ticket)).toBe(
      '客服看不到服务单。',
    );
  });

  it('says the others once, and the system rights', () => {
    const sentences = roleSentences(
      { ...role({ '*': { read: 'all' }, ticket: { read: 'all' } }), system: ['audit.read'] },
      [ticket, message, product],
    );
    expect(sentences).toEqual([
      '客服可以查看全部服务单。',
      '客服可以查看全部其他数据。',
      '客服可以查看操作记录。',
    ]);
    expect(roleSentences(role({}), [ticket])).toEqual(['客服看不到任何数据。']);
  });
});

describe('sentences of a role in English', () => {
  it('read as English', async () => {
    await startI18n(['studio'], 'en');
    await setLocale('en');
    expect(entitySentence('Agents', { read: 'department', update: 'department' }, ticket)).toBe(
      'Agents can view and change ticket records of their department and below.',
    );
    expect(entitySentence('Agents', { read: 'all', verbs: { '*': 'all' } }, ticket)).toBe(
      'Agents can view all ticket records; carry out every action on all ticket records.',
    );
  });
});

describe('changing grants', () => {
  it('lets "all" and the narrower scopes put each other out', () => {
    expect(afterClick(['department'], ['department', 'all'])).toEqual(['all']);
    expect(afterClick(['all'], ['all', 'team'])).toEqual(['team']);
    expect(afterClick(['team'], ['team', 'created'])).toEqual(['team', 'created']);
    expect(afterClick(['team'], [])).toEqual([]);
  });

  it('leaves out what says nothing', () => {
    expect(withAction({ read: 'all', update: 'team' }, 'update', [])).toEqual({ read: 'all' });
    expect(withField({ fields: { email: 'none' } }, 'email', 'write')).toEqual({});
    expect(scopeValue(['team', 'created'])).toEqual(['team', 'created']);
    expect(withGrant(role({ ticket: {} }), 'ticket', null).grants).toEqual({});
  });

  it('offers only scopes that the entity can have', () => {
    const all = [ticket, message, product];
    expect(usableScopes(product, all)).toEqual(['all', 'created']);
    expect(usableScopes(message, all)).toEqual([
      'all',
      'department',
      'team',
      'assigned',
      'created',
    ]);
  });
});
