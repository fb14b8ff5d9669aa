// The texts: message files, the language in use, and how components read them.
// A key is "<file>.<area>.<thing>": messages/<locale>/<file>.json holds {"area": {"thing": "…"}}.
import i18next from 'i18next';
import { useSyncExternalStore } from 'react';

export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];

/** A text that data brings along (labels of entities, fields, choices). */
export type Localized = { [locale in Locale]?: string };

export type TextParams = Record<string, string | number>;
export type Translate = (key: string, params?: TextParams) => string;

type Messages = { [key: string]: string | Messages };
const files = import.meta.glob<Messages>('../messages/*/*.json', { import: 'default' });

const storageKey = 'hougu.locale';
const texts = i18next.createInstance();
const loaded = new Set<string>();
const listeners = new Set<() => void>();
let wantedFiles: string[] = [];
let locale: Locale = 'zh-CN';

function isLocale(value: unknown): value is Locale {
  return locales.includes(value as Locale);
}

/** What the person chose in this browser; null when they never did. */
export function chosenLocale(): Locale | null {
  try {
    const value = localStorage.getItem(storageKey);
    return isLocale(value) ? value : null;
  } catch {
    return null; // storage is forbidden: the choice lasts as long as the page
  }
}

/** What the person chose before, else the language of the browser. */
export function preferredLocale(): Locale {
  const language = typeof navigator === 'undefined' ? 'zh' : navigator.language;
  return chosenLocale() ?? (language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
}

async function load(wanted: Locale): Promise<void> {
  const missing = wantedFiles.filter((file) => !loaded.has(`${wanted}/${file}`));
  await Promise.all(
    missing.map(async (file) => {
      const read = files[`../messages/${wanted}/${file}.json`];
      if (!read) throw new Error(`messages/${wanted}/${file}.json does not exist`);
      texts.addResourceBundle(wanted, 'translation', { [file]: await read() }, true, true);
      loaded.add(`${wanted}/${file}`);
    }),
  );
}

/** Loads the message files of an app; to be awaited before the first page is drawn. */
export async function startI18n(
  messageFiles: string[],
  wanted: Locale = preferredLocale(),
): Promise<void> {
  wantedFiles = messageFiles;
  if (!texts.isInitialized) {
    await texts.init({
      lng: wanted,
      fallbackLng: false,
      resources: {},
      interpolation: { escapeValue: false },
      initAsync: false,
    });
  }
  await load(wanted);
  await apply(wanted);
}

async function apply(next: Locale): Promise<void> {
  locale = next;
  await texts.changeLanguage(next);
  if (typeof document !== 'undefined') document.documentElement.lang = next;
  for (const listener of listeners) listener();
}

/** Changes the language everywhere; a choice of the person is remembered in this browser. */
export async function setLocale(next: Locale, chosen = true): Promise<void> {
  try {
    if (chosen) localStorage.setItem(storageKey, next);
  } catch {
    // storage is forbidden: the choice lasts as long as the page
  }
  if (next === locale) return;
  await load(next);
  await apply(next);
}

export function currentLocale(): Locale {
  return locale;
}

/** The text of a key outside of components. */
export const text: Translate = (key, params) => texts.t(key, { ...params });

/** Whether a text exists: for keys that are made from data. */
export function hasText(key: string): boolean {
  return texts.exists(key);
}

/** A label that data brought along, in the language in use, else in the other one. */
export function localized(label: Localized | string | null | undefined): string {
  if (!label) return '';
  if (typeof label === 'string') return label;
  return label[locale] || label['zh-CN'] || label.en || '';
}

/** A label in the middle of a sentence. */
export function inSentence(label: string): string {
  return locale === 'en' ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export interface Text {
  t: Translate;
  locale: Locale;
  setLocale: (next: Locale, chosen?: boolean) => Promise<void>;
  localized: (label: Localized | string | null | undefined) => string;
}

/** Texts for a component, drawn anew when the language changes. */
export function useText(): Text {
  const inUse = useSyncExternalStore(subscribe, currentLocale);
  return { t: text, locale: inUse, setLocale, localized };
}
