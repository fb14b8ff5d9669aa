// Dates, numbers and the like in the language in use and the time zone of the browser.
import { currentLocale } from './text';

export type Instant = string | number | Date;

const formatters = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d${currentLocale()}${JSON.stringify(options)}`;
  const found = formatters.get(key) as Intl.DateTimeFormat | undefined;
  if (found) return found;
  const made = new Intl.DateTimeFormat(currentLocale(), { hourCycle: 'h23', ...options });
  formatters.set(key, made);
  return made;
}

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${currentLocale()}${JSON.stringify(options)}`;
  const found = formatters.get(key) as Intl.NumberFormat | undefined;
  if (found) return found;
  const made = new Intl.NumberFormat(currentLocale(), options);
  formatters.set(key, made);
  return made;
}

function valid(value: Instant): Date | null {
  const date = value instanceof Date ? value : new Date(value);
  return Number.isNaN(date.getTime()) ? null : date;
}

// In English the month is a word: digits alone are read in two ways.
function fullDay(): Intl.DateTimeFormatOptions {
  const month = currentLocale() === 'en' ? 'short' : '2-digit';
  return { year: 'numeric', month, day: '2-digit' };
}

/** A calendar day: from "2026-11-21" (no time zone) or an instant. */
export function formatDate(value: Instant): string {
  const plain = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  const date = valid(plain ? `${value}T00:00:00` : value);
  return date ? dateFormat(fullDay()).format(date) : String(value);
}

/** Month and day with the weekday: for lists of days near today. */
export function formatDay(value: Instant): string {
  const plain = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  const date = valid(plain ? `${value}T00:00:00` : value);
  return date
    ? dateFormat({ month: 'short', day: 'numeric', weekday: 'short' }).format(date)
    : String(value);
}

export function formatTime(value: Instant): string {
  const date = valid(value);
  return date ? dateFormat({ hour: '2-digit', minute: '2-digit' }).format(date) : String(value);
}

export function formatDateTime(value: Instant): string {
  const date = valid(value);
  if (!date) return String(value);
  return dateFormat({ ...fullDay(), hour: '2-digit', minute: '2-digit' }).format(date);
}

/** The local day of an instant as "2026-11-21". */
export function isoDay(value: Instant): string {
  const date = valid(value) ?? new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** "Today 14:00–16:00": a window of time, the day named when it is near. */
export function formatWindow(start: Instant, end: Instant | null | undefined): string {
  const from = valid(start);
  if (!from) return '';
  const to = end ? valid(end) : null;
  const now = new Date();
  const tomorrow = new Date(now.getTime() + 86_400_000);
  let day = formatDay(from);
  if (isoDay(from) === isoDay(now)) day = relativeDay(0);
  else if (isoDay(from) === isoDay(tomorrow)) day = relativeDay(1);
  if (!to) return `${day} ${formatTime(from)}`;
  const until = isoDay(from) === isoDay(to) ? formatTime(to) : `${formatDay(to)} ${formatTime(to)}`;
  return `${day} ${formatTime(from)}–${until}`;
}

function relativeDay(days: number): string {
  const word = new Intl.RelativeTimeFormat(currentLocale(), { numeric: 'auto' }).format(
    days,
    'day',
  );
  return word.charAt(0).toLocaleUpperCase(currentLocale()) + word.slice(1);
}

const steps: [limit: number, unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  [3600, 'minute', 60],
  [86_400, 'hour', 3600],
  [86_400 * 30, 'day', 86_400],
  [86_400 * 365, 'month', 86_400 * 30],
  [Number.POSITIVE_INFINITY, 'year', 86_400 * 365],
];

/** "3 minutes ago", "in 2 hours". Under a minute: "now". */
export function formatRelative(value: Instant, now: Instant = Date.now()): string {
  const date = valid(value);
  const base = valid(now);
  if (!date || !base) return String(value);
  const seconds = (date.getTime() - base.getTime()) / 1000;
  const relative = new Intl.RelativeTimeFormat(currentLocale(), {
    numeric: 'auto',
    style: 'short',
  });
  if (Math.abs(seconds) < 60) return relative.format(0, 'second');
  for (const [limit, unit, size] of steps) {
    if (Math.abs(seconds) < limit) return relative.format(Math.trunc(seconds / size), unit);
  }
  return formatDate(date);
}

/** "2h 5min": a length of time in at most two units. `seconds` may be negative; the sign is dropped. */
export function formatDuration(seconds: number): string {
  const total = Math.abs(Math.round(seconds));
  const parts: [number, string][] = [
    [Math.floor(total / 86_400), 'day'],
    [Math.floor((total % 86_400) / 3600), 'hour'],
    [Math.floor((total % 3600) / 60), 'minute'],
    [total % 60, 'second'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first < 0) return unitText(0, 'minute');
  return parts
    .slice(first, first + 2)
    .filter(([amount], index) => amount > 0 && !(index === 1 && first === 2 && total >= 600))
    .map(([amount, unit]) => unitText(amount, unit))
    .join(' ');
}

/** "3h 58m", "47h", "5d": how long is left, no finer than it matters. Whole units, never rounded up. */
export function formatCountdown(seconds: number): string {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return unitText(Math.floor(hours / 24), 'day', 'narrow');
  if (hours >= 10) return unitText(hours, 'hour', 'narrow');
  const rest = unitText(minutes % 60, 'minute', 'narrow');
  if (hours === 0) return rest;
  return minutes % 60 === 0
    ? unitText(hours, 'hour', 'narrow')
    : `${unitText(hours, 'hour', 'narrow')} ${rest}`;
}

function unitText(amount: number, unit: string, unitDisplay: 'short' | 'narrow' = 'short'): string {
  return numberFormat({ style: 'unit', unit, unitDisplay }).format(amount);
}

/** Groups thousands. Decimals come as strings and keep every digit. */
export function formatNumber(value: string | number): string {
  if (typeof value === 'number') return numberFormat({ maximumFractionDigits: 9 }).format(value);
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(value.trim());
  if (!match) return value;
  const [, sign = '', whole = '', rest = ''] = match;
  return `${sign}${whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')}${rest}`;
}

const symbols: Record<string, string> = {
  CNY: '¥',
  USD: '$',
  EUR: '€',
  HKD: 'HK$',
  JPY: '¥',
  GBP: '£',
};

export function formatMoney(value: string | number, currency = 'CNY'): string {
  const number = formatNumber(value);
  const symbol = symbols[currency] ?? `${currency} `;
  return number.startsWith('-') ? `-${symbol}${number.slice(1)}` : `${symbol}${number}`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** A list of names: "a, b and c". */
export function formatList(names: string[]): string {
  return new Intl.ListFormat(currentLocale(), { type: 'conjunction', style: 'short' }).format(
    names,
  );
}
