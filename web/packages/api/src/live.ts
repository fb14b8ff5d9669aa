// Live updates: one EventSource per page. Records that changed elsewhere make their queries stale;
// components may listen too. The browser resumes a broken stream by itself (Last-Event-ID); when it
// gave up we open a new one after a pause that grows, and load everything afresh.
import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  createElement,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react';
import { apiUrl, post, watchRequests } from './client';
import { Refresher } from './refresh';
import type { ImportState, LiveRecord, Presence } from './types';

export interface LiveEvents {
  record: LiveRecord;
  presence: Presence;
  'import.progress': ImportState;
  reset: null;
}

type Listener<K extends keyof LiveEvents> = (event: LiveEvents[K]) => void;

const firstPause = 1000;
const longestPause = 30_000;

export class LiveStream {
  private source: EventSource | null = null;
  private pause = firstPause;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private readonly listeners = new Map<string, Set<(event: unknown) => void>>();
  /** Called when the stream opens or breaks. */
  onState: (connected: boolean) => void = () => {};

  on<K extends keyof LiveEvents>(type: K, listener: Listener<K>): () => void {
    const all = this.listeners.get(type) ?? new Set();
    this.listeners.set(type, all);
    all.add(listener as (event: unknown) => void);
    return () => all.delete(listener as (event: unknown) => void);
  }

  open(fresh = true): void {
    this.close();
    const source = new EventSource(apiUrl('/live'));
    this.source = source;
    source.onopen = () => {
      this.pause = firstPause;
      this.onState(true);
      if (!fresh) this.emit('reset', null);
    };
    source.onerror = () => {
      this.onState(false);
      if (source.readyState !== EventSource.CLOSED) return; // it tries again by itself
      this.timer = setTimeout(() => this.open(false), this.pause);
      this.pause = Math.min(this.pause * 2, longestPause);
    };
    for (const type of ['record', 'presence', 'import.progress', 'reset'] as const) {
      source.addEventListener(type, (event) =>
        this.emit(type, parse((event as MessageEvent<string>).data)),
      );
    }
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.source?.close();
    this.source = null;
  }

  private emit(type: keyof LiveEvents, event: unknown): void {
    for (const listener of this.listeners.get(type) ?? []) listener(event);
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

interface LiveState {
  stream: LiveStream;
  /** False while the server can't be reached. */
  connected: boolean;
}

const LiveContext = createContext<LiveState | null>(null);

/** Opens the stream for everything below; belongs inside SessionProvider and QueryClientProvider. */
export function LiveProvider({ children }: { children: ReactNode }): ReactNode {
  const queries = useQueryClient();
  const [connected, setConnected] = useState(true);
  const stream = useMemo(() => new LiveStream(), []);
  useEffect(() => {
    stream.onState = setConnected;
    const refresher = new Refresher(queries);
    const stopRecord = stream.on('record', (changed) => changed && refresher.add(changed));
    const stopReset = stream.on('reset', () => void queries.invalidateQueries());
    const stopWatching = watchRequests((status) => {
      if (status === 'reached') setConnected(true);
      if (status === 'unreachable') setConnected(false);
    });
    // A lost network shows at once, before a request has failed; an answer takes it back.
    const lost = () => setConnected(false);
    window.addEventListener('offline', lost);
    stream.open();
    return () => {
      window.removeEventListener('offline', lost);
      stopRecord();
      refresher.stop();
      stopReset();
      stopWatching();
      stream.close();
    };
  }, [stream, queries]);
  const state = useMemo(() => ({ stream, connected }), [stream, connected]);
  return createElement(LiveContext.Provider, { value: state }, children);
}

function useLiveState(): LiveState {
  const state = useContext(LiveContext);
  if (!state) throw new Error('LiveProvider is missing above this component');
  return state;
}

/** False while the server can't be reached. */
export function useConnected(): boolean {
  return useLiveState().connected;
}

/** Calls back for each event of a type; the callback may change between renders. */
export function useLive<K extends keyof LiveEvents>(type: K, listener: Listener<K>): void {
  const { stream } = useLiveState();
  useEffect(() => stream.on(type, listener), [stream, type, listener]);
}

const presenceEvery = 20_000;

/** Tells others that this person looks at (or types on) a record, and who else does. */
export function usePresence(
  entity: string,
  id: string | null,
  typing: boolean,
): Presence['people'] {
  const { stream } = useLiveState();
  const [people, setPeople] = useState<Presence['people']>([]);
  useEffect(() => {
    setPeople([]);
    if (!id) return undefined;
    return stream.on('presence', (event) => {
      if (event && event.entity === entity && event.id === id) setPeople(event.people);
    });
  }, [stream, entity, id]);
  useEffect(() => {
    if (!id) return undefined;
    const say = (state: 'viewing' | 'typing' | 'left') =>
      void post('/presence', { entity, id, state }).catch(() => {}); // a hint only: the next beat repeats it
    say(typing ? 'typing' : 'viewing');
    const timer = setInterval(() => say(typing ? 'typing' : 'viewing'), presenceEvery);
    return () => clearInterval(timer);
  }, [entity, id, typing]);
  useEffect(() => {
    if (!id) return undefined;
    return () => void post('/presence', { entity, id, state: 'left' }).catch(() => {});
  }, [entity, id]);
  return people;
}
