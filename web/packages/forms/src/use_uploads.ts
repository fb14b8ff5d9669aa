// Files on their way to the server: each with its progress, its fault and a way to try again.
import { errorText } from '@hougu/api/client';
import type { FileRef } from '@hougu/api/types';
import { shrinkImage, uploadFile } from '@hougu/api/upload';
import { useCallback, useEffect, useRef, useState } from 'react';

export interface Uploading {
  key: string;
  file: File;
  /** 0…1 */
  share: number;
  problem: string | null;
}

export interface Uploads {
  uploading: Uploading[];
  add: (files: Iterable<File>) => void;
  retry: (key: string) => void;
  remove: (key: string) => void;
}

let counter = 0;

/** `onDone` gets each file once the server has it. Pictures are made smaller first when asked. */
export function useUploads(onDone: (file: FileRef) => void, shrink = false): Uploads {
  const [uploading, setUploading] = useState<Uploading[]>([]);
  const running = useRef(new Map<string, AbortController>());
  const done = useRef(onDone);
  done.current = onDone;

  const change = useCallback((key: string, part: Partial<Uploading>) => {
    setUploading((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  }, []);
  const drop = useCallback((key: string) => {
    setUploading((all) => all.filter((one) => one.key !== key));
  }, []);

  const start = useCallback(
    async (key: string, file: File) => {
      const abort = new AbortController();
      running.current.set(key, abort);
      try {
        const ready = shrink ? await shrinkImage(file) : file;
        const onProgress = (share: number) => change(key, { share });
        const stored = await uploadFile(ready, { signal: abort.signal, onProgress });
        drop(key);
        done.current(stored);
      } catch (error) {
        if (!abort.signal.aborted) change(key, { problem: errorText(error) });
      } finally {
        running.current.delete(key);
      }
    },
    [change, drop, shrink],
  );

  const add = useCallback(
    (files: Iterable<File>) => {
      for (const file of files) {
        counter += 1;
        const key = `upload-${counter}`;
        setUploading((all) => [...all, { key, file, share: 0, problem: null }]);
        void start(key, file);
      }
    },
    [start],
  );

  const retry = useCallback(
    (key: string) => {
      const one = uploading.find((candidate) => candidate.key === key);
      if (!one) return;
      change(key, { problem: null, share: 0 });
      void start(key, one.file);
    },
    [uploading, change, start],
  );

  const remove = useCallback(
    (key: string) => {
      running.current.get(key)?.abort();
      drop(key);
    },
    [drop],
  );

  useEffect(() => {
    const all = running.current;
    return () => {
      for (const abort of all.values()) abort.abort();
    };
  }, []);

  return { uploading, add, retry, remove };
}

/** Files that were pasted; none when only text was. */
export function pastedFiles(event: { clipboardData: DataTransfer | null }): File[] {
  return [...(event.clipboardData?.files ?? [])];
}
