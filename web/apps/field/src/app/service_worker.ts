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

// A page whose files another release's worker would answer for begins anew, in every tab: it may have
// been loaded before there was any worker. The first worker to come only takes over what it keeps.
function reloadWithNextRelease(): void {
  if (!('serviceWorker' in navigator)) return;
  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (controlled) window.location.reload();
    controlled = true;
  });
}

export function startServiceWorker(): void {
  reloadWithNextRelease();
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
