// The last reports sent from this browser: the way back for somebody who closed the page.
import { browserStorage } from '../report/draft';

export interface Sent {
  number: string;
  path: string;
  at: number;
}

const place = 'hougu.portal.sent';
const limit = 5;
const lastsMs = 90 * 86_400_000;

export function readSent(stored: string | null, now: number): Sent[] {
  try {
    const list: unknown = JSON.parse(stored ?? '[]');
    if (!Array.isArray(list)) return [];
    return list.filter(
      (sent): sent is Sent =>
        typeof sent?.number === 'string' &&
        typeof sent.path === 'string' &&
        sent.path.startsWith('/track/') &&
        typeof sent.at === 'number' &&
        now - sent.at < lastsMs,
    );
  } catch {
    return [];
  }
}

export function sentReports(): Sent[] {
  try {
    return readSent(browserStorage()?.getItem(place) ?? null, Date.now());
  } catch {
    return [];
  }
}

export function keepSent(sent: Sent) {
  const others = sentReports().filter((one) => one.path !== sent.path);
  try {
    browserStorage()?.setItem(place, JSON.stringify([sent, ...others].slice(0, limit)));
  } catch {
    // the page after sending still shows the number and the link
  }
}
