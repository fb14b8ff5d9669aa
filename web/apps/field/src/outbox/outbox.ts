// What the engineer did and the server does not yet know. Each deed is written to IndexedDB before
// anything is sent, goes out in order (of one visit strictly), its pictures first, and keeps its
// Idempotency-Key, so that a lost answer does nothing twice. What the server refuses at once goes back
// to the page that asked; what it refuses later stays, with its reason, until the person mends or
// drops it, and the later deeds of that visit wait behind it. A step that the visit has taken already
// (a second tap, another tab) is no refusal: it counts as sent.
import { ApiError, newKey, OfflineError } from '@hougu/api/client';
import type { Store } from '@hougu/api/persist';
import type { FileRef, Json, RecordData } from '@hougu/api/types';
import { alreadySo, type Verb } from '../job/steps';
import type { VisitStatus } from '../job/types';
import { FileShelf } from './files';

export type DeedKind = Verb | 'reply' | 'note';

export interface NewDeed {
  kind: DeedKind;
  /** The visit it belongs to. */
  visit: string;
  /** What to call it in the list of unsent things. */
  title: string;
  path: string;
  body: { [name: string]: Json };
  /** Fields of the body that take the ids of kept files. */
  files: { field: string; keys: string[]; single?: boolean }[];
}
export interface Deed extends NewDeed {
  key: string;
  at: number;
  /** Set when the server refused. */
  refusal: string | null;
}
export type Outcome =
  | { state: 'sent'; record: RecordData }
  | { state: 'waiting' }
  | { state: 'refused'; error: ApiError };

export interface Transport {
  post: (path: string, body: { [name: string]: Json }, key: string) => Promise<RecordData>;
  upload: (file: File, onProgress: (share: number) => void) => Promise<FileRef>;
  /** The visit as the server has it now. */
  visit: (id: string) => Promise<RecordData>;
}
export interface OutboxState {
  deeds: Deed[];
  /** Key of the deed on its way, and how much of its pictures has been sent (0…1). */
  sending: string | null;
  progress: number;
}

// Not a judgement on the deed: signed out, too fast, or the server in trouble.
const passing = new Set([401, 408, 425, 429, 500, 502, 503, 504, 507]);
export const isRefusal = (error: unknown): error is ApiError =>
  error instanceof ApiError && !passing.has(error.status);

export class Outbox {
  private state: OutboxState = { deeds: [], sending: null, progress: 0 };
  private readonly listeners = new Set<() => void>();
  private running: Promise<void> | null = null;
  private again = false;
  private readonly uploads = new Map<string, Promise<string | null>>();
  private readonly outcomes = new Map<string, Outcome>();
  readonly files: FileShelf;
  /** Told of each deed that the server has taken. */
  onSent: (deed: Deed, record: RecordData) => void = () => {};

  constructor(
    private readonly store: Store,
    private readonly transport: Transport,
    private readonly now: () => number = Date.now,
  ) {
    this.files = new FileShelf(store, now);
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };
  readonly snapshot = (): OutboxState => this.state;

  /** What an earlier visit to this page left behind. */
  async load(): Promise<void> {
    const kept = await this.store.list<Deed>('deed/');
    this.set({ deeds: kept.map(({ value }) => value).sort((a, b) => a.at - b.at) });
  }

  /**
   * Keeps the deed, then tries at once. Resolves when that try is over; rejects only when it can't be
   * kept. Takes the place of one of its kind that was refused.
   */
  async add(deed: NewDeed): Promise<Outcome> {
    for (const old of this.state.deeds) {
      const replaced = old.refusal !== null && old.visit === deed.visit && old.kind === deed.kind;
      if (replaced) await this.forget(old.key);
    }
    const last = this.state.deeds[this.state.deeds.length - 1]?.at ?? 0;
    const kept: Deed = {
      ...deed,
      key: newKey(),
      at: Math.max(this.now(), last + 1),
      refusal: null,
    };
    await this.store.write(`deed/${kept.key}`, kept);
    this.set({ deeds: [...this.state.deeds, kept] });
    await this.run();
    const outcome = this.outcomes.get(kept.key) ?? { state: 'waiting' };
    this.outcomes.delete(kept.key);
    if (outcome.state === 'refused') await this.forget(kept.key);
    return outcome;
  }

