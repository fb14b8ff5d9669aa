// The outbox of the person who is signed in, for every page; tries again whenever there is hope.
import { get, OfflineError, post } from '@hougu/api/client';
import { useConnected } from '@hougu/api/live';
import { openStore, type Store } from '@hougu/api/persist';
import { useSession } from '@hougu/api/session';
import { uploadFile } from '@hougu/api/upload';
import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react';
import { showVisit } from '../job/use_job';
import { useSeen } from '../kept/use_seen';
import { ReportDrafts } from '../report/draft';
import { type Deed, Outbox, type OutboxState, type Transport } from './outbox';

const transport: Transport = {
  post: (path, body, key) => post(path, body, { idempotencyKey: key }),
  upload: (file, onProgress) => uploadFile(file, { onProgress }),
  visit: (id) => get(`/visit/${id}`),
};
const everyMs = 20_000;
const isVisit = ({ kind }: Deed) => kind !== 'reply' && kind !== 'note';

interface Kept {
  store: Store;
  outbox: Outbox;
  drafts: ReportDrafts;
}
const Context = createContext<Kept | null>(null);

export function OutboxProvider({ children }: { children: ReactNode }): ReactNode {
  const { info, remembered } = useSession();
  const queries = useQueryClient();
  const connected = useConnected();
  const person = info.user.id;
  const unconfirmed = useRef(remembered);
  unconfirmed.current = remembered;
  const kept = useMemo<Kept>(() => {
    const store = openStore(person);
    const outbox = new Outbox(store, {
      ...transport,
      // without a session that the server confirmed it would refuse what is merely early
      post: async (path, body, key) => {
        if (unconfirmed.current) throw new OfflineError();
        return await transport.post(path, body, key);
      },
    });
    return { store, outbox, drafts: new ReportDrafts(store, outbox.files) };
  }, [person]);

  useEffect(() => {
    const { outbox, drafts } = kept;
    outbox.onSent = (deed, record) => {
      if (isVisit(deed)) showVisit(queries, record);
      if (deed.kind === 'complete' || deed.kind === 'end_unfinished') {
        void drafts.remove(deed.visit);
      }
      void queries.invalidateQueries({ queryKey: ['records', 'visit'] });
      void queries.invalidateQueries({ queryKey: ['record', 'visit', deed.visit] });
      void queries.invalidateQueries({ queryKey: ['ticket_parts'] });
    };
    void outbox
      .load()
      .then(() => drafts.forgetOld())
      .then(() => outbox.run());
    const again = () => void outbox.run();
    const timer = setInterval(again, everyMs);
    window.addEventListener('online', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, [kept, queries]);

  // the line is back, or the person signed in again (a fresh session object)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new session is a reason to try
  useEffect(() => {
    if (connected) void kept.outbox.run();
  }, [connected, info, kept]);

  const ready = useSeen(kept.store);
  return <Context.Provider value={kept}>{ready && children}</Context.Provider>;
}

function useKept(): Kept {
  const kept = useContext(Context);
  if (!kept) throw new Error('OutboxProvider is missing above this component');
  return kept;
}

export const useOutbox = (): Outbox => useKept().outbox;
export const useDrafts = (): ReportDrafts => useKept().drafts;

export function useOutboxState(): OutboxState {
  const outbox = useOutbox();
  return useSyncExternalStore(outbox.subscribe, outbox.snapshot);
}
