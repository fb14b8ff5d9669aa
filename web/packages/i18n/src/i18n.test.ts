import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  formatCountdown,
  formatDuration,
  formatMoney,
  formatNumber,
  formatRelative,
  formatWindow,
} from './formats';
import { localized, setLocale, startI18n, text } from './text';

const web = join(import.meta.dirname, '../../..');
const messages = join(web, 'packages/i18n/messages');

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, at: string, out: Map<string, string>): Map<string, string> {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') out.set(`${at}.${key}`, value);
    else flat(value, `${at}.${key}`, out);
  }
  return out;
}

function keysOf(locale: string): Map<string, string> {
  const out = new Map<string, string>();
  for (const file of readdirSync(join(messages, locale))) {
    flat(
      JSON.parse(readFileSync(join(messages, locale, file), 'utf8')) as Tree,
      file.replace('.json', ''),
      out,
    );
  }
  return out;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) =>
        /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.includes('node_modules'),
    )
    .map((file) => join(folder, file));
}

describe('message files', () => {
  const zh = keysOf('zh-CN');
  const en = keysOf('en');

  it('hold the same keys in both languages', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
  });

  it('hold no Chinese in the English files', () => {
    const chinese = [...en].filter(
      ([key, value]) => /[\u3400-\u9fff]/.test(value) && !key.endsWith('.other_language'),
    );
    expect(chinese).toEqual([]);
  });

  it('hold every key that the code asks for', () => {
    const missing: string[] = [];
    for (const file of [...sources(join(web, 'apps')), ...sources(join(web, 'packages'))]) {
      const code = readFileSync(file, 'utf8');
      for (const match of code.matchAll(/\b(?:t|text)\(\s*'([a-z]+\.[\w.]+)'/g)) {
        const key = match[1] ?? '';
        if (!zh.has(key) && !zh.has(`${key}_other`)) missing.push(`${file}: ${key}`);
      }
    }
    expect(missing).toEqual([]);
  });
});

describe('formats', () => {
  beforeAll(async () => {
    await startI18n(['ui'], 'en');
  });

  it('groups decimals without losing a digit', () => {
    expect(formatNumber('12345678901234567890.123456789')).toBe(
      '12,345,678,901,234,567,890.123456789',
    );
    expect(formatNumber('-1234.50')).toBe('-1,234.50');
    expect(formatMoney('-1234.50')).toBe('-¥1,234.50');
  });

  it('says how long ago', () => {
    const now = Date.UTC(2026, 10, 21, 8, 0, 0);
    expect(formatRelative(now - 30_000, now)).toBe('now');
    expect(formatRelative(now - 5 * 60_000, now)).toBe('5 min. ago');
    expect(formatRelative(now + 3 * 3_600_000, now)).toBe('in 3 hr.');
  });

  it('writes lengths of time in at most two units', () => {
    expect(formatDuration(7500)).toBe('2 hr 5 min');
    expect(formatDuration(-90)).toBe('1 min 30 sec');
    expect(formatDuration(0)).toBe('0 min');
  });

  it('counts down no finer than it matters', () => {
    expect(formatCountdown(14_339)).toBe('3h 58m');
    expect(formatCountdown(7200)).toBe('2h');
    expect(formatCountdown(-59 * 60)).toBe('59m');
    expect(formatCountdown(47.9 * 3600)).toBe('47h');
    expect(formatCountdown(71 * 3600)).toBe('2d');
  });

  it('names a near day in a window', () => {
    const start = new Date();
    start.setHours(14, 0, 0, 0);
    const end = new Date(start.getTime() + 7_200_000);
    expect(formatWindow(start, end)).toBe('Today 14:00–16:00');
  });

  it('takes the label of the language in use, else the other', async () => {
    expect(localized({ 'zh-CN': '设备', en: 'Device' })).toBe('Device');
    expect(localized({ 'zh-CN': '设备' })).toBe('设备');
    await setLocale('zh-CN');
    expect(localized({ 'zh-CN': '设备', en: 'Device' })).toBe('设备');
    expect(text('ui.action.save')).toBe('保存');
  });
});
