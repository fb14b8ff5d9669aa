// One ticket as its customer sees it, kept fresh by the server's events.
import { useCallback, useEffect, useRef, useState } from 'react';
import { reportReachable } from '../api/connection';
import { watchTicket } from '../api/live';
import { useLoaded } from '../api/loading';
import { type Tracked, tracked } from '../api/portal';
import { newKey, RequestError } from '../api/request';
import { useText } from '../text/text';

export function useTracked(token: string) {
  const { locale } = useText();
  const load = useCallback(() => tracked(token, locale), [token, locale]);
  const loaded = useLoaded(load);
  const known = loaded.value !== null;
  const { reload } = loaded;
  useEffect(() => (known ? watchTicket(token, reload) : undefined), [known, token, reload]);
  return loaded;
}

// One thing the customer does: the same words keep their key until an answer came, so that a second
// tap, or a second try after a lost answer, does it once.
export function useDeed<T>(
  act: (what: T, key: string) => Promise<Tracked>,
  onDone: (now: Tracked) => void,
) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<RequestError | null>(null);
  const asked = useRef<{ what: string; key: string } | null>(null);
  const running = useRef(false);
  const run = async (what: T): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setError(null);
    const words = JSON.stringify(what);
    if (asked.current?.what !== words) asked.current = { what: words, key: newKey() };
    try {
      onDone(await act(what, asked.current.key));
      asked.current = null;
      reportReachable(true);
      return true;
    } catch (reason) {
      const failed = reason instanceof RequestError ? reason : new RequestError(0, 'network', '');
      reportReachable(!failed.unanswered);
      setError(failed);
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { run, busy, error };
}
