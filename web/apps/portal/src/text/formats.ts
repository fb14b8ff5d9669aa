// Dates as people say them: today and tomorrow by clock time, others with the day.
import type { Locale } from './text';

function sameDay(a: Date, b: Date) {
  return a.toDateString() === b.toDateString();
}

export function clock(at: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(new Date(at));
}

export function day(at: string | Date, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, {
    month: 'short',
    day: 'numeric',
    weekday: 'short',
  }).format(new Date(at));
}

export function date(at: string, locale: Locale): string {
  // a date without a clock is no moment: read it in the calendar it was written in
  const zone = at.length === 10 ? 'UTC' : undefined;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: zone }).format(
    new Date(at),
  );
}

export function moment(at: string, locale: Locale, now = new Date()): string {
  const then = new Date(at);
  if (sameDay(then, now)) return clock(at, locale);
  const dayText =
    then.getFullYear() === now.getFullYear()
      ? new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' }).format(then)
      : new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(then);
  return `${dayText} ${clock(at, locale)}`;
}

export function timeWindow(start: string, end: string, locale: Locale): string {
  const [from, to] = [new Date(start), new Date(end)];
  const until = sameDay(from, to) ? clock(end, locale) : moment(end, locale);
  return `${day(start, locale)} ${clock(start, locale)}–${until}`;
}
