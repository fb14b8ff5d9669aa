// A kept file as an address that <img> can show, and its way to the server.
import { useEffect, useState } from 'react';
import { isRefusal } from '../outbox/outbox';
import { useOutbox } from '../outbox/provider';

export function useKeptUrl(key: string | null): string | null {
  const { files } = useOutbox();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!key) {
      setUrl(null);
      return undefined;
    }
    let made: string | null = null;
    let live = true;
    void files.blob(key).then((blob) => {
      if (!live || !blob) return;
      made = URL.createObjectURL(blob);
      setUrl(made);
    });
    return () => {
      live = false;
      if (made) URL.revokeObjectURL(made);
    };
  }, [files, key]);
  return url;
}

/** `failed` goes later by itself; `refused` never will. */
export type Sending = {
  state: 'waiting' | 'sending' | 'sent' | 'failed' | 'refused';
  share: number;
};

/** Sends the pictures ahead, one after the other, while the rest is being typed. */
export function useSendAhead(keys: string[]): Record<string, Sending> {
  const outbox = useOutbox();
  const [states, setStates] = useState<Record<string, Sending>>({});
  const wanted = keys.join();
  useEffect(() => {
    let live = true;
    const set = (key: string, sending: Sending) => {
      if (live) setStates((all) => ({ ...all, [key]: sending }));
    };
    const all = async () => {
      for (const key of wanted.split(',').filter(Boolean)) {
        if (!live) return;
        set(key, { state: 'sending', share: 0 });
        try {
          await outbox.sendFile(key, (share) => set(key, { state: 'sending', share }));
          set(key, { state: 'sent', share: 1 });
        } catch (error) {
          set(key, { state: isRefusal(error) ? 'refused' : 'failed', share: 0 });
        }
      }
    };
    void all();
    window.addEventListener('online', all);
    return () => {
      live = false;
      window.removeEventListener('online', all);
    };
  }, [outbox, wanted]);
  return states;
}
