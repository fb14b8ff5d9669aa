// A report in the making, kept on the phone for each visit, with its pictures and the signature as
// files of the outbox's shelf, until the server has taken it.
import { newKey } from '@hougu/api/client';
import type { Store } from '@hougu/api/persist';
import type { FileShelf } from '../outbox/files';
import type { NewDeed } from '../outbox/outbox';

export interface DraftPhoto {
  key: string;
  name: string;
}
export interface ReportDraft {
  cause: string;
  action: string;
  /** Null until the person changed it: then the time since arrival is offered. */
  minutes: number | null;
  photos: DraftPhoto[];
  signature: string | null;
  signedBy: string;
  reason: string;
  needs: string;
}

export function emptyReport(): ReportDraft {
  return {
    cause: '',
    action: '',
    minutes: null,
    photos: [],
    signature: null,
    signedBy: '',
    reason: '',
    needs: '',
  };
}

export const photoLimit = 20;
const lastsMs = 60 * 86_400_000;

export class ReportDrafts {
  constructor(
    private readonly store: Store,
    private readonly files: FileShelf,
  ) {}

  async load(visit: string): Promise<ReportDraft> {
    const kept = await this.store.read<Partial<ReportDraft>>(`report/${visit}`);
    return { ...emptyReport(), ...kept };
  }

  async save(visit: string, draft: ReportDraft): Promise<void> {
    await this.store.write(`report/${visit}`, draft);
  }

  /** With the files that the outbox has not taken away already. */
  async remove(visit: string): Promise<void> {
    const draft = await this.load(visit);
    const keys = draft.photos.map(({ key }) => key);
    await this.files.remove(draft.signature ? [...keys, draft.signature] : keys);
    await this.store.remove(`report/${visit}`);
  }

  async keepFile(file: Blob, name: string): Promise<string> {
    const key = newKey();
    await this.files.put(key, file, name);
    return key;
  }

  async forgetOld(now = Date.now()): Promise<void> {
    for (const prefix of ['report/', 'file/', 'sent/']) {
      await this.store.forgetBefore(now - lastsMs, prefix);
    }
  }
}

export type ReportFault = 'cause' | 'action' | 'signedBy' | 'reason';

export function checkReport(draft: ReportDraft): ReportFault[] {
  const faults: ReportFault[] = [];
  if (draft.cause.trim() === '') faults.push('cause');
  if (draft.action.trim() === '') faults.push('action');
  if (draft.signature && draft.signedBy.trim() === '') faults.push('signedBy');
  return faults;
}

export function checkUnfinished(draft: ReportDraft): ReportFault[] {
  return draft.reason.trim() === '' ? ['reason'] : [];
}

/** Puts a chosen reason before what was typed, in the place of another choice. */
export function withReason(typed: string, chosen: string, choices: string[]): string {
  const before = choices.find((choice) => typed.startsWith(choice)) ?? '';
  const own = typed.slice(before.length).replace(/^[\s\-,,::]+/, '');
  return own ? `${chosen} - ${own}` : chosen;
}

const quarter = 15;
export const longestMinutes = 14_400;

/** What is offered as labour: the time since arrival in quarters of an hour, at least one. */
export function offeredMinutes(arrivedAt: string | null, now: number): number {
  if (!arrivedAt) return 4 * quarter;
  const minutes = (now - Date.parse(arrivedAt)) / 60_000;
  return Math.min(8 * 60, Math.max(quarter, Math.round(minutes / quarter) * quarter));
}

const photoFiles = (draft: ReportDraft) => ({
  field: 'photos',
  keys: draft.photos.map(({ key }) => key),
});

export function completeDeed(
  visit: string,
  title: string,
  draft: ReportDraft,
  minutes: number,
): NewDeed {
  const signed = draft.signature !== null;
  return {
    kind: 'complete',
    visit,
    title,
    path: `/visit/${visit}/complete`,
    body: {
      fault_cause: draft.cause.trim(),
      action_taken: draft.action.trim(),
      labour_minutes: minutes,
      ...(signed ? { signed_by: draft.signedBy.trim() } : {}),
    },
    files: [
      photoFiles(draft),
      ...(draft.signature ? [{ field: 'signature', keys: [draft.signature], single: true }] : []),
    ],
  };
}

export function unfinishedDeed(
  visit: string,
  title: string,
  draft: ReportDraft,
  minutes: number | null,
): NewDeed {
  return {
    kind: 'end_unfinished',
    visit,
    title,
    path: `/visit/${visit}/end_unfinished`,
    body: {
      unfinished_reason: draft.reason.trim(),
      ...(draft.needs.trim() ? { next_needs: draft.needs.trim() } : {}),
      ...(minutes === null ? {} : { labour_minutes: minutes }),
    },
    files: [photoFiles(draft)],
  };
}
