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

export function wishText(wish: string, locale: Locale, t: Translate): string {
  if (wish === 'soon') return t('portal.time.soon');
  const slot = slotOf(wish);
  if (!slot) return '';
  const [year, month, date] = slot.date.split('-').map(Number);
  const noon = new Date(year ?? 0, (month ?? 1) - 1, date ?? 1, 12);
  return `${day(noon, locale)} ${t(`portal.time.${slot.part}`)}`;
}
