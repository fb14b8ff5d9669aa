// Sending a report so that it makes one ticket, whatever the line does. The key and the very body are
// written down before the first attempt. While it isn't known whether an attempt arrived, that same
// body with that same key is sent again, also after a reload, before anything else may be sent.
import type { Receipt, ReportBody } from '../api/portal';
import { newKey, RequestError } from '../api/request';
import type { Pending } from './draft';

export type Outcome =
  | { kind: 'sent'; receipt: Receipt }
  | { kind: 'refused'; error: RequestError }
  | { kind: 'unknown'; pending: Pending };

export interface SubmissionStore {
  pending: () => Pending | null;
  keep: (pending: Pending | null) => void;
}

const sameBody = (a: ReportBody, b: ReportBody) => JSON.stringify(a) === JSON.stringify(b);

export async function submit(
  post: (body: ReportBody, key: string) => Promise<Receipt>,
  store: SubmissionStore,
  body: ReportBody,
  now: () => number = Date.now,
): Promise<Outcome> {
  const before = store.pending();
  // an unsettled attempt comes first; a settled one lends its key to the same body only
  const pending: Pending =
    before && (before.unanswered || sameBody(before.body, body))
      ? before
      : { key: newKey(), body, since: now(), unanswered: false };
  // a page killed while the answer is on its way must not forget that it asked
  const asked = { ...pending, unanswered: true };
  store.keep(asked);
  try {
    const receipt = await post(pending.body, pending.key);
    store.keep(null);
    return { kind: 'sent', receipt };
  } catch (reason) {
    const error = reason instanceof RequestError ? reason : new RequestError(0, 'network', '');
    if (error.unanswered) return { kind: 'unknown', pending: asked };
    // refused: nothing was made. A corrected body gets a key of its own, the same body keeps this one.
    store.keep(error.code === 'idempotency.reused' ? null : { ...pending, unanswered: false });
    return { kind: 'refused', error };
  }
}
