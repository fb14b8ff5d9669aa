import { describe, expect, it } from 'vitest';
import { arrange } from '../today/arrange';
import { alreadySo, nextStep, otherSteps, progressOf, statusAfter } from './steps';
import type { Job, VisitStatus } from './types';

const onSite = { place: 'on_site' as const };
const bench = { place: 'bench' as const };

describe('the next step', () => {
  it('leads from accepting to completing', () => {
    const walk: string[] = [];
    let status: VisitStatus = 'assigned';
    for (let verb = nextStep(onSite, status); verb; verb = nextStep(onSite, status)) {
      walk.push(verb);
      status = statusAfter(status, [verb]);
    }
    expect(walk).toEqual(['accept', 'start_travel', 'arrive', 'complete']);
    expect(status).toBe('completed');
  });
  it('needs no travel at the bench', () => {
    expect(nextStep(bench, 'accepted')).toBe('arrive');
  });
  it('is none where nothing is owed', () => {
    for (const status of ['planned', 'completed', 'unfinished', 'refused', 'cancelled'] as const) {
      expect(nextStep(onSite, status)).toBeNull();
      expect(otherSteps(onSite, status)).toEqual([]);
    }
  });
  it('offers refusing only before setting off', () => {
    expect(otherSteps(onSite, 'assigned')).toEqual(['refuse']);
    expect(otherSteps(onSite, 'accepted')).toEqual(['arrive', 'end_unfinished', 'refuse']);
    expect(otherSteps(onSite, 'arrived')).toEqual(['end_unfinished']);
  });
});

describe('steps not yet sent', () => {
  it('count at once', () => {
    expect(statusAfter('assigned', ['accept', 'start_travel', 'arrive'])).toBe('arrived');
    expect(progressOf(statusAfter('assigned', ['accept']))).toBe(1);
  });
  it('that no longer fit change nothing', () => {
    expect(statusAfter('cancelled', ['accept', 'complete'])).toBe('cancelled');
    expect(statusAfter('completed', ['arrive'])).toBe('completed');
  });
});

describe('a step said twice', () => {
  it('is met where the visit stands there already, or further on', () => {
    expect(alreadySo('arrived', 'arrive')).toBe(true);
    expect(alreadySo('completed', 'accept')).toBe(true);
    expect(alreadySo('refused', 'refuse')).toBe(true);
    expect(alreadySo('travelling', 'arrive')).toBe(false);
  });
  it('is not met by another end of the visit', () => {
    expect(alreadySo('cancelled', 'arrive')).toBe(false);
    expect(alreadySo('unfinished', 'arrive')).toBe(false);
    expect(alreadySo('refused', 'accept')).toBe(false);
  });
  it('is never met for a report, which would be lost', () => {
    expect(alreadySo('completed', 'complete')).toBe(false);
    expect(alreadySo('unfinished', 'end_unfinished')).toBe(false);
  });
});

describe('the day', () => {
  const now = Date.parse('2026-11-21T04:00:00Z');
  const job = (number: string, status: VisitStatus, start: string | null, end: string | null) =>
    ({ number, status, window_start: start, window_end: end, ended_at: end }) as unknown as Job;
  it('puts what is under way first, then what is late, then the rest by time', () => {
    const day = arrange(
      [
        job('c', 'assigned', '2026-11-21T08:00:00Z', '2026-11-21T10:00:00Z'),
        job('b', 'accepted', '2026-11-21T05:00:00Z', '2026-11-21T06:00:00Z'),
        job('late2', 'assigned', '2026-11-21T01:00:00Z', '2026-11-21T03:00:00Z'),
        job('late1', 'accepted', '2026-11-20T01:00:00Z', '2026-11-20T03:00:00Z'),
        job('now', 'arrived', '2026-11-21T01:00:00Z', '2026-11-21T02:00:00Z'),
        job('no time', 'assigned', null, null),
        job('done', 'completed', '2026-11-21T00:00:00Z', '2026-11-21T01:00:00Z'),
        job('refused', 'refused', null, null),
      ],
      now,
    );
    const numbers = (jobs: Job[]) => jobs.map((one) => one.number);
    expect(numbers(day.active)).toEqual(['now']);
    expect(numbers(day.late)).toEqual(['late1', 'late2']);
    expect(numbers(day.coming)).toEqual(['b', 'c', 'no time']);
    expect(numbers(day.done)).toEqual(['done', 'refused']);
  });
});
