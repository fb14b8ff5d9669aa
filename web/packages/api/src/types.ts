// The shapes of docs/api.md and docs/schema.md as they come over the wire.
import type { Locale, Localized } from '@hougu/i18n';
import type { FieldRight, Scope } from './definitions';

export * from './definitions';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

// ---- session ----

export type Face = 'desk' | 'field' | 'studio';
export type SystemRight =
  | 'users.manage'
  | 'roles.manage'
  | 'entities.manage'
  | 'settings.manage'
  | 'audit.read'
  | 'import.run'
  | 'api_keys.manage';

export interface Organisation {
  name: string;
  logo_url: string | null;
  accent_color: string | null;
  time_zone: string;
  default_locale: Locale;
}

export interface Preferences {
  locale?: Locale;
  theme?: 'light' | 'dark' | 'system';
  [key: string]: Json | undefined;
}

export interface SessionInfo {
  user: {
    id: string;
    name: string;
    login: string;
    locale: Locale | null;
    avatar_color: string | null;
    must_change_password: boolean;
  };
  csrf_token: string;
  roles: string[];
  faces: Face[];
  system: SystemRight[];
  units: { id: string; name: string; kind: UnitKind }[];
  organisation: Organisation;
  preferences?: Preferences;
  server_time: string;
}

// ---- records ----

export interface Ref {
  id: string;
  title: string;
}

export interface Address {
  code: string | null;
  province?: string;
  city?: string;
  district?: string;
  street: string | null;
}

export type Datum = 'wgs84' | 'gcj02' | 'bd09';

export interface Geolocation {
  lat: number;
  lng: number;
  datum: Datum;
}

export interface FileRef {
  id: string;
  name: string;
  type: string;
  size: number;
  url: string;
  thumbnail_url?: string;
  width?: number;
  height?: number;
}

export type FieldValue =
  | string
  | number
  | boolean
  | null
  | string[]
  | Ref
  | Ref[]
  | Address
  | Geolocation
  | FileRef
  | FileRef[]
  | ChildRow[];

export interface ChildRow {
  id?: string;
  [field: string]: FieldValue | undefined;
}

/** A record of any entity. Fields the caller may not read are absent. */
export interface RecordData {
  id: string;
  version: number;
  created_at: string;
  created_by: Ref | null;
  updated_at: string;
  updated_by: Ref | null;
  deleted_at?: string | null;
  /** Actions and verbs this person may carry out now; comes with GET of one record. */
  _can?: string[];
  [field: string]: FieldValue | undefined;
}

export interface Page<R = RecordData> {
  records: R[];
  next: string | null;
}

export interface Count {
  count: number;
  exact: boolean;
}

export interface LookupItem {
  id: string;
  title: string;
  hint?: string | null;
  /** Of people that were asked for with a team. */
  in_team?: boolean;
}

export interface Change {
  field: string;
  old: FieldValue;
  new: FieldValue;
}

export type ActorKind = 'user' | 'customer' | 'system' | 'api_key' | 'import';

export interface Actor {
  kind: ActorKind;
  id: string | null;
  name: string;
}

export interface HistoryEvent {
  sequence: number;
  type: string;
  at: string;
  actor: Actor;
  reason: string | null;
  changes: Change[];
  data?: Json;
  /** In the audit log. */
  entity?: string;
  id?: string;
}

export interface Conflict {
  field: string;
  yours: FieldValue;
  theirs: FieldValue;
  base: FieldValue;
}

// ---- tickets and visits ----

export interface TimelineItem {
  kind: 'message' | 'event' | 'visit' | 'rating';
  at: string;
  message?: RecordData;
  visit?: RecordData;
  rating?: RecordData;
  type?: string;
  actor?: Actor;
  reason?: string | null;
  changes?: Change[];
  [key: string]: unknown;
}

export interface Warranty {
  state: 'in' | 'out' | 'unknown';
  until: string | null;
}

export interface TicketContext {
  customer: RecordData | null;
  contacts: RecordData[];
  assets: (RecordData & { warranty?: Warranty })[];
  tickets: RecordData[];
  rating_average: number | string | null;
}

export interface CustomerMatch extends RecordData {
  assets?: FieldValue;
  open_tickets?: FieldValue;
}

export interface CustomerFind {
  customers: CustomerMatch[];
  assets: RecordData[];
}

// ---- organisation ----

export type UnitKind = 'company' | 'department' | 'outlet' | 'team';

export interface Unit {
  id: string;
  name: string;
  kind: UnitKind;
  parent: Ref | string | null;
  code: string | null;
  phone: string | null;
  address: string | Address | null;
  archived: boolean;
}

export interface User {
  id: string;
  login: string;
  name: string;
  phone: string | null;
  email: string | null;
  locale: Locale | null;
  unit: Ref | string | null;
  units: { id: string; name: string }[];
  roles: string[];
  active: boolean;
  last_seen_at: string | null;
}

export interface Grant {
  read?: Scope | Scope[];
  create?: boolean;
  update?: Scope | Scope[];
  delete?: Scope | Scope[];
  export?: Scope | Scope[];
  verbs?: Record<string, Scope | Scope[]>;
  fields?: Record<string, FieldRight>;
}

export interface Role {
  name: string;
  label: Localized;
  grants: Record<string, Grant>;
  system?: SystemRight[];
}

// ---- live ----

export interface LiveRecord {
  type: string;
  entity: string;
  id: string;
  version: number;
  actor: { id: string | null; name: string } | null;
}

export interface Presence {
  entity: string;
  id: string;
  people: { id: string; name: string; state: 'viewing' | 'typing' }[];
}

export interface ImportState {
  id: string;
  state: 'ready' | 'running' | 'done' | 'failed' | 'cancelled';
  rows: number;
  done: number;
  created: number;
  updated: number;
  failed: number;
  errors: { row: number; field: string | null; code: string; message: string }[];
}

// ---- portal ----

export interface Division {
  code: string;
  name: string;
  children?: Division[];
}

export interface PortalInfo {
  organisation: {
    name: string;
    logo_url: string | null;
    accent_color: string | null;
    phone: string | null;
    welcome: string | null;
  };
  service_types: { value: string; label: string }[];
  fault_categories: { value: string; label: string }[];
}
