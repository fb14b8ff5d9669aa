// The state of one report: its draft, its pictures, its errors and its sending.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { reportReachable } from '../api/connection';
import { waitBefore } from '../api/loading';
import { type PortalInfo, type Receipt, sendReport } from '../api/portal';
import type { RequestError } from '../api/request';
import { uploadPhoto } from '../api/upload';
import { historyState } from '../app/router';
import { prepare } from '../photos/downscale';
import { usePhotos } from '../photos/photo_field';
import { isBusy, PhotoQueue, sentPhotos } from '../photos/photo_queue';
import { useText } from '../text/text';
import { browserStorage, DraftStore, type ReportDraft } from './draft';
import { wishText } from './preferred_time';
import {
  bodyOf,
  checkContact,
  checkProblem,
  mendedBy,
  type ReportField,
  type Setting,
  stepOf,
} from './rules';
import { submit } from './submission';

export const photoLimit = 9;
export type Errors = Partial<Record<ReportField, string>>;
const fieldNames: Record<string, ReportField> = {
  service_type: 'service_type',
  fault_category: 'description',
  description: 'description',
  photos: 'photos',
  serial_number: 'serial_number',
  contact_name: 'contact_name',
  contact_phone: 'contact_phone',
  address: 'address',
  preferred_time: 'preferred_time',
};

export function errorsByField(error: RequestError): Errors {
  const errors: Errors = {};
  for (const fault of error.fields) {
    const field = fieldNames[fault.field.split('.')[0] ?? ''];
    if (field) errors[field] ??= fault.message;
  }
  return errors;
}

function without(errors: Errors, fields: ReportField[]): Errors {
  const rest = { ...errors };
  for (const field of fields) delete rest[field];
  return rest;
}

export function useReport(setting: Setting, info: PortalInfo, onSent: (receipt: Receipt) => void) {
  const { t, locale } = useText();
  const { token } = setting;
  const store = useMemo(() => new DraftStore(browserStorage(), token ?? ''), [token]);
  const [draft, setDraft] = useState<ReportDraft>(() => store.load());
  const [queue] = useState(
    () =>
      new PhotoQueue(
        {
          prepare,
          send: (blob, name, key, onProgress, signal) =>
            uploadPhoto(blob, name, { locale, key, onProgress, signal }),
        },
        draft.photos,
        photoLimit,
      ),
  );
  const photos = usePhotos(queue);
  const [errors, setErrors] = useState<Errors>({});
  // counts the times that errors were marked: then the eye goes to the first
  const [marked, setMarked] = useState(0);
  const [refusal, setRefusal] = useState<RequestError | null>(null);
  const [sending, setSending] = useState(false);
  // an attempt, of now or of before a reload, ended without an answer
  const [lost, setLost] = useState(draft.pending?.unanswered === true);
  const latest = useRef(draft);
  // sent was pressed while pictures are still on their way: it goes by itself when they have arrived
  const [awaiting, setAwaiting] = useState(false);
  const busy = useRef(false);
  const attempts = useRef(0);

  const change = useCallback(
    (part: Partial<ReportDraft>) => {
      latest.current = { ...latest.current, ...part };
      store.save(latest.current);
      setDraft(latest.current);
    },
    [store],
  );

  useEffect(() => {
    const sent = sentPhotos(photos);
    setErrors((now) => (now.photos ? without(now, ['photos']) : now));
    const ids = (list: { id: string }[]) => list.map(({ id }) => id).join();
    if (ids(sent) !== ids(latest.current.photos)) change({ photos: sent });
  }, [photos, change]);

  const edit = useCallback(
    (part: Partial<ReportDraft>) => {
      setErrors((now) => without(now, mendedBy(part)));
      setAwaiting(false);
      setRefusal(null);
      change(part);
    },
    [change],
  );

  const send = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    setSending(true);
    setRefusal(null);
    const current = latest.current;
    const body = bodyOf(
      current,
      setting,
      queue.snapshot(),
      info,
      wishText(current.wish, locale, t),
      t,
    );
    const outcome = await submit(
      (sent, key) => sendReport(sent, key, locale),
      { pending: () => latest.current.pending, keep: (pending) => change({ pending }) },
      body,
    );
    busy.current = false;
    setSending(false);
    reportReachable(outcome.kind !== 'unknown');
    setLost(outcome.kind === 'unknown');
    if (outcome.kind === 'sent') {
      store.clear();
      onSent(outcome.receipt);
    } else if (outcome.kind === 'refused') {
      const found = errorsByField(outcome.error);
      setErrors(found);
      setMarked((n) => n + 1);
      setRefusal(outcome.error);
      const fields = Object.keys(found) as ReportField[];
      if (fields.some((field) => stepOf(field) === 1)) change({ step: 1 });
    } else {
      attempts.current++;
    }
  }, [setting, info, queue, locale, t, change, store, onSent]);

  // It is settled before anything else can be sent.
  useEffect(() => {
    if (!lost || sending) return;
    const again = () => void send();
    const timer = setTimeout(again, attempts.current === 0 ? 0 : waitBefore(attempts.current - 1));
    window.addEventListener('online', again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', again);
    };
  }, [lost, sending, send]);

  const mark = (faults: ReturnType<typeof checkContact>) => {
    const found: Errors = {};
    for (const [field, key] of Object.entries(faults)) found[field as ReportField] = t(key);
    setErrors(found);
    setMarked((n) => n + 1);
    return Object.keys(found).length === 0;
  };
  const toContact = () => {
    if (!mark(checkProblem(draft, setting))) return;
    // the phone's own way back leads to the first step, too
    window.history.pushState({ step: 2 }, '');
    change({ step: 2 });
  };
  const finish = () => {
    const problem = checkProblem(draft, setting);
    if (Object.keys(problem).length > 0) {
      mark(problem);
      change({ step: 1 });
    } else if (mark(checkContact(draft, setting))) {
      if (isBusy(photos)) setAwaiting(true);
      else void send();
    }
  };
  useEffect(() => {
    if (!awaiting || isBusy(photos)) return;
    setAwaiting(false);
    // what did not arrive is for the customer to decide about
    if (photos.every(({ state }) => state === 'sent')) void send();
  }, [awaiting, photos, send]);

  useEffect(() => {
    const moved = (event: PopStateEvent) => change({ step: event.state?.step === 2 ? 2 : 1 });
    window.addEventListener('popstate', moved);
    return () => window.removeEventListener('popstate', moved);
  }, [change]);
  const back = () => {
    if (historyState().step === 2) window.history.back();
    else change({ step: 1 });
  };
  return {
    draft,
    edit,
    queue,
    photos,
    errors,
    marked,
    awaiting,
    refusal,
    sending,
    unsettled: lost,
    retry: send,
    toContact,
    finish,
    back,
  };
}
