// Which version of a ticket this person saw last, for the unread dot. Kept in this browser.
import { openStore } from '@hougu/api/persist';
import { useSession } from '@hougu/api/session';
import type { RecordData } from '@hougu/api/types';
import { asRef } from '@hougu/forms';
import { useCallback, useEffect, useSyncExternalStore } from 'react';

const key = 'seen';
const most = 5000;

export class Seen {
  private versions = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private stamp = 0;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  snapshot = (): number => this.stamp;

  load(versions: [string, number][]): void {
    this.versions = new Map(versions);
    this.tell();
  }

  /** True when it was news. */
  mark(id: string, version: number): boolean {
    if ((this.versions.get(id) ?? 0) >= version) return false;
    // Taken out and put back: the order of the map is the order of looking.
    this.versions.delete(id);
    this.versions.set(id, version);
    this.tell();
    return true;
  }

  /** The newest entries, to be kept. */
  entries(): [string, number][] {
    return [...this.versions].slice(-most);
  }

  unread(ticket: RecordData, me: string): boolean {
    const seen = this.versions.get(ticket.id);
    if (seen !== undefined) return seen < ticket.version && ticket.updated_by?.id !== me;
    return ticket.status === 'new' || asRef(ticket.assignee)?.id === me;
  }

  private tell(): void {
    this.stamp += 1;
    for (const listener of this.listeners) listener();
  }
}

const perPerson = new Map<string, { seen: Seen; loaded: boolean }>();

export function useSeen(): {
  isUnread: (ticket: RecordData) => boolean;
  mark: (ticket: RecordData) => void;
} {
  const me = useSession().info.user.id;
  const own = perPerson.get(me) ?? { seen: new Seen(), loaded: false };
  perPerson.set(me, own);
  const { seen } = own;
  useSyncExternalStore(seen.subscribe, seen.snapshot);
  useEffect(() => {
    if (own.loaded) return;
    own.loaded = true;
    void openStore(me)
      .read<[string, number][]>(key)
      .then((kept) => kept && own.seen.load(kept));
  }, [me, own]);
  const mark = useCallback(
    (ticket: RecordData) => {
      if (seen.mark(ticket.id, ticket.version)) void openStore(me).write(key, seen.entries());
    },
    [seen, me],
  );
  const isUnread = (ticket: RecordData) => seen.unread(ticket, me);
  return { isUnread, mark };
}
