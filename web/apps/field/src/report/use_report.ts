// One report in the making: loaded from the phone, written back while it is typed.
import { shrinkImage } from '@hougu/api/upload';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useDrafts } from '../outbox/provider';
import { photoLimit, type ReportDraft } from './draft';

const pauseMs = 300;

export interface ReportState {
  /** Null while it is read from the phone. */
  draft: ReportDraft | null;
  change: (part: Partial<ReportDraft>) => void;
  addPhotos: (files: File[]) => Promise<void>;
  removePhoto: (key: string) => void;
  sign: (signature: File | null) => Promise<void>;
  /** Writes at once what a pause in typing would have written. */
  flush: () => Promise<void>;
  /** True when the phone wouldn't keep it (storage full). */
  unkept: boolean;
}

export function useReport(visit: string): ReportState {
  const drafts = useDrafts();
  const [draft, setDraft] = useState<ReportDraft | null>(null);
  const [unkept, setUnkept] = useState(false);
  const latest = useRef<ReportDraft | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  useEffect(() => {
    let live = true;
    void drafts.load(visit).then((kept) => {
      if (!live) return;
      latest.current = kept;
      setDraft(kept);
    });
    return () => {
      live = false;
    };
  }, [drafts, visit]);

  const flush = useCallback(async () => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = null;
    if (!latest.current) return;
    await drafts.save(visit, latest.current).then(
      () => setUnkept(false),
      () => setUnkept(true),
    );
  }, [drafts, visit]);

  useEffect(() => {
    // a phone kills a hidden page without further word
    const hidden = () => {
      if (document.visibilityState === 'hidden' && timer.current) void flush();
    };
    document.addEventListener('visibilitychange', hidden);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      if (timer.current) void flush();
    };
  }, [flush]);

  const change = useCallback(
    (part: Partial<ReportDraft>) => {
      if (!latest.current) return;
      latest.current = { ...latest.current, ...part };
      setDraft(latest.current);
      // the first letter at once, the next ones together: a phone may go off any moment
      if (timer.current) clearTimeout(timer.current);
      else void flush();
      timer.current = setTimeout(() => void flush(), pauseMs);
    },
    [flush],
  );

  const addPhotos = useCallback(
    async (files: File[]) => {
      for (const file of files) {
        if ((latest.current?.photos.length ?? 0) >= photoLimit) return;
        const small = await shrinkImage(file);
        const key = await drafts.keepFile(small, small.name).catch(() => null);
        if (!key) {
          setUnkept(true);
          return;
        }
        change({ photos: [...(latest.current?.photos ?? []), { key, name: small.name }] });
      }
    },
    [drafts, change],
  );

  const removePhoto = useCallback(
    (key: string) => {
      change({ photos: (latest.current?.photos ?? []).filter((photo) => photo.key !== key) });
    },
    [change],
  );

  const sign = useCallback(
    async (signature: File | null) => {
      const key = signature ? await drafts.keepFile(signature, signature.name) : null;
      change({ signature: key });
      await flush();
    },
    [drafts, change, flush],
  );

  return { draft, change, addPhotos, removePhoto, sign, flush, unkept };
}