  /** Sends what can be sent. A call while it runs makes it go round once more. */
  run(): Promise<void> {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.rounds().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async retry(key: string): Promise<void> {
    await this.rewrite(key, { refusal: null });
    await this.run();
  }

  /** Gives up one deed. Its files stay with the draft that made it. */
  async drop(key: string): Promise<void> {
    await this.forget(key);
    await this.run();
  }

  unsentVerbs(visit: string): Verb[] {
    return this.state.deeds
      .filter((deed) => deed.visit === visit && deed.refusal === null)
      .flatMap(({ kind }) => (kind === 'reply' || kind === 'note' ? [] : [kind]));
  }

  private async rounds(): Promise<void> {
    do {
      this.again = false;
      await this.round();
    } while (this.again);
  }

  private async round(): Promise<void> {
    const blocked = new Set<string>();
    for (const { key } of [...this.state.deeds]) {
      const deed = this.state.deeds.find((one) => one.key === key);
      if (!deed || blocked.has(deed.visit)) continue;
      if (deed.refusal !== null) {
        blocked.add(deed.visit);
        continue;
      }
      const outcome = await this.attempt(deed);
      this.outcomes.set(deed.key, outcome);
      if (outcome.state === 'refused') blocked.add(deed.visit);
      // no line now: the others would fare no better
      if (outcome.state === 'waiting') return;
    }
  }

  private async attempt(deed: Deed): Promise<Outcome> {
    this.set({ sending: deed.key, progress: 0 });
    try {
      const body = { ...deed.body, ...(await this.sendFiles(deed)) };
      const record = await this.post(deed, body);
      // the pages learn the new state before the unsent step stops standing for it
      this.onSent(deed, record);
      await this.forget(deed.key);
      await this.files.remove(deed.files.flatMap(({ keys }) => keys));
      return { state: 'sent', record };
    } catch (error) {
      if (isRefusal(error)) {
        await this.rewrite(deed.key, { refusal: error.message });
        return { state: 'refused', error };
      }
      if (error instanceof ApiError || error instanceof OfflineError) return { state: 'waiting' };
      throw error;
    } finally {
      this.set({ sending: null, progress: 0 });
    }
  }

  private async post(deed: Deed, body: Deed['body']): Promise<RecordData> {
    const { kind } = deed;
    try {
      return await this.transport.post(deed.path, body, deed.key);
    } catch (error) {
      const late = error instanceof ApiError && error.code === 'visit.illegal_transition';
      if (!late || kind === 'reply' || kind === 'note') throw error;
      const visit = await this.transport.visit(deed.visit);
      if (!alreadySo(visit.status as VisitStatus, kind)) throw error;
      return visit;
    }
  }

  private async sendFiles(deed: Deed): Promise<{ [field: string]: Json }> {
    const total = deed.files.reduce((sum, { keys }) => sum + keys.length, 0);
    const out: { [field: string]: Json } = {};
    let done = 0;
    for (const { field, keys, single } of deed.files) {
      const ids: string[] = [];
      for (const key of keys) {
        const base = done++;
        const id = await this.sendFile(key, (share) =>
          this.set({ progress: (base + share) / total }),
        );
        if (id) ids.push(id);
      }
      out[field] = single ? (ids[0] ?? null) : ids;
    }
    return out;
  }

  /** Sends one kept file unless the server has it; while one call does it, another waits for that. */
  sendFile(key: string, onProgress: (share: number) => void): Promise<string | null> {
    const under = this.uploads.get(key);
    if (under) return under;
    const sending = this.upload(key, onProgress).finally(() => this.uploads.delete(key));
    this.uploads.set(key, sending);
    return sending;
  }

  private async upload(key: string, onProgress: (share: number) => void): Promise<string | null> {
    const sent = await this.files.sentId(key);
    if (sent) return sent;
    const kept = await this.files.get(key);
    if (!kept) return null;
    const file = new File([kept.bytes], kept.name, { type: kept.type });
    const { id } = await this.transport.upload(file, onProgress);
    await this.files.markSent(key, id);
    return id;
  }

  private async forget(key: string): Promise<void> {
    await this.store.remove(`deed/${key}`);
    this.set({ deeds: this.state.deeds.filter((deed) => deed.key !== key) });
  }

  private async rewrite(key: string, part: Partial<Deed>): Promise<void> {
    const deed = this.state.deeds.find((one) => one.key === key);
    if (!deed) return;
    const next = { ...deed, ...part };
    await this.store.write(`deed/${key}`, next);
    this.set({ deeds: this.state.deeds.map((one) => (one.key === key ? next : one)) });
  }

  private set(part: Partial<OutboxState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}
