// Something being edited, kept in this browser until it is saved: nothing is lost by walking to
// another page, a reload or a closed tab.
import { openStore } from '@hougu/api/persist';
import { useSession } from '@hougu/api/session';
import { useCallback, useEffect, useRef, useState } from 'react';

interface Kept<T> {
  base: T;
  value: T;
}

export interface Draft<T> {
  /** What is shown; undefined until both the server and the browser have answered. */
  value: T | undefined;
  /** What the draft started from. */
  base: T | undefined;
  dirty: boolean;
  /** The draft of an earlier visit was picked up again. */
  restored: boolean;
  set: (change: T | ((now: T) => T)) => void;
  /** Back to what the server has. */
  discard: () => void;
  /** What was just saved is the new start. */
  saved: (value: T) => void;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** `current` is what the server has; a draft that equals it is none. */
export function useDraft<T>(key: string, current: T | undefined): Draft<T> {
  const { info } = useSession();
  const store = openStore(info.user.id);
  const place = `studio.${key}`;
  const [kept, setKept] = useState<Kept<T> | null | undefined>(undefined);
  const [restored, setRestored] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef<{ base: T | undefined; value: T | undefined }>({
    base: undefined,
    value: undefined,
  });

  useEffect(() => {
    let there = true;
    setKept(undefined);
    setRestored(false);
    // A browser that forbids storage has no earlier draft.
    const read = store.read<Kept<T>>(place).catch(() => null);
    void read.then((found) => {
      if (!there) return;
      setKept(found);
      setRestored(found !== null);
    });
    return () => {
      there = false;
    };
  }, [store, place]);

  const dirty = Boolean(kept && !same(kept.value, kept.base));
  const base = dirty ? kept?.base : current;
  const value = kept === undefined ? undefined : dirty ? kept?.value : current;
  latest.current = { base, value };

  const write = useCallback(
    (next: Kept<T> | null) => {
      setKept(next);
      if (timer.current) clearTimeout(timer.current);
      const put = () => (next ? store.write(place, next) : store.remove(place)).catch(() => {});
      // Each key typed changes the draft; the browser's disk hears of the last one.
      if (next) timer.current = setTimeout(put, 250);
      else void put();
    },
    [store, place],
  );

  const set = useCallback(
    (change: T | ((now: T) => T)) => {
      const { base: from, value: now } = latest.current;
      if (from === undefined || now === undefined) return;
      const next = typeof change === 'function' ? (change as (now: T) => T)(now) : change;
      latest.current = { base: from, value: next };
      write(same(next, from) ? null : { base: from, value: next });
    },
    [write],
  );
  const discard = useCallback(() => {
    setRestored(false);
    write(null);
  }, [write]);
  const saved = useCallback(
    (next: T) => {
      latest.current = { base: next, value: next };
      setRestored(false);
      write(null);
    },
    [write],
  );
  return { value, base, dirty, restored: restored && dirty, set, discard, saved };
}
