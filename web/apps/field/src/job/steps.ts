// The engineer's steps through one visit, as docs/api.md has them: which one comes next, which others
// are open, and what a step that is not yet sent makes of the visit.
import type { Job, VisitStatus } from './types';

export type Verb = 'accept' | 'refuse' | 'start_travel' | 'arrive' | 'complete' | 'end_unfinished';

const after: Record<Verb, { from: VisitStatus[]; to: VisitStatus }> = {
  accept: { from: ['assigned'], to: 'accepted' },
  refuse: { from: ['assigned', 'accepted'], to: 'refused' },
  start_travel: { from: ['accepted'], to: 'travelling' },
  arrive: { from: ['accepted', 'travelling'], to: 'arrived' },
  complete: { from: ['arrived'], to: 'completed' },
  end_unfinished: { from: ['arrived', 'travelling', 'accepted'], to: 'unfinished' },
};

const order: VisitStatus[] = ['assigned', 'accepted', 'travelling', 'arrived'];
const walked: VisitStatus[] = [...order, 'completed'];

export const allowed = (status: VisitStatus, verb: Verb) => after[verb].from.includes(status);

/** Unsent steps upon what the server last said; one that no longer fits changes nothing. */
export function statusAfter(status: VisitStatus, unsent: Verb[]): VisitStatus {
  return unsent.reduce((now, verb) => (allowed(now, verb) ? after[verb].to : now), status);
}

/**
 * Whether a visit in this state already is what the verb wanted, or further: saying it again is then no
 * error. Never for the two that carry a report: nobody's words may vanish.
 */
export function alreadySo(status: VisitStatus, verb: Verb): boolean {
  const { to } = after[verb];
  if (verb === 'complete' || verb === 'end_unfinished') return false;
  if (verb === 'refuse') return status === to;
  return walked.indexOf(status) >= walked.indexOf(to);
}

/** The one big action. Work at the bench or by telephone needs no travel. */
export function nextStep(job: Pick<Job, 'place'>, status: VisitStatus): Verb | null {
  switch (status) {
    case 'assigned':
      return 'accept';
    case 'accepted':
      return job.place === 'on_site' ? 'start_travel' : 'arrive';
    case 'travelling':
      return 'arrive';
    case 'arrived':
      return 'complete';
    default:
      return null;
  }
}

/** What else may be done now, behind the big action. */
export function otherSteps(job: Pick<Job, 'place'>, status: VisitStatus): Verb[] {
  const next = nextStep(job, status);
  const verbs: Verb[] = ['arrive', 'end_unfinished', 'refuse'];
  return verbs.filter((verb) => verb !== next && allowed(status, verb));
}

/** How far a visit is, for the bar of four steps: 0 … 4. */
export function progressOf(status: VisitStatus): number {
  if (status === 'completed') return 4;
  return Math.max(0, order.indexOf(status));
}

export const isOpen = (status: VisitStatus) => order.includes(status) || status === 'planned';
export const isActive = (status: VisitStatus) => status === 'travelling' || status === 'arrived';
