// The portal's part of the API (docs/api.md, "Portal").
import type { Locale } from '../text/text';
import { request } from './request';

export interface Choice {
  value: string;
  label: string;
}
export interface Organisation {
  name: string;
  logo_url: string | null;
  accent_color: string | null;
  phone: string | null;
  welcome: string | null;
}
export interface PortalInfo {
  organisation: Organisation;
  // false: reports are switched off for now; links to tickets still open
  enabled?: boolean;
  service_types: Choice[];
  fault_categories: Choice[];
}
export interface WarrantyState {
  state: 'in' | 'out' | 'unknown';
  until: string | null;
}
export interface DeviceInfo {
  product: { name: string; model: string | null; picture_url: string | null };
  serial_number: string | null;
  warranty: WarrantyState;
  services?: { date: string; service_type: string; result: string | null }[];
  open_ticket?: { number: string; track_url?: string } | null;
  contact?: { name: string | null; phone: string | null } | null;
}
export interface Address {
  code: string;
  street: string;
}
export interface ReportBody {
  qr_token?: string;
  serial_number?: string;
  service_type?: string;
  fault_category?: string;
  description: string;
  photos: string[];
  contact_name?: string;
  contact_phone?: string;
  use_known_contact?: true;
  address?: Address;
  preferred_time?: string;
}
export interface Receipt {
  number: string;
  track_url: string;
  message: string;
}
export type StepKey =
  | 'reported'
  | 'accepted'
  | 'assigned'
  | 'on_the_way'
  | 'arrived'
  | 'in_repair'
  | 'resolved'
  | 'closed';
export interface Step {
  key: StepKey;
  text: string;
  at: string | null;
  done: boolean;
  current: boolean;
}
export interface TrackedVisit {
  window_start: string | null;
  window_end: string | null;
  engineer_name: string | null;
  engineer_phone: string | null;
  eta: string | null;
  status: string;
}
export interface StoryItem {
  at: string;
  kind: 'message' | 'event' | 'visit';
  text: string;
  author: string | null;
  author_kind: 'customer' | 'staff' | 'system' | null;
  images: string[];
}
export interface Rating {
  overall: number;
  attitude: number | null;
  timeliness: number | null;
  quality: number | null;
  comment: string | null;
}
export interface Tracked {
  number: string;
  subject: string;
  status: string;
  status_text: string;
  service_type: string;
  created_at: string;
  steps: Step[];
  visit: TrackedVisit | null;
  timeline: StoryItem[];
  can_cancel: boolean;
  can_rate: boolean;
  can_message: boolean;
  rating: Rating | null;
  asset: { title: string } | null;
  description?: string | null;
  photos?: string[];
  report: {
    fault_cause: string | null;
    action_taken: string | null;
    photos: string[];
  } | null;
  preferred_time?: string | null;
  // of a cancelled ticket
  cancelled?: { at: string; reason: string | null } | null;
}
export interface Division {
  code: string;
  name: string;
  children?: Division[];
}

// What the first page will ask for, asked while its script is still on the way; each answer is used once.
const early = new Map<string, Promise<unknown>>();
const placeOf = (path: string, locale: Locale) => `${locale} ${path}`;

function read<T>(path: string, locale: Locale): Promise<T> {
  const asked = early.get(placeOf(path, locale));
  early.delete(placeOf(path, locale));
  return (asked as Promise<T> | undefined) ?? request<T>(path, { locale });
}

export function askEarly(page: { page: string; token?: string | null }, locale: Locale) {
  const paths = ['/portal'];
  if (page.page === 'report' && page.token) paths.push(devicePath(page.token));
  if (page.page === 'track' && page.token) paths.push(at(page.token));
  for (const path of paths) {
    const asked = request(path, { locale });
    // whoever uses it hears of a failure; until then it is nobody's
    asked.catch(() => undefined);
    early.set(placeOf(path, locale), asked);
  }
}

const devicePath = (token: string) => `/portal/asset/${encodeURIComponent(token)}`;
const at = (token: string) => `/portal/track/${encodeURIComponent(token)}`;
const post = <T>(path: string, locale: Locale, key: string | undefined, body: unknown) =>
  request<T>(path, { method: 'POST', locale, body, ...(key ? { key } : {}) });

export const portalInfo = (locale: Locale) => read<PortalInfo>('/portal', locale);
export const deviceInfo = (token: string, locale: Locale) =>
  read<DeviceInfo>(devicePath(token), locale);
export const divisionTree = (locale: Locale) =>
  request<Division[]>('/portal/divisions', { locale });
export const sendReport = (body: ReportBody, key: string, locale: Locale) =>
  post<Receipt>('/portal/report', locale, key, body);
export const findTicket = (number: string, phone: string, locale: Locale) =>
  post<{ track_url: string }>('/portal/find', locale, undefined, { number, phone });
export const tracked = (token: string, locale: Locale) => read<Tracked>(at(token), locale);
export const sendMessage = (
  token: string,
  body: { body: string; photos: string[] },
  key: string,
  locale: Locale,
) => post<Tracked>(`${at(token)}/message`, locale, key, body);
export const cancelTicket = (token: string, reason: string, key: string, locale: Locale) =>
  post<Tracked>(`${at(token)}/cancel`, locale, key, { reason });
export const rateTicket = (token: string, rating: Rating, key: string, locale: Locale) =>
  post<Tracked>(`${at(token)}/rating`, locale, key, rating);
export const changeTime = (token: string, time: string, key: string, locale: Locale) =>
  post<Tracked>(`${at(token)}/preferred_time`, locale, key, { preferred_time: time });

// "/track/x", also when the server answers with the whole address
export function trackPath(url: string): string {
  try {
    return new URL(url, 'http://portal.invalid').pathname;
  } catch {
    return '/find';
  }
}
