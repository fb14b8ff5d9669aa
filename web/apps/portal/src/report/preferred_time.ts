// The times a customer can wish for: as soon as possible, the next half-days, or another day.
import { day } from '../text/formats';
import type { Locale, Translate } from '../text/text';

export type Part = 'am' | 'pm' | 'evening';
export const parts: Part[] = ['am', 'pm', 'evening'];
// the hour at which a half-day can no longer be promised
const closes: Record<Part, number> = { am: 10, pm: 16, evening: 19 };

export interface Slot {
  date: string;
  part: Part;
}

export function isoDay(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

export function stillAhead(slot: Slot, now: Date): boolean {
  const today = isoDay(now);
  return slot.date > today || (slot.date === today && now.getHours() < closes[slot.part]);
}

export function nextSlots(now: Date, count: number): Slot[] {
  const slots: Slot[] = [];
  for (let ahead = 0; slots.length < count && ahead < 14; ahead++) {
    const date = isoDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() + ahead));
    for (const part of ['am', 'pm'] as const) {
      if (slots.length < count && stillAhead({ date, part }, now)) slots.push({ date, part });
    }
  }
  return slots;
}

// A wish is kept as "soon", "2026-11-22 am", or "" for none.
export const wishOf = (slot: Slot) => `${slot.date} ${slot.part}`;

export function slotOf(wish: string): Slot | null {
  const [date, part] = wish.split(' ');
  if (!date || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const known = parts.find((one) => one === part);
  return known ? { date, part: known } : null;
}

// A draft of last week must not wish for last week.
export function currentWish(wish: string, now: Date): string {
  if (wish === 'soon') return wish;
  const slot = slotOf(wish);
  return slot && stillAhead(slot, now) ? wish : '';
}

const noonOf = (date: string) => {
  const [year, month, day] = date.split('-').map(Number);
  return new Date(year ?? 0, (month ?? 1) - 1, day ?? 1, 12);
};
const dayMs = 86_400_000;

export function wishText(wish: string, locale: Locale, t: Translate): string {
  if (wish === 'soon') return t('portal.time.soon');
  const slot = slotOf(wish);
  if (!slot) return '';
  return `${day(noonOf(slot.date), locale)} ${t(`portal.time.${slot.part}`)}`;
}

// The same, short, for choosing: "tomorrow morning", "Tue afternoon".
export function nearText(wish: string, now: Date, locale: Locale, t: Translate): string {
  const slot = slotOf(wish);
  if (!slot) return wishText(wish, locale, t);
  const ahead = Math.round((noonOf(slot.date).getTime() - noonOf(isoDay(now)).getTime()) / dayMs);
  const name =
    ahead < 2
      ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(ahead, 'day')
      : new Intl.DateTimeFormat(locale, { weekday: 'short' }).format(noonOf(slot.date));
  return `${name.charAt(0).toLocaleUpperCase(locale)}${name.slice(1)} ${t(`portal.time.${slot.part}`)}`;
}
