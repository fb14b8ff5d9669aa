// The portal's own small text set-up: one language is loaded, on demand, so that neither i18next
// nor the other language weighs on the first load. The message files are the shared ones.
import type zh from '../../../../packages/i18n/messages/zh-CN/portal.json';

export type Locale = 'zh-CN' | 'en';
type Leaves<T, P extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Leaves<T[K], `${P}${K}.`>;
}[keyof T & string];
// As in the other apps a key begins with the name of its file.
export type Key = `portal.${Leaves<typeof zh>}`;
export type Values = Record<string, string | number>;
export type Translate = (key: Key, values?: Values) => string;
interface Messages {
  [key: string]: string | Messages;
}

const loaders: Record<Locale, () => Promise<{ default: Messages }>> = {
  'zh-CN': () => import('../../../../packages/i18n/messages/zh-CN/portal.json'),
  en: () => import('../../../../packages/i18n/messages/en/portal.json'),
};
const localeKey = 'hougu.locale';

export function pickLocale(stored: string | null, languages: readonly string[]): Locale {
  if (stored === 'zh-CN' || stored === 'en') return stored;
  const first = languages[0]?.toLowerCase() ?? 'zh';
  return first.startsWith('zh') ? 'zh-CN' : 'en';
}

export function storedLocale(): Locale {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(localeKey);
  } catch {
    // a browser that forbids storage still gets its own language
  }
  return pickLocale(stored, navigator.languages);
}

export function storeLocale(locale: Locale) {
  try {
    localStorage.setItem(localeKey, locale);
  } catch {
    // then it holds for this visit only
  }
}

export function lookUp(messages: Messages, key: string): string | undefined {
  let at: string | Messages | undefined = messages;
  for (const part of key.split('.')) {
    if (at === undefined || typeof at === 'string') return undefined;
    at = at[part];
  }
  return typeof at === 'string' ? at : undefined;
}

export function fill(message: string, values: Values = {}): string {
  return message.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}

export interface Text {
  locale: Locale;
  t: Translate;
}

export async function loadText(locale: Locale): Promise<Text> {
  const messages = (await loaders[locale]()).default;
  return {
    locale,
    t: (key, values) => fill(lookUp(messages, key.slice('portal.'.length)) ?? key, values),
  };
}
