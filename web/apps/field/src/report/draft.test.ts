import { Store } from '@hougu/api/persist';
import { beforeEach, describe, expect, it } from 'vitest';
import { FileShelf } from '../outbox/files';
import {
  checkReport,
  checkUnfinished,
  completeDeed,
  emptyReport,
  offeredMinutes,
  ReportDrafts,
  unfinishedDeed,
  withReason,
} from './draft';

let people = 0;
describe('report drafts', () => {
  let store: Store;
  let drafts: ReportDrafts;
  let files: FileShelf;
  beforeEach(() => {
    store = new Store(`drafts-${people++}`);
    files = new FileShelf(store);
    drafts = new ReportDrafts(store, files);
  });

  it('come back after a reload with their pictures and the signature', async () => {
    const photo = await drafts.keepFile(new Blob(['jpeg'], { type: 'image/jpeg' }), 'a.jpg');
    const signature = await drafts.keepFile(new Blob(['png'], { type: 'image/png' }), 's.png');
    const draft = {
      ...emptyReport(),
      cause: '电容坏',
      photos: [{ key: photo, name: 'a.jpg' }],
      signature,
    };
    await drafts.save('v1', draft);
    const reopened = new ReportDrafts(store, new FileShelf(store));
    expect(await reopened.load('v1')).toEqual(draft);
    expect(await (await files.blob(photo))?.text()).toBe('jpeg');
    expect(await reopened.load('v2')).toEqual(emptyReport());
    await reopened.remove('v1');
    expect(await files.get(photo)).toBeNull();
    expect(await files.get(signature)).toBeNull();
    expect(await reopened.load('v1')).toEqual(emptyReport());
  });

  it('that nobody touched for two months go, newer ones stay', async () => {
    await drafts.save('old', { ...emptyReport(), cause: 'x' });
    await drafts.forgetOld(Date.now() + 59 * 86_400_000);
    expect((await drafts.load('old')).cause).toBe('x');
    await drafts.forgetOld(Date.now() + 61 * 86_400_000);
    expect((await drafts.load('old')).cause).toBe('');
  });
});

describe('what a report needs', () => {
  it('a cause, an action, and a name beside a signature', () => {
    expect(checkReport(emptyReport())).toEqual(['cause', 'action']);
    const good = { ...emptyReport(), cause: 'a', action: 'b' };
    expect(checkReport(good)).toEqual([]);
    expect(checkReport({ ...good, signature: 'k' })).toEqual(['signedBy']);
    expect(checkUnfinished({ ...emptyReport(), reason: ' ' })).toEqual(['reason']);
  });
  it('offers the time since arrival in quarters', () => {
    const now = Date.parse('2026-11-21T04:00:00Z');
    expect(offeredMinutes('2026-11-21T03:08:00Z', now)).toBe(45);
    expect(offeredMinutes('2026-11-21T03:58:00Z', now)).toBe(15);
    expect(offeredMinutes('2026-11-19T03:58:00Z', now)).toBe(480);
    expect(offeredMinutes(null, now)).toBe(60);
  });
});

describe('what is sent', () => {
  const draft = {
    ...emptyReport(),
    cause: ' 缺氟 ',
    action: '加氟',
    photos: [{ key: 'p', name: 'p.jpg' }],
    signature: 's',
    signedBy: '李女士',
  };
  it('complete carries the signature with its name, or neither', () => {
    const deed = completeDeed('v1', 'ZY1', draft, 45);
    expect(deed.body).toEqual({
      fault_cause: '缺氟',
      action_taken: '加氟',
      labour_minutes: 45,
      signed_by: '李女士',
    });
    expect(deed.files).toEqual([
      { field: 'photos', keys: ['p'] },
      { field: 'signature', keys: ['s'], single: true },
    ]);
    const bare = completeDeed('v1', 'ZY1', { ...draft, signature: null }, 45);
    expect(bare.body).not.toHaveProperty('signed_by');
    expect(bare.files).toHaveLength(1);
  });
  it('unfinished carries why and what is needed', () => {
    const deed = unfinishedDeed('v1', 'ZY1', { ...draft, reason: '缺配件', needs: '' }, null);
    expect(deed.path).toBe('/visit/v1/end_unfinished');
    expect(deed.body).toEqual({ unfinished_reason: '缺配件' });
  });
});

describe('a reason from the list', () => {
  const choices = ['缺配件', '客户不在'];
  it('takes the place of another choice and keeps what was typed', () => {
    expect(withReason('', '缺配件', choices)).toBe('缺配件');
    expect(withReason('缺配件', '客户不在', choices)).toBe('客户不在');
    expect(withReason('主板型号不对', '缺配件', choices)).toBe('缺配件 - 主板型号不对');
    expect(withReason('缺配件 - 主板型号不对', '客户不在', choices)).toBe(
      '客户不在 - 主板型号不对',
    );
  });
});
