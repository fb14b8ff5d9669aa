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
import { ApiError, del, get, put, setCsrfToken, watchRequests } from './client';
import { SignInAgain, SignInPage } from './sign_in';
import { NewPasswordPage, StartProblem, WrongFace } from './sign_in_states';
import type { Face, Json, Preferences, SessionInfo, SystemRight } from './types';

export interface Session {
  info: SessionInfo;
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
  | { at: 'signed_in'; info: SessionInfo; expired: boolean };

export interface SessionProviderProps {
  face: Face;
  children: ReactNode;
  /** Called with each fresh session: the app takes the accent colour and the theme from it. */
  onSession?: (info: SessionInfo) => void;
}

export function SessionProvider({ face, children, onSession }: SessionProviderProps): ReactNode {
  const queries = useQueryClient();
  const [state, setState] = useState<State>({ at: 'loading' });
  const person = useRef<string | null>(null);
  const told = useRef(onSession);
  told.current = onSession;

  const accept = useCallback(
    (info: SessionInfo) => {
      setCsrfToken(info.csrf_token);
      // Another person's data must not stay on the screen.
      if (person.current && person.current !== info.user.id) queries.clear();
      person.current = info.user.id;
      // What was chosen in the menu follows the person; what was chosen here counts before the default
      // that an administrator gave them.
      const wanted = info.preferences?.locale ?? chosenLocale() ?? info.user.locale;
      if (wanted) void setLocale(wanted, false);
      told.current?.(info);
      setState({ at: 'signed_in', info, expired: false });
    },
    [queries],
  );

  const refresh = useCallback(async () => {
    try {
      accept(await get<SessionInfo>('/session'));
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) setState({ at: 'signed_out' });
      else setState((now) => (now.at === 'signed_in' ? now : { at: 'problem', error }));
    }
  }, [accept]);

  useEffect(() => {
    void refresh();
    return watchRequests((status) => {
      if (status !== 'signed_out') return;
      setState((now) => (now.at === 'signed_in' ? { ...now, expired: true } : now));
    });
  }, [refresh]);

  const signOut = useCallback(async () => {
    await del('/session');
    setCsrfToken(null);
    person.current = null;
    queries.clear();
    setState({ at: 'signed_out' });
  }, [queries]);

  if (state.at === 'loading') return null;
  if (state.at === 'problem') return <StartProblem error={state.error} onRetry={refresh} />;
  if (state.at === 'signed_out') return <SignInPage onSignedIn={accept} />;
  const { info, expired } = state;
  if (info.user.must_change_password) return <NewPasswordPage onChanged={refresh} />;
  if (!info.faces.includes(face)) return <WrongFace info={info} onSignOut={signOut} />;
  return (
    <SignedIn info={info} signOut={signOut} refresh={refresh}>
      {children}
      {expired && <SignInAgain login={info.user.login} onSignedIn={accept} />}
    </SignedIn>
  );
}

interface SignedInProps {
  info: SessionInfo;
  signOut: () => Promise<void>;
  refresh: () => Promise<void>;
  children: ReactNode;
}

function SignedIn({ info, signOut, refresh, children }: SignedInProps): ReactNode {
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
      has: (right) => info.system.includes(right) || info.roles.includes('administrator'),
      preferences,
      setPreference,
      signOut,
      refresh,
    }),
    [info, preferences, setPreference, signOut, refresh],
  );
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}
