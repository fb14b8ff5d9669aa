import { ApiError, OfflineError } from '@hougu/api/client';
import { Store } from '@hougu/api/persist';
import type { FileRef, Json, RecordData } from '@hougu/api/types';
import { beforeEach, describe, expect, it } from 'vitest';
import { type NewDeed, Outbox, type Transport } from './outbox';

let people = 0;
const record = { id: 'v1' } as RecordData;
const deed = (kind: NewDeed['kind'], visit = 'v1', keys: string[] = []): NewDeed => ({
  kind,
  visit,
  title: kind,
  path: `/visit/${visit}/${kind}`,
  body: { note: kind },
  files: keys.length > 0 ? [{ field: 'photos', keys }] : [],
});
const picture = () => new Blob(['bytes'], { type: 'image/jpeg' });

class Line implements Transport {
  broken = false;
  refuse: ApiError | null = null;
  status = 'assigned';
  loseAnswers = 0;
  posts: { path: string; body: { [name: string]: Json }; key: string }[] = [];
  uploads: string[] = [];
  post: Transport['post'] = async (path, body, key) => {
    if (this.broken) throw new OfflineError();
    if (this.refuse) throw this.refuse;
    this.posts.push({ path, body, key });
    if (this.loseAnswers-- > 0) throw new OfflineError();
    return record;
  };
  upload: Transport['upload'] = async (file, onProgress) => {
    if (this.broken) throw new OfflineError();
    this.uploads.push(file.name);
    onProgress(1);
    return { id: `id-${file.name}` } as FileRef;
  };
  visit: Transport['visit'] = async () => {
    if (this.broken) throw new OfflineError();
    return { ...record, status: this.status } as RecordData;
  };
}

describe('Outbox', () => {
  let store: Store;
  let line: Line;
  let box: Outbox;
  beforeEach(() => {
    store = new Store(`test-${people++}`);
    line = new Line();
    box = new Outbox(store, line);
  });

  it('sends at once where there is a line', async () => {
    expect(await box.add(deed('accept'))).toEqual({ state: 'sent', record });
    expect(box.snapshot().deeds).toEqual([]);
    expect(await store.list('deed/')).toEqual([]);
  });

  it('keeps everything through a lost line and a reload, and sends it in order', async () => {
    line.broken = true;
    await box.files.put('p1', picture(), 'p1.jpg');
    expect(await box.add(deed('start_travel'))).toEqual({ state: 'waiting' });
    await box.add(deed('arrive'));
    await box.add(deed('complete', 'v1', ['p1']));
    expect(box.unsentVerbs('v1')).toEqual(['start_travel', 'arrive', 'complete']);

    const reopened = new Outbox(store, line);
    await reopened.load();
    expect(reopened.snapshot().deeds).toHaveLength(3);
    line.broken = false;
    await reopened.run();
    expect(line.posts.map(({ path }) => path)).toEqual([
      '/visit/v1/start_travel',
      '/visit/v1/arrive',
      '/visit/v1/complete',
    ]);
    expect(line.posts[2]?.body).toEqual({ note: 'complete', photos: ['id-p1.jpg'] });
    expect(await reopened.files.get('p1')).toBeNull();
  });

  it('repeats a lost answer with the same key and sends no picture twice', async () => {
    line.loseAnswers = 1;
    await box.files.put('p1', picture(), 'p1.jpg');
    expect(await box.add(deed('complete', 'v1', ['p1']))).toEqual({ state: 'waiting' });
    await box.run();
    expect(line.uploads).toEqual(['p1.jpg']);
    expect(line.posts).toHaveLength(2);
    expect(line.posts[1]).toEqual(line.posts[0]);
  });

  it('hands back what is refused at once', async () => {
    line.refuse = new ApiError(409, { code: 'visit.illegal_transition', message: '已改派给别人' });
    const outcome = await box.add(deed('accept'));
    expect(outcome).toMatchObject({ state: 'refused', error: { message: '已改派给别人' } });
    expect(box.snapshot().deeds).toEqual([]);
    expect(await store.list('deed/')).toEqual([]);
  });

  it('takes a step for sent that the visit has taken already', async () => {
    line.refuse = new ApiError(409, { code: 'visit.illegal_transition', message: '已到达' });
    line.status = 'arrived';
    const told: string[] = [];
    box.onSent = (_deed, visit) => told.push(String(visit.status));
    expect(await box.add(deed('arrive'))).toMatchObject({ state: 'sent' });
    expect(told).toEqual(['arrived']);
    expect(box.snapshot().deeds).toEqual([]);
    // a report that comes too late is not swallowed
    line.status = 'completed';
    expect(await box.add(deed('complete'))).toMatchObject({ state: 'refused' });
  });

  it('tells the pages of the new state while the step still stands for it', async () => {
    const unsent: string[][] = [];
    box.onSent = () => unsent.push(box.unsentVerbs('v1'));
    await box.add(deed('arrive'));
    expect(unsent).toEqual([['arrive']]);
    expect(box.unsentVerbs('v1')).toEqual([]);
  });

  it('keeps what is refused later; the next steps of that visit wait, other visits go on', async () => {
    line.broken = true;
    await box.add(deed('accept'));
    line.broken = false;
    line.refuse = new ApiError(409, { code: 'visit.illegal_transition', message: '已改派给别人' });
    await box.run();
    line.refuse = null;
    expect(await box.add(deed('start_travel'))).toEqual({ state: 'waiting' });
    await box.add(deed('accept', 'v2'));
    expect(line.posts.map(({ path }) => path)).toEqual(['/visit/v2/accept']);
    expect(box.snapshot().deeds.map(({ refusal }) => refusal)).toEqual(['已改派给别人', null]);
    expect(box.unsentVerbs('v1')).toEqual(['start_travel']);
    const first = box.snapshot().deeds[0];
    if (first) await box.drop(first.key);
    expect(line.posts.map(({ path }) => path)).toEqual([
      '/visit/v2/accept',
      '/visit/v1/start_travel',
    ]);
  });

  it('a new try takes the place of the refused one', async () => {
    line.broken = true;
    await box.add(deed('complete'));
    line.broken = false;
    line.refuse = new ApiError(422, { code: 'validation', message: '照片太大' });
    await box.run();
    line.refuse = null;
    expect(await box.add(deed('complete'))).toEqual({ state: 'sent', record });
    expect(box.snapshot().deeds).toEqual([]);
  });

  it('waits through a server in trouble and a session that ended', async () => {
    for (const status of [401, 503]) {
      line.refuse = new ApiError(status, {});
      expect(await box.add(deed('note'))).toEqual({ state: 'waiting' });
    }
    expect(box.snapshot().deeds.every(({ refusal }) => refusal === null)).toBe(true);
  });

  it('sends a picture anew that the server has forgotten meanwhile', async () => {
    let now = Date.now();
    const late = new Outbox(store, line, () => now);
    await late.files.put('p1', picture(), 'p1.jpg');
    await late.files.markSent('p1', 'old');
    now += 21 * 3_600_000;
    await late.add(deed('complete', 'v1', ['p1']));
    expect(line.posts[0]?.body.photos).toEqual(['id-p1.jpg']);
  });
});
