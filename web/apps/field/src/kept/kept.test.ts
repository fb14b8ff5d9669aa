import { Store } from '@hougu/api/persist';
import type { SessionInfo } from '@hougu/api/types';
import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import { PhoneMemory } from './memory';
import { isKept, keepSeen, seenLastsMs, showSeen, wipeSeen } from './seen';

let people = 0;
const today = ['records', 'visit', 'mine', '2026-11-22'];
const settled = async (store: Store, count: number) => {
  for (let i = 0; i < 200; i++) {
    const kept = await store.list('seen/');
    if (kept.length === count) return kept;
  }
  throw new Error(`never ${count} kept`);
};

describe('what was seen', () => {
  let store: Store;
  beforeEach(() => {
    store = new Store(`seen-${people++}`);
  });

  it('is there again after a restart, with the time at which the server said so', async () => {
    const before = new QueryClient();
    keepSeen(before, store);
    await before.fetchQuery({
      queryKey: today,
      queryFn: async () => ({ records: [{ id: 'v1' }] }),
    });
    const at = before.getQueryState(today)?.dataUpdatedAt;
    await settled(store, 1);

    const after = new QueryClient();
    await showSeen(after, store);
    expect(after.getQueryData(today)).toEqual({ records: [{ id: 'v1' }] });
    expect(after.getQueryState(today)?.dataUpdatedAt).toBe(at);
  });

  it('never takes the place of something newer', async () => {
    await store.write('seen/x', { key: today, data: 'old', at: 5 });
    const queries = new QueryClient();
    queries.setQueryData(today, 'new');
    await showSeen(queries, store);
    expect(queries.getQueryData(today)).toBe('new');
  });

  it('is only of the work, lasts a week, and goes when it is wiped; typed work stays', async () => {
    expect(isKept(['records', 'asset', 'found', null])).toBe(false);
    expect(isKept(['record', 'customer', 'c1'])).toBe(false);
    expect(isKept(['ticket_parts', 't1', 'timeline'])).toBe(true);
    await store.write('seen/x', { key: today, data: 'old', at: 5 });
    await store.write('report/v1', { cause: 'typed' });
    await showSeen(new QueryClient(), store, Date.now() + seenLastsMs + 1);
    expect(await store.list('seen/')).toEqual([]);
    await store.write('seen/x', { key: today, data: 'old', at: 5 });
    await wipeSeen(store);
    expect(await store.list('seen/')).toEqual([]);
    expect(await store.read('report/v1')).toEqual({ cause: 'typed' });
  });
});

describe('who was signed in', () => {
  const info = (id: string, faces = ['field']) =>
    ({
      user: { id, must_change_password: false },
      faces,
      csrf_token: '',
    }) as unknown as SessionInfo;
  let now = 1_000;
  const stores = new Map<string, Store>();
  const storeOf = (person: string) => {
    const store = stores.get(person) ?? new Store(person);
    stores.set(person, store);
    return store;
  };
  const memory = () => new PhoneMemory(localStorage, storeOf, () => now);
  beforeEach(() => localStorage.clear());

  it('is known for a week', () => {
    memory().keep(info('a'));
    expect(memory().read()?.user.id).toBe('a');
    now += seenLastsMs;
    expect(memory().read()).toBeNull();
  });

  it('is forgotten with everything that was seen', async () => {
    const person = `a${people++}`;
    await storeOf(person).write('seen/x', { key: today, data: 1, at: 5 });
    memory().keep(info(person));
    await memory().forget();
    expect(memory().read()).toBeNull();
    expect(await storeOf(person).list('seen/')).toEqual([]);
  });

  it('gives way to another person, whose phone it now is', async () => {
    const person = `a${people++}`;
    await storeOf(person).write('seen/x', { key: today, data: 1, at: 5 });
    memory().keep(info(person));
    memory().keep(info('b'));
    expect(memory().read()?.user.id).toBe('b');
    await settled(storeOf(person), 0);
  });

  it('is nobody who may not use this app', () => {
    memory().keep(info('a', ['desk']));
    expect(memory().read()).toBeNull();
    localStorage.setItem('hougu.field.session', '{"at":');
    expect(memory().read()).toBeNull();
  });
});
