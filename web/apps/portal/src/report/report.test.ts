import { describe, expect, it } from 'vitest';
import type { PortalInfo, Receipt, ReportBody } from '../api/portal';
import { RequestError } from '../api/request';
import { DraftStore, emptyDraft, type KeptStorage, type Pending, readDraft } from './draft';
import { looksLikePhone, tidyPhone } from './phone';
import { currentWish, nearText, nextSlots, wishOf, wishText } from './preferred_time';
import { bodyOf, checkContact, checkProblem } from './rules';
import { submit } from './submission';

const now = new Date(2026, 10, 21, 11, 30).getTime();
const t = (key: string, values?: Record<string, string | number>) =>
  values ? `${key} ${Object.values(values).join()}` : key;
const info: PortalInfo = {
  organisation: { name: '', logo_url: null, accent_color: null, phone: null, welcome: null },
  service_types: [],
  fault_categories: [{ value: 'leak', label: '漏水' }],
};

class Shelf implements KeptStorage {
  kept = new Map<string, string>();
  room = 1_000_000;
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => {
    if (value.length > this.room) throw new DOMException('full', 'QuotaExceededError');
    this.kept.set(key, value);
  };
  removeItem = (key: string) => {
    this.kept.delete(key);
  };
}

describe('draft', () => {
  it('comes back whole after a reload, one for each device', () => {
    const shelf = new Shelf();
    const store = new DraftStore(shelf, 'tok', () => now);
    const draft = { ...emptyDraft(), description: '外机漏水', phone: '138', step: 2 as const };
    expect(store.save(draft)).toBe(true);
    expect(store.load()).toMatchObject({ description: '外机漏水', phone: '138', step: 2 });
    expect(new DraftStore(shelf, 'other', () => now).load().description).toBe('');
    store.clear();
    expect(store.load()).toEqual(emptyDraft());
  });
  it('survives rubbish and older shapes', () => {
    expect(
      readDraft('{"step":7,"photos":[1],"address":null,"savedAt":' + now + '}', now),
    ).toMatchObject({
      step: 1,
      photos: [],
      address: { code: '', names: '', street: '' },
    });
    expect(readDraft('nonsense', now)).toEqual(emptyDraft());
    expect(readDraft('null', now)).toEqual(emptyDraft());
  });
  it('forgets pictures that the server has thrown away and times that have passed', () => {
    const photo = (id: string, at: number) => ({ id, at, name: id, thumbnail: '' });
    const stored = JSON.stringify({
      ...emptyDraft(),
      savedAt: now,
      photos: [photo('old', now - 22 * 3_600_000), photo('new', now - 1000)],
      wish: '2026-11-20 am',
    });
    const draft = readDraft(stored, now);
    expect(draft.photos.map((one) => one.id)).toEqual(['new']);
    expect(draft.wish).toBe('');
  });
  it('keeps the words when there is no room for the small pictures', () => {
    const shelf = new Shelf();
    shelf.room = 2_000;
    const store = new DraftStore(shelf, '', () => now);
    const photos = [{ id: 'p', at: now, name: 'p.jpg', thumbnail: 'x'.repeat(5_000) }];
    expect(store.save({ ...emptyDraft(), description: '不通电', photos })).toBe(true);
    expect(store.load()).toMatchObject({
      description: '不通电',
      photos: [{ id: 'p', thumbnail: '' }],
    });
  });
});

describe('one report, one ticket', () => {
  const body: ReportBody = { description: '漏水', photos: [] };
  const receipt: Receipt = { number: 'SD1', track_url: '/track/x', message: '' };
  const shelf = () => {
    let kept: Pending | null = null;
    return {
      pending: () => kept,
      keep: (next: Pending | null) => {
        kept = next;
      },
    };
  };
  const failing = (error: RequestError) => async () => {
    throw error;
  };

  it('sends again with the same key and the same words after a lost answer', async () => {
    const store = shelf();
    const first = await submit(failing(new RequestError(0, 'network', '')), store, body);
    expect(first.kind).toBe('unknown');
    const key = store.pending()?.key;
    const seen: [string, string][] = [];
    const post = async (sent: ReportBody, sentKey: string) => {
      seen.push([sent.description, sentKey]);
      return receipt;
    };
    const second = await submit(post, store, { ...body, description: 'changed meanwhile' });
    expect(second).toEqual({ kind: 'sent', receipt });
    expect(seen).toEqual([['漏水', key]]);
    expect(store.pending()).toBeNull();
  });
  it('notes the attempt before the answer, for a page that is killed meanwhile', async () => {
    const store = shelf();
    let during: Pending | null = null;
    await submit(
      async () => {
        during = store.pending();
        return receipt;
      },
      store,
      body,
    );
    expect(during).toMatchObject({ body, unanswered: true });
  });
  it('gives a corrected report a new key and an unchanged one the old', async () => {
    const store = shelf();
    const keys: string[] = [];
    const refuse = async (_body: ReportBody, key: string): Promise<Receipt> => {
      keys.push(key);
      throw new RequestError(422, 'validation', 'x');
    };
    await submit(refuse, store, body);
    await submit(refuse, store, body);
    await submit(refuse, store, { ...body, description: '异响' });
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });
});

