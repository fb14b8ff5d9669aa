// Registers the worker that keeps the app's shell on the phone, and knows of a newer one.
import { registerSW } from 'virtual:pwa-register';

let isWaiting = false;
let apply: (() => Promise<void>) | null = null;
const listeners = new Set<() => void>();
const dayMs = 86_400_000;

export const updates = {
  waiting: () => isWaiting,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};

export function startServiceWorker(): void {
  const update = registerSW({
    onNeedRefresh: () => {
      isWaiting = true;
      for (const listener of listeners) listener();
    },
    // the app stays open for days
    onRegisteredSW: (_url, registration) => {
      if (registration) setInterval(() => void registration.update().catch(() => {}), dayMs / 4);
    },
  });
  apply = () => update(true);
}

export function applyUpdate(): void {
  void apply?.();
}
