import { useLive } from '@hougu/api/live';
import type { LiveRecord } from '@hougu/api/types';
import { useCallback, useEffect, useRef, useState } from 'react';

const shownFor = 2500;

/** Ids of records of an entity that changed just now, to be highlighted for a moment. */
export function useRecentChanges(entity: string): ReadonlySet<string> {
  const [recent, setRecent] = useState<ReadonlySet<string>>(new Set());
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const listen = useCallback(
    (changed: LiveRecord) => {
      if (changed?.entity !== entity) return;
      const { id } = changed;
      setRecent((all) => new Set(all).add(id));
      const before = timers.current.get(id);
      if (before) clearTimeout(before);
      const forget = () => {
        timers.current.delete(id);
        setRecent((all) => new Set([...all].filter((one) => one !== id)));
      };
      timers.current.set(id, setTimeout(forget, shownFor));
    },
    [entity],
  );
  useLive('record', listen);
  useEffect(() => {
    const all = timers.current;
    return () => {
      for (const timer of all.values()) clearTimeout(timer);
    };
  }, []);
  return recent;
}