describe('rules', () => {
  const free = { token: null, known: false };
  const device = { token: 'tok', known: true };
  it('asks for a fault or words, and a kind of service without a device', () => {
    expect(checkProblem(emptyDraft(), free)).toHaveProperty('service_type');
    expect(checkProblem(emptyDraft(), device)).toEqual({
      description: 'portal.report.errors.description',
    });
    expect(checkProblem({ ...emptyDraft(), faultCategory: 'leak' }, device)).toEqual({});
    const asking = { ...emptyDraft(), serviceType: 'consultation', faultCategory: 'leak' };
    expect(checkProblem(asking, free)).toHaveProperty('description');
  });
  it('asks nothing more of a known contact', () => {
    expect(checkContact(emptyDraft(), device)).toEqual({});
    expect(checkContact({ ...emptyDraft(), useKnown: false }, device)).toEqual({
      contact_name: 'portal.report.errors.name',
      contact_phone: 'portal.report.errors.phone',
    });
  });
  it('asks for the whole address where somebody will come', () => {
    const draft = {
      ...emptyDraft(),
      serviceType: 'installation',
      name: '张三',
      phone: '13812345678',
    };
    expect(checkContact(draft, free)).toEqual({ address: 'portal.report.errors.division' });
    const half = { ...draft, address: { code: '440305', names: '', street: ' ' } };
    expect(checkContact(half, free)).toEqual({ address: 'portal.report.errors.street' });
    expect(checkContact({ ...draft, serviceType: 'consultation' }, free)).toEqual({});
  });
  it('sends only what belongs to the kind of report', () => {
    const draft = {
      ...emptyDraft(),
      faultCategory: 'leak',
      product: '空调',
      serial: 'X',
      phone: '138 1234 5678',
    };
    expect(bodyOf(draft, device, [], info, '', t)).toEqual({
      qr_token: 'tok',
      fault_category: 'leak',
      description: '漏水',
      photos: [],
      use_known_contact: true,
    });
    const sent = bodyOf(
      { ...draft, serviceType: 'consultation', description: '怎么清洗' },
      free,
      [],
      info,
      'soon',
      t,
    );
    expect(sent).toEqual({
      serial_number: 'X',
      service_type: 'consultation',
      description: '怎么清洗\nportal.report.productLine 空调',
      photos: [],
      contact_name: '',
      contact_phone: '13812345678',
    });
  });
});

describe('telephone numbers', () => {
  it.each([
    '13812345678',
    '138 1234 5678',
    '+86 138-1234-5678',
    '１３８１２３４５６７８',
    '0755-8888 1234',
    '4008001234',
    '+4915112345678',
  ])('%s', (typed) => {
    expect(looksLikePhone(typed)).toBe(true);
  });
  it.each(['12345678901', '138123', 'abc', '1381234567a', '+12'])('not %s', (typed) => {
    expect(looksLikePhone(typed)).toBe(false);
  });
  it('tidies', () => {
    expect(tidyPhone('+86 138-1234-5678')).toBe('13812345678');
    expect(tidyPhone('+49 151')).toBe('+49151');
  });
});

describe('wished times', () => {
  it('offers the next half-days and never one that is over', () => {
    const slots = nextSlots(new Date(now), 4).map(wishOf);
    expect(slots).toEqual(['2026-11-21 pm', '2026-11-22 am', '2026-11-22 pm', '2026-11-23 am']);
    expect(currentWish('2026-11-21 am', new Date(now))).toBe('');
    expect(currentWish('soon', new Date(now))).toBe('soon');
    expect(currentWish('<b>', new Date(now))).toBe('');
  });
  it('crosses the end of a year', () => {
    expect(nextSlots(new Date(2026, 11, 31, 20), 1).map(wishOf)).toEqual(['2027-01-01 am']);
  });
  it('is short where it is near', () => {
    const at = new Date(now);
    expect(nearText('2026-11-21 pm', at, 'zh-CN', t)).toBe('今天 portal.time.pm');
    expect(nearText('2026-11-22 am', at, 'en', t)).toBe('Tomorrow portal.time.am');
    expect(nearText('2026-11-24 am', at, 'en', t)).toBe('Tue portal.time.am');
    expect(nearText('soon', at, 'en', t)).toBe('portal.time.soon');
  });
  it('reads as a day and a part of it', () => {
    expect(wishText('2026-11-22 pm', 'en', t)).toContain('22');
    expect(wishText('', 'en', t)).toBe('');
  });
});
