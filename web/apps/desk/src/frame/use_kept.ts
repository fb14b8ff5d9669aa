// State that survives a reload: drafts of replies and forms, kept in this browser for the person.
import { openStore } from '@hougu/api/persist';
import { useSession } from '@hougu/api/session';
import { useCallback, useEffect, useRef, useState } from 'react';

const pause = 150;

export interface KeptState<T> {
  value: T;
  set: (next: T) => void;
  clear: () => void;
  /** True once what was kept has been read. */
  ready: boolean;
  /** True when something was found. */
  restored: boolean;
}

export function useKept<T>(key: string, initial: T): KeptState<T> {
  const store = openStore(useSession().info.user.id);
  const [value, setValue] = useState(initial);
  const [ready, setReady] = useState(false);
  const [restored, setRestored] = useState(false);
  const first = useRef(initial);
  const waiting = useRef<{ key: string; value: T } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const flush = useCallback(() => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = null;
    if (waiting.current) void store.write(waiting.current.key, waiting.current.value);
    waiting.current = null;
  }, [store]);

  // The page may go at any moment: what is still waiting is written on its way out.
  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => window.removeEventListener('pagehide', flush);
  }, [flush]);

  useEffect(() => {
    let current = true;
    setReady(false);
    void store.read<T>(key).then((kept) => {
      if (!current) return;
      setValue(kept ?? first.current);
      setRestored(kept !== null);
      setReady(true);
    });
    return () => {
      current = false;
      flush();
    };
  }, [store, key, flush]);

  const set = useCallback(
    (next: T) => {
      setValue(next);
      waiting.current = { key, value: next };
      timer.current ??= setTimeout(flush, pause);
    },
    [key, flush],
  );
  const clear = useCallback(() => {
    waiting.current = null;
    if (timer.current) clearTimeout(timer.current);
    timer.current = null;
    setValue(first.current);
    setRestored(false);
    void store.remove(key);
  }, [store, key]);

  return { value, set, clear, ready, restored };
}
