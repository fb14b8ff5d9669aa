import { useCallback, useSyncExternalStore } from 'react';
import { measures } from './tokens';

/** Whether a media query holds, kept up to date. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** True on screens as narrow as a phone. */
export function usePhone(): boolean {
  return useMedia(`(max-width: ${measures.phoneBelow - 1}px)`);
}
