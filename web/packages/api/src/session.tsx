// Who is signed in: SessionProvider shows its children only to somebody who may use this face.
import { chosenLocale, setLocale } from '@hougu/i18n';
import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { ApiError, del, get, OfflineError, put, setCsrfToken, watchRequests } from './client';
import { SignInAgain, SignInPage } from './sign_in';
import { NewPasswordPage, StartProblem, WrongFace } from './sign_in_states';
import type { Face, Json, Preferences, SessionInfo, SystemRight } from './types';

export interface Session {
  info: SessionInfo;
  /** True while `info` comes from the machine's memory and no server has confirmed it: reading only. */
  remembered: boolean;
  /** Whether the person has a system right (administrators have every one). */
  has: (right: SystemRight) => boolean;
  /** Free settings that follow the person to other machines. */
  preferences: Preferences;
  setPreference: (name: string, value: Json) => void;
  signOut: () => Promise<void>;
  /** Asks the server anew: after the organisation or the person's own data changed. */
  refresh: () => Promise<void>;
}

const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('SessionProvider is missing above this component');
  return session;
}

/** One preference with its default, and the way to set it. */
export function usePreference<T extends Json>(name: string, otherwise: T): [T, (value: T) => void] {
  const { preferences, setPreference } = useSession();
  const value = (preferences[name] as T | undefined) ?? otherwise;
  return [value, useCallback((next: T) => setPreference(name, next), [setPreference, name])];
}

type State =
  | { at: 'loading' }
  | { at: 'problem'; error: unknown }
  | { at: 'signed_out' }
  | { at: 'signed_in'; info: SessionInfo; expired: boolean; remembered: boolean };

/** Where a face that opens without a network keeps who was signed in last. */
export interface SessionMemory {
  read: () => SessionInfo | null;
  /** Gets no CSRF token. */
  keep: (info: SessionInfo) => void;
  /** Wipes it and what else was kept for that person: signed out here, or by the server. */
  forget: () => Promise<void>;
}

// A line that is there but carries nothing must not hold up whoever is remembered.
const patienceMs = 3_000;
const againMs = 15_000;

export interface SessionProviderProps {
  face: Face;
  children: ReactNode;
  memory?: SessionMemory | undefined;
  /** Called with each fresh session: the app takes the accent colour and the theme from it. */
  onSession?: (info: SessionInfo) => void;
}

export function SessionProvider({
  face,
  children,
  memory,
  onSession,
}: SessionProviderProps): ReactNode {
  const queries = useQueryClient();
  const [state, setState] = useState<State>({ at: 'loading' });
  const person = useRef<string | null>(null);
  const told = useRef(onSession);
  told.current = onSession;

  const show = useCallback(
    (info: SessionInfo, remembered: boolean) => {
      // Another person's data must not stay on the screen.
      if (person.current && person.current !== info.user.id) queries.clear();
      person.current = info.user.id;
      // What was chosen in the menu follows the person; what was chosen here counts before the default
      // that an administrator gave them.
      const wanted = info.preferences?.locale ?? chosenLocale() ?? info.user.locale;
      if (wanted) void setLocale(wanted, false);
      told.current?.(info);
      setState({ at: 'signed_in', info, expired: false, remembered });
    },
    [queries],
  );
  const accept = useCallback(
    (info: SessionInfo) => {
      setCsrfToken(info.csrf_token);
      memory?.keep({ ...info, csrf_token: '' });
      show(info, false);
    },
    [memory, show],
  );
  const recall = useCallback((): boolean => {
    const info = person.current === null ? (memory?.read() ?? null) : null;
    if (info) show(info, true);
    return info !== null;
  }, [memory, show]);

  const refresh = useCallback(async () => {
    const slow = setTimeout(recall, patienceMs);
    try {
      accept(await get<SessionInfo>('/session'));
    } catch (error) {
      clearTimeout(slow);
      if (error instanceof ApiError && error.status === 401) {
        person.current = null;
        queries.clear();
        await memory?.forget();
        setState({ at: 'signed_out' });
      } else if (!(error instanceof OfflineError && recall())) {
        setState((now) => (now.at === 'signed_in' ? now : { at: 'problem', error }));
      }
    } finally {
      clearTimeout(slow);
    }
  }, [accept, recall, memory, queries]);

  useEffect(() => {
    void refresh();
    return watchRequests((status) => {
      if (status !== 'signed_out') return;
      setState((now) => (now.at === 'signed_in' ? { ...now, expired: true } : now));
    });
  }, [refresh]);

  const remembered = state.at === 'signed_in' && state.remembered;
  useEffect(() => {
    if (!remembered) return undefined;
    const again = () => void refresh();
    const timer = setInterval(again, againMs);
    window.addEventListener('online', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, [remembered, refresh]);

  const signOut = useCallback(async () => {
    await del('/session');
    setCsrfToken(null);
    if (memory) {
      // nothing that is still on its way may be kept after the wiping
      await queries.cancelQueries();
      await memory.forget();
    }
    person.current = null;
    queries.clear();
    setState({ at: 'signed_out' });
  }, [queries, memory]);

  if (state.at === 'loading') return null;
  if (state.at === 'problem') return <StartProblem error={state.error} onRetry={refresh} />;
  if (state.at === 'signed_out') return <SignInPage onSignedIn={accept} />;
  const { info, expired } = state;
  if (info.user.must_change_password) return <NewPasswordPage onChanged={refresh} />;
  if (!info.faces.includes(face)) return <WrongFace info={info} onSignOut={signOut} />;
  return (
    <SignedIn info={info} remembered={remembered} signOut={signOut} refresh={refresh}>
      {children}
      {expired && <SignInAgain login={info.user.login} onSignedIn={accept} />}
    </SignedIn>
  );
}

interface SignedInProps {
  info: SessionInfo;
  remembered: boolean;
  signOut: () => Promise<void>;
  refresh: () => Promise<void>;
  children: ReactNode;
}

function SignedIn({ info, remembered, signOut, refresh, children }: SignedInProps): ReactNode {
  const [preferences, setPreferences] = useState<Preferences>(info.preferences ?? {});
  const latest = useRef(preferences);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const setPreference = useCallback((name: string, value: Json) => {
    latest.current = { ...latest.current, [name]: value };
    setPreferences(latest.current);
    // Dragging a splitter sets a preference many times a second; the server hears the last one.
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      void put('/session/preferences', latest.current).catch(() => {}); // kept on this page; tried at the next change
    }, 600);
  }, []);

  const session = useMemo<Session>(
    () => ({
      info,
      remembered,
      has: (right) => info.system.includes(right) || info.roles.includes('administrator'),
      preferences,
      setPreference,
      signOut,
      refresh,
    }),
    [info, remembered, preferences, setPreference, signOut, refresh],
  );
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}
