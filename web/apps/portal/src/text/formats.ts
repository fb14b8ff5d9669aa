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

// "today" and "tomorrow" in the language's own word, other days by name.
function nearDay(at: string, locale: Locale, now: Date): string {
  const tomorrow = new Date(now);
  tomorrow.setDate(now.getDate() + 1);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  if (sameDay(new Date(at), now)) return words.format(0, 'day');
  return sameDay(new Date(at), tomorrow) ? words.format(1, 'day') : day(at, locale);
}

export function timeWindow(start: string, end: string, locale: Locale, now = new Date()): string {
  const until = sameDay(new Date(start), new Date(end)) ? clock(end, locale) : moment(end, locale);
  return `${nearDay(start, locale, now)} ${clock(start, locale)}–${until}`;
}
