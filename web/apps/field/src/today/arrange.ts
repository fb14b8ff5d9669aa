// The day's jobs in the order in which they matter: the one under way, the late ones, the coming
// ones by time, and, folded away, what is done.
import { isActive, isOpen } from '../job/steps';
import type { Job } from '../job/types';

export interface Day {
  active: Job[];
  late: Job[];
  coming: Job[];
  done: Job[];
}

const startOf = (job: Job) => job.window_start ?? job.window_end ?? '9999';
const byTime = (a: Job, b: Job) =>
  startOf(a).localeCompare(startOf(b)) || a.number.localeCompare(b.number);

export function isLate(job: Job, now: number): boolean {
  const end = job.window_end ?? job.window_start;
  return isOpen(job.status) && !isActive(job.status) && end !== null && Date.parse(end) < now;
}

export function arrange(jobs: Job[], now: number): Day {
  const open = jobs.filter((job) => isOpen(job.status)).sort(byTime);
  return {
    active: open.filter((job) => isActive(job.status)),
    late: open.filter((job) => isLate(job, now)),
    coming: open.filter((job) => !isActive(job.status) && !isLate(job, now)),
    done: jobs
      .filter((job) => !isOpen(job.status))
      .sort((a, b) => (b.ended_at ?? '').localeCompare(a.ended_at ?? '')),
  };
}
