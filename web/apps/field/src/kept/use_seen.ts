import type { Store } from '@hougu/api/persist';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keepSeen, showSeen } from './seen';

// The browser's database may be slow to open, or not there at all.
const patienceMs = 800;

/** Shows what is kept and keeps what comes; true once the pages may begin. */
export function useSeen(store: Store): boolean {
  const queries = useQueryClient();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    let stop = () => {};
    let live = true;
    const late = setTimeout(() => setReady(true), patienceMs);
    void showSeen(queries, store)
      .catch(() => {}) // then the pages need the network
      .then(() => {
        if (!live) return;
        stop = keepSeen(queries, store);
        setReady(true);
      });
    return () => {
      live = false;
      clearTimeout(late);
      stop();
    };
  }, [queries, store]);
  return ready;
}
