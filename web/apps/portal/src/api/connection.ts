// Whether the last word from the network was good: what the quiet bar shows.
import { useSyncExternalStore } from 'react';

let reachable = true;
const listeners = new Set<() => void>();

export function reportReachable(value: boolean) {
  if (reachable === value) return;
  reachable = value;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  const offline = () => reportReachable(false);
  listeners.add(listener);
  window.addEventListener('offline', offline);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('offline', offline);
  };
}

export function useReachable(): boolean {
  return useSyncExternalStore(subscribe, () => reachable);
}
