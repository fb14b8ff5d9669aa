// Each page comes as its own script; the first one is fetched while the rest still loads.
import type { Route } from './route';

export const pages = {
  entry: () => import('../entry/entry_page'),
  report: () => import('../report/report_page'),
  find: () => import('../find/find_page'),
  track: () => import('../track/track_page'),
};

export function preload(route: Route) {
  if (route.page !== 'unknown') pages[route.page]().catch(() => undefined);
}
