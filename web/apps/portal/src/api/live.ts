// Server-sent events of one ticket. The browser reopens a cut stream by itself; after an answer that
// is no stream it gives up, and then we do, with growing waits.
import { waitBefore } from './loading';

export function watchTicket(token: string, onChange: () => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  const open = () => {
    source = new EventSource(`/api/v1/portal/track/${encodeURIComponent(token)}/live`);
    source.addEventListener('changed', onChange);
    source.onopen = () => {
      // whatever happened while the stream was down
      if (failures > 0) onChange();
      failures = 0;
    };
    source.onerror = () => {
      failures++;
      if (source?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, waitBefore(failures));
    };
  };
  const seen = () => {
    if (document.visibilityState === 'visible') onChange();
  };
  open();
  document.addEventListener('visibilitychange', seen);
  return () => {
    clearTimeout(timer);
    source?.close();
    document.removeEventListener('visibilitychange', seen);
  };
}
