// A list's search box: what was typed settles into the address, so that a list can be sent on.

import { useShortcuts } from '@hougu/ui';
import type { InputRef } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';

/** One filter kept in the address; '' is none. */
export function useParam(name: string): [string, (value: string) => void] {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (value: string) =>
      setParams(
        (now) => {
          const next = new URLSearchParams(now);
          if (value) next.set(name, value);
          else next.delete(name);
          return next;
        },
        { replace: true },
      ),
    [name, setParams],
  );
  return [params.get(name) ?? '', set];
}

export function useSearchBox(name = 'q') {
  const [kept, keep] = useParam(name);
  const [typed, setTyped] = useState(kept);
  const box = useRef<InputRef>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (typed.trim() !== kept) keep(typed.trim());
    }, 250);
    return () => clearTimeout(timer);
  }, [typed, kept, keep]);
  useShortcuts({ '/': () => box.current?.focus({ cursor: 'all' }) });
  return { search: kept, typed, setTyped, box };
}
