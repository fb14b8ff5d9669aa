import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startI18n } from '@hougu/i18n';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  ApiError,
  apiUrl,
  OfflineError,
  post,
  request,
  setCsrfToken,
  watchRequests,
} from './client';
import { openStore } from './persist';
import { Refresher } from './refresh';
import { passwordLength } from './sign_in_states';
import type { LiveRecord, Page } from './types';

beforeAll(async () => {
  await startI18n(['api'], 'en');
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function answer(status: number, body: unknown): void {
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(body === undefined ? null : JSON.stringify(body), { status })),
  );
}

describe('requests', () => {
  it('write conditions into the query as JSON and leave out what is empty', () => {
    const url = new URL(
      apiUrl('/ticket', { where: { field: 'a', op: 'eq', value: '&' }, search: '', limit: 20 }),
      'http://x',
    );
    expect(JSON.parse(url.searchParams.get('where') ?? '')).toEqual({
      field: 'a',
      op: 'eq',
      value: '&',
    });
    expect(url.searchParams.has('search')).toBe(false);
  });

  it('carry the CSRF token on writes, the language and the idempotency key', async () => {
    answer(201, { id: '1' });
    setCsrfToken('secret');
    await post('/ticket', { subject: 'x' }, { idempotencyKey: 'k1' });
    const [, init] = vi.mocked(fetch).mock.calls[0] ?? [];
    expect(init?.headers).toMatchObject({
      'X-CSRF-Token': 'secret',
      'Accept-Language': 'en',
      'Idempotency-Key': 'k1',
    });
    setCsrfToken(null);
  });

  it('tell a stale write with both values', async () => {
    const conflicts = [{ field: 'subject', yours: 'a', theirs: 'b', base: 'c' }];
    answer(409, { code: 'record.stale', message: 'changed', details: { version: 4, conflicts } });
    const error = await request('PATCH', '/ticket/1', { body: {} }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).stale).toBe(true);
    expect((error as ApiError).details.conflicts).toEqual(conflicts);
  });

  it('say what to do when the answer has no words', async () => {
    answer(500, undefined);
    await expect(request('GET', '/ticket')).rejects.toThrow(/try again/i);
  });

  it('tell a lost connection and an ended session to those who watch', async () => {
    const seen: string[] = [];
    const stop = watchRequests((status) => seen.push(status));
    vi.stubGlobal(
      'fetch',
      vi.fn(async () => Promise.reject(new TypeError('failed'))),
    );
    await expect(request('GET', '/ticket')).rejects.toBeInstanceOf(OfflineError);
    answer(401, { code: 'session.required', message: 'x' });
    await expect(request('GET', '/ticket')).rejects.toBeInstanceOf(ApiError);
    stop();
    expect(seen).toEqual(['unreachable', 'reached', 'signed_out']);
  });
});

describe('the store of a person', () => {
  it('keeps drafts apart and forgets old ones', async () => {
    const mine = openStore('me');
    await mine.write('draft:1', { text: 'hello', photo: new Blob(['x']) });
    await mine.write('draft:2', { text: 'second' });
    await mine.write('other', 1);
    expect(await openStore('you').read('draft:1')).toBeNull();
    expect((await mine.list<{ text: string }>('draft:')).map((kept) => kept.value.text)).toEqual([
      'hello',
      'second',
    ]);
    await mine.forgetBefore(Date.now() + 1, 'draft:');
    expect(await mine.list('draft:')).toEqual([]);
    expect(await mine.read('other')).toBe(1);
  });
});

describe('changes from elsewhere', () => {
  const changed = (id: string): LiveRecord => ({
    type: 'ticket.updated',
    entity: 'ticket',
    id,
    version: 2,
    actor: null,
  });

  it('are gathered before lists are asked for again', async () => {
    vi.useFakeTimers();
    const queries = new QueryClient();
    const invalidate = vi.spyOn(queries, 'invalidateQueries');
    const refresher = new Refresher(queries);
    for (let i = 0; i < 50; i += 1) refresher.add(changed('a'));
    expect(invalidate).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    const lists = () =>
      invalidate.mock.calls.filter(([filter]) => filter?.queryKey?.[0] === 'records').length;
    expect(lists()).toBe(1);
    refresher.add(changed('b'));
    await vi.advanceTimersByTimeAsync(500);
    expect(lists()).toBe(1);
    await vi.advanceTimersByTimeAsync(600);
    expect(lists()).toBe(2);
    refresher.stop();
  });

  it('replace single rows of a long list', async () => {
    vi.useFakeTimers();
    answer(200, { id: 'a', version: 2 });
    const queries = new QueryClient();
    const key = ['records', 'ticket', 'list', {}];
    const page = (id: string) => ({ records: [{ id, version: 1 }], next: null }) as unknown as Page;
    queries.setQueryData(key, {
      pages: [page('a'), page('b'), page('c'), page('d')],
      pageParams: [],
    });
    const refresher = new Refresher(queries);
    refresher.add(changed('a'));
    await vi.advanceTimersByTimeAsync(200);
    const data = queries.getQueryData<{ pages: Page[] }>(key);
    expect(data?.pages[0]?.records[0]?.version).toBe(2);
    expect(data?.pages[1]?.records[0]?.version).toBe(1);
    expect(fetch).toHaveBeenCalledTimes(1);
    refresher.stop();
  });
});

describe('the hint beside a new password', () => {
  it('names the length that the server wants', () => {
    const server = join(import.meta.dirname, '../../../../server/identity/passwords.cc');
    const wanted = /kMinCharacters = (\d+)/.exec(readFileSync(server, 'utf8'))?.[1];
    expect(passwordLength).toBe(Number(wanted));
  });
});
