// Who was signed in on this phone last, so that the app opens without a network. Neither password nor
// token is kept: nothing can be done with it at the server.
import { openStore, type Store } from '@hougu/api/persist';
import type { SessionMemory } from '@hougu/api/session';
import type { SessionInfo } from '@hougu/api/types';
import { seenLastsMs, wipeSeen } from './seen';

const place = 'hougu.field.session';

interface Remembered {
  info: SessionInfo;
  at: number;
}

export class PhoneMemory implements SessionMemory {
  constructor(
    private readonly storage: Storage,
    private readonly storeOf: (person: string) => Store = openStore,
    private readonly now: () => number = Date.now,
  ) {}

  readonly read = (): SessionInfo | null => {
    const kept = this.kept();
    return kept && this.now() - kept.at < seenLastsMs ? kept.info : null;
  };

  readonly keep = (info: SessionInfo): void => {
    const before = this.kept();
    if (before && before.info.user.id !== info.user.id) void this.wipe(before.info.user.id);
    if (!info.faces.includes('field') || info.user.must_change_password) {
      this.storage.removeItem(place);
      return;
    }
    try {
      this.storage.setItem(place, JSON.stringify({ info, at: this.now() } satisfies Remembered));
    } catch {
      // full: the app then opens with a network only
    }
  };

  readonly forget = async (): Promise<void> => {
    const before = this.kept();
    this.storage.removeItem(place);
    if (before) await this.wipe(before.info.user.id);
  };

  private kept(): Remembered | null {
    try {
      const kept = JSON.parse(this.storage.getItem(place) ?? 'null') as Remembered | null;
      return kept && typeof kept.at === 'number' && kept.info?.user?.id ? kept : null;
    } catch {
      return null;
    }
  }

  private async wipe(person: string): Promise<void> {
    // without the browser's database nothing was kept in it
    await wipeSeen(this.storeOf(person)).catch(() => {});
  }
}
