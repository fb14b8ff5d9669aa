import type { EntityDefinition, HistoryEvent } from '@hougu/api/types';
import { setLocale, startI18n } from '@hougu/i18n';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditCsv, csvCell } from './audit_csv';
import { eventsOf, eventType, plainValue, subjectOf } from './event_words';

const event: HistoryEvent = {
  sequence: 7,
  type: 'asset.updated',
  at: '2026-11-21T08:30:00.000Z',
  actor: { kind: 'user', id: 'u', name: '=王"芳' },
  reason: null,
  entity: 'asset',
  id: 'a1',
  changes: [
    { field: 'status', old: 'in_use', new: 'retired' },
    { field: 'customer', old: null, new: { id: 'c', title: '张三' } },
  ],
};

const asset = {
  name: 'asset',
  label: { 'zh-CN': '设备' },
  fields: [
    {
      name: 'status',
      type: 'single_choice',
      label: { 'zh-CN': '状态' },
      choices: [
        { value: 'in_use', label: { 'zh-CN': '使用中' } },
        { value: 'retired', label: { 'zh-CN': '已报废' } },
      ],
    },
    { name: 'customer', type: 'relation', entity: 'customer', label: { 'zh-CN': '客户' } },
  ],
} as unknown as EntityDefinition;

beforeAll(async () => {
  await startI18n(['studio', 'forms'], 'zh-CN');
  await setLocale('zh-CN');
});

describe('the log as a file', () => {
  it('has a row for each change, in words, with no formulas', () => {
    const [head, first, second, end] = auditCsv([event], [asset]).split('\r\n');
    expect(head?.startsWith('\uFEFF')).toBe(true);
    expect(first).toContain(`"'=王""芳",修改,设备,a1,状态,使用中,已报废,`);
    expect(second).toContain('客户,,张三,');
    expect(end).toBe('');
  });

  it('guards cells that begin like formulas', () => {
    expect(['=1', '+1', '-1', '@a', 'a=1'].map(csvCell)).toEqual([
      "'=1",
      "'+1",
      "'-1",
      "'@a",
      'a=1',
    ]);
  });
});

describe('words of events', () => {
  it('come from the data', () => {
    expect(subjectOf({ ...event, data: { name: '客服' } })).toBe('客服');
    expect(subjectOf({ ...event, changes: [{ field: 'number', old: null, new: 'SD1' }] })).toBe(
      'SD1',
    );
    expect(plainValue({ code: '310115', district: '浦东新区', street: '世纪大道1号' })).toBe(
      '浦东新区世纪大道1号',
    );
    expect(plainValue(true)).toBe('是');
    expect(plainValue([{ id: '1', title: '甲' }, 'b'])).toBe('甲、b');
  });

  it('ask for the type as it is logged', () => {
    expect(eventType('asset', 'updated')).toBe('asset.updated');
    expect(eventType('asset', 'published')).toBe('entity.published');
    expect(eventsOf('session')).toContain('locked');
    expect(eventsOf('ticket')).toContain('assigned');
    expect(eventsOf('own_table')).toContain('restored');
  });
});
