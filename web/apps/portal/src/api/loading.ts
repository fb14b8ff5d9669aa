// Reads that keep trying: what was seen stays on the page while a broken connection is retried.
import { useCallback, useEffect, useRef, useState } from 'react';
import { reportReachable } from './connection';
import { RequestError } from './request';

export interface Loaded<T> {
  value: T | null;
  error: RequestError | null;
  reload: () => void;
  replace: (value: T) => void;
}

const waits = [1_500, 3_000, 6_000, 12_000, 30_000];
export const waitBefore = (attempt: number) => waits[Math.min(attempt, waits.length - 1)] ?? 30_000;

export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [value, setValue] = useState<T | null>(null);
  const [error, setError] = useState<RequestError | null>(null);
  const [round, setRound] = useState(0);
  const attempt = useRef(0);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  const replace = useCallback((next: T) => {
    setValue(next);
    setError(null);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: round is the wish to load again
  useEffect(() => {
    let live = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    load().then(
      (next) => {
        if (!live) return;
        attempt.current = 0;
        reportReachable(true);
        setValue(next);
        setError(null);
      },
      (reason: unknown) => {
        if (!live) return;
        const failed = reason instanceof RequestError ? reason : new RequestError(0, 'network', '');
        setError(failed);
        if (!failed.unanswered) {
          reportReachable(true);
          return;
        }
        reportReachable(false);
        timer = setTimeout(reload, waitBefore(attempt.current++));
      },
    );
    const again = () => reload();
    window.addEventListener('online', again);
    return () => {
      live = false;
      clearTimeout(timer);
      window.removeEventListener('online', again);
    };
  }, [load, round, reload]);

  return { value, error, reload, replace };
}
