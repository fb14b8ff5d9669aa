// What the customer has typed so far, kept in the browser so that nothing is lost by a call coming in,
// a reload, or WeChat throwing the page away.
import type { ReportBody } from '../api/portal';
import type { SentPhoto } from '../photos/photo_queue';
import { currentWish } from './preferred_time';

export interface PickedAddress {
  code: string;
  // the names along the way, for showing: "广东省 深圳市 南山区"
  names: string;
  street: string;
}
export interface Pending {
  key: string;
  body: ReportBody;
  since: number;
  // true once an attempt ended without an answer: then the server may have made the ticket
  unanswered: boolean;
}
export interface ReportDraft {
  step: 1 | 2;
  serviceType: string;
  faultCategory: string;
  description: string;
  product: string;
  serial: string;
  photos: SentPhoto[];
  useKnown: boolean;
  name: string;
  phone: string;
  address: PickedAddress;
  wish: string;
  savedAt: number;
  pending: Pending | null;
}

const dayMs = 86_400_000;
const prefix = 'hougu.portal.draft.';
// The server throws unclaimed pictures away after 24 hours, and forgets keys after as long.
const photosLastMs = 20 * 3_600_000;
const draftLastsMs = 30 * dayMs;

export function emptyDraft(): ReportDraft {
  return {
    step: 1,
    serviceType: '',
    faultCategory: '',
    description: '',
    product: '',
    serial: '',
    photos: [],
    useKnown: true,
    name: '',
    phone: '',
    address: { code: '', names: '', street: '' },
    wish: '',
    savedAt: 0,
    pending: null,
  };
}

export interface KeptStorage {
  getItem: (key: string) => string | null;
  setItem: (key: string, value: string) => void;
  removeItem: (key: string) => void;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

function readPhotos(value: unknown, now: number): SentPhoto[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (photo): photo is SentPhoto =>
      typeof photo === 'object' &&
      photo !== null &&
      typeof photo.id === 'string' &&
      typeof photo.at === 'number' &&
      now - photo.at < photosLastMs,
  );
}

function readPending(value: unknown, now: number): Pending | null {
  const pending = value as Partial<Pending> | null | undefined;
  if (!pending || typeof pending.key !== 'string' || typeof pending.since !== 'number') return null;
  if (typeof pending.body !== 'object' || pending.body === null) return null;
  if (now - pending.since > photosLastMs) return null;
  return {
    key: pending.key,
    body: pending.body,
    since: pending.since,
    unanswered: pending.unanswered === true,
  };
}

// Whatever is stored, a whole draft comes out: an older version of this page may have written it.
export function readDraft(stored: string | null, now: number): ReportDraft {
  const empty = emptyDraft();
  let raw: Partial<Record<keyof ReportDraft, unknown>> = {};
  try {
    const parsed: unknown = JSON.parse(stored ?? '{}');
    if (parsed !== null && typeof parsed === 'object') raw = parsed;
  } catch {
    return empty;
  }
  const savedAt = typeof raw.savedAt === 'number' ? raw.savedAt : 0;
  if (now - savedAt > draftLastsMs) return empty;
  const address = (raw.address ?? {}) as Partial<Record<keyof PickedAddress, unknown>>;
  return {
    step: raw.step === 2 ? 2 : 1,
    serviceType: text(raw.serviceType),
    faultCategory: text(raw.faultCategory),
    description: text(raw.description),
    product: text(raw.product),
    serial: text(raw.serial),
    photos: readPhotos(raw.photos, now),
    useKnown: raw.useKnown !== false,
    name: text(raw.name),
    phone: text(raw.phone),
    address: { code: text(address.code), names: text(address.names), street: text(address.street) },
    wish: currentWish(text(raw.wish), new Date(now)),
    savedAt,
    pending: readPending(raw.pending, now),
  };
}

// `about`: the device's token, or "" for a report without a device.
export class DraftStore {
  constructor(
    private readonly storage: KeptStorage | null,
    private readonly about: string,
    private readonly now: () => number = Date.now,
  ) {}

  load(): ReportDraft {
    try {
      return readDraft(this.storage?.getItem(prefix + this.about) ?? null, this.now());
    } catch {
      return emptyDraft();
    }
  }

  // False when the browser wouldn't keep it.
  save(draft: ReportDraft): boolean {
    const dated = { ...draft, savedAt: this.now() };
    const bare = { ...dated, photos: dated.photos.map((photo) => ({ ...photo, thumbnail: '' })) };
    for (const version of [dated, bare]) {
      try {
        this.storage?.setItem(prefix + this.about, JSON.stringify(version));
        return this.storage !== null;
      } catch {
        // full: once more without the small pictures
      }
    }
    return false;
  }

  clear() {
    try {
      this.storage?.removeItem(prefix + this.about);
    } catch {
      // nothing was kept then
    }
  }
}

export function browserStorage(): KeptStorage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
