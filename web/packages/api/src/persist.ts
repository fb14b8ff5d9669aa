// What must survive a reload: drafts and queues in IndexedDB, one database for each person.
import Dexie, { type EntityTable } from 'dexie';

export interface Kept {
  key: string;
  /** Anything that IndexedDB can clone, blobs included. */
  value: unknown;
  /** Epoch milliseconds of the last write. */
  at: number;
}

export class Store {
  private readonly database: Dexie & { kept: EntityTable<Kept, 'key'> };

  constructor(person: string) {
    this.database = new Dexie(`hougu-${person}`) as Dexie & { kept: EntityTable<Kept, 'key'> };
    this.database.version(1).stores({ kept: 'key, at' });
  }

  async read<T>(key: string): Promise<T | null> {
    return ((await this.database.kept.get(key))?.value as T | undefined) ?? null;
  }

  async write(key: string, value: unknown): Promise<void> {
    await this.database.kept.put({ key, value, at: Date.now() });
  }

  async remove(key: string): Promise<void> {
    await this.database.kept.delete(key);
  }

  /** Everything whose key begins so, oldest write first. */
  async list<T>(prefix: string): Promise<{ key: string; value: T; at: number }[]> {
    const found = await this.database.kept.where('key').startsWith(prefix).toArray();
    return (found as { key: string; value: T; at: number }[]).sort((a, b) => a.at - b.at);
  }

  /** Drops what was last written before the given time. */
  async forgetBefore(at: number, prefix: string): Promise<void> {
    await this.database.kept
      .where('at')
      .below(at)
      .and((kept) => kept.key.startsWith(prefix))
      .delete();
  }

  close(): void {
    this.database.close();
  }
}

const stores = new Map<string, Store>();
/** The store of a person (user id); the same object for the same person. */
export function openStore(person: string): Store {
  const open = stores.get(person) ?? new Store(person);
  stores.set(person, open);
  return open;
}
