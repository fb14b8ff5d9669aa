// The portal's four kinds of address, without a routing library: the first load has to stay small.

export type Route =
  | { page: 'entry' }
  | { page: 'report'; token: string | null }
  | { page: 'find' }
  | { page: 'track'; token: string }
  | { page: 'unknown' };

const tokenPattern = /^[A-Za-z0-9._~-]{1,512}$/;

export function routeOf(path: string): Route {
  const parts = path.split('/').filter(Boolean);
  const [first, second] = parts;
  if (first === undefined) return { page: 'entry' };
  if (parts.length === 1 && first === 'report') return { page: 'report', token: null };
  if (parts.length === 1 && first === 'find') return { page: 'find' };
  if (parts.length === 2 && second !== undefined && tokenPattern.test(second)) {
    if (first === 's') return { page: 'report', token: second };
    if (first === 'track') return { page: 'track', token: second };
  }
  return { page: 'unknown' };
}

// What a scanned code leads to: one of our own addresses, or null. A code printed for another host
// of the same organisation still works, for the token alone counts.
export function pathOfCode(text: string): string | null {
  let path = text.trim();
  try {
    const url = new URL(path);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
    path = url.pathname;
  } catch {
    if (!path.startsWith('/')) return null;
  }
  const route = routeOf(path);
  return route.page === 'report' && route.token !== null ? path : null;
}
