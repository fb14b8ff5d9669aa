// Pictures and signatures that wait to be sent, kept as bytes in IndexedDB (some phones lose Blobs
// there), with the id that the server gave once it has them.
import type { Store } from '@hougu/api/persist';

export interface KeptFile {
  bytes: ArrayBuffer;
  type: string;
  name: string;
}
interface SentFile {
  id: string;
  at: number;
}

// The server throws away after 24 hours what no record has taken.
const sentLastsMs = 20 * 3_600_000;

export class FileShelf {
  constructor(
    private readonly store: Store,
    private readonly now: () => number = Date.now,
  ) {}

  async put(key: string, file: Blob, name: string): Promise<void> {
    const kept: KeptFile = { bytes: await file.arrayBuffer(), type: file.type, name };
    await this.store.write(`file/${key}`, kept);
  }

  async get(key: string): Promise<KeptFile | null> {
    return await this.store.read<KeptFile>(`file/${key}`);
  }

  async blob(key: string): Promise<Blob | null> {
    const kept = await this.get(key);
    return kept ? new Blob([kept.bytes], { type: kept.type }) : null;
  }

  async markSent(key: string, id: string): Promise<void> {
    await this.store.write(`sent/${key}`, { id, at: this.now() } satisfies SentFile);
  }

  /** The server's id, unless so old that the server may have forgotten the file. */
  async sentId(key: string): Promise<string | null> {
    const sent = await this.store.read<SentFile>(`sent/${key}`);
    return sent && this.now() - sent.at < sentLastsMs ? sent.id : null;
  }

  async remove(keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.store.remove(`file/${key}`);
      await this.store.remove(`sent/${key}`);
    }
  }
}
