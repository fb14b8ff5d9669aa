import { describe, expect, it } from 'vitest';
import { date, timeWindow } from './formats';
import { fill, lookUp, pickLocale } from './load';

describe('text', () => {
  it('takes the stored language, then the browser, then Chinese', () => {
    expect(pickLocale('en', ['zh-CN'])).toBe('en');
    expect(pickLocale(null, ['zh-TW', 'en'])).toBe('zh-CN');
    expect(pickLocale('xx', ['fr-FR'])).toBe('en');
    expect(pickLocale(null, [])).toBe('zh-CN');
  });
  it('fills placeholders and leaves unknown ones to be seen', () => {
    expect(fill('{{a}} 到 {{ b }} {{c}}', { a: 1, b: '二' })).toBe('1 到 二 {{c}}');
  });
  it('finds nested messages', () => {
    expect(lookUp({ a: { b: 'x' } }, 'a.b')).toBe('x');
    expect(lookUp({ a: { b: 'x' } }, 'a.c')).toBeUndefined();
    expect(lookUp({ a: 'x' }, 'a.b')).toBeUndefined();
  });
});

describe('formats', () => {
  it('a plain date stays the same day in every time zone', () => {
    expect(date('2026-11-21', 'zh-CN')).toContain('21');
    expect(date('2026-01-01', 'en')).toBe('Jan 1, 2026');
  });
  it('a window of today or tomorrow says so', () => {
    const now = new Date('2026-11-22T01:00:00');
    expect(timeWindow('2026-11-22T10:00:00', '2026-11-22T12:00:00', 'zh-CN', now)).toBe(
      '今天 10:00–12:00',
    );
    expect(timeWindow('2026-11-23T10:00:00', '2026-11-23T12:00:00', 'en', now)).toBe(
      'tomorrow 10:00–12:00',
    );
  });
  it('a window on one day names the day once', () => {
    const text = timeWindow(
      '2026-11-22T02:00:00Z',
      '2026-11-22T04:00:00Z',
      'en',
      new Date('2026-11-01T00:00:00Z'),
    );
    expect(text.match(/22/g)).toHaveLength(1);
  });
});
