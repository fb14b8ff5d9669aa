// Pulling the list down at its top to load it afresh.
import { type RefObject, useEffect, useRef, useState } from 'react';

const enough = 72;

/** How far the finger has pulled, 0 … 1; at 1 letting go refreshes. */
export function usePull(area: RefObject<HTMLElement | null>, onRefresh: () => void): number {
  const [share, setShare] = useState(0);
  const refresh = useRef(onRefresh);
  refresh.current = onRefresh;
  useEffect(() => {
    const element = area.current;
    const scroller = element?.closest('.page-main');
    if (!element || !scroller) return undefined;
    let from: number | null = null;
    let pulled = 0;
    const start = (event: TouchEvent) => {
      from = scroller.scrollTop <= 0 ? (event.touches[0]?.clientY ?? null) : null;
      pulled = 0;
    };
    const move = (event: TouchEvent) => {
      if (from === null) return;
      // half the way of the finger: it should feel like a spring
      pulled = Math.max(0, ((event.touches[0]?.clientY ?? from) - from) / 2);
      setShare(Math.min(1, pulled / enough));
    };
    const end = () => {
      if (pulled >= enough) refresh.current();
      from = null;
      pulled = 0;
      setShare(0);
    };
    element.addEventListener('touchstart', start, { passive: true });
    element.addEventListener('touchmove', move, { passive: true });
    element.addEventListener('touchend', end);
    element.addEventListener('touchcancel', end);
    return () => {
      element.removeEventListener('touchstart', start);
      element.removeEventListener('touchmove', move);
      element.removeEventListener('touchend', end);
      element.removeEventListener('touchcancel', end);
    };
  }, [area]);
  return share;
}
