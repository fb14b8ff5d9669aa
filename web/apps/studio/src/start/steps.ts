// What to do first, and how far it is.
import type { SystemRight, Unit } from '@hougu/api/types';

export interface Facts {
  units: Unit[] | undefined;
  /** Active people; undefined: not known yet, or not for this person. */
  people: number | undefined;
  /** There are more people than were counted. */
  morePeople?: boolean;
  products: number | undefined;
  devices: number | undefined;
  printed: boolean;
}

export type StepKey = 'organisation' | 'users' | 'products' | 'devices' | 'labels';
export type StepState = 'done' | 'next' | 'later' | 'unknown';

export interface Step {
  key: StepKey;
  state: StepState;
  /** Where it is done. */
  to: string;
  right: SystemRight | null;
  /** How many there are; null where there is nothing to count. */
  count: number | null;
  /** There are more than counted. */
  atLeast?: boolean;
}

/** Done steps, the first that isn't (what to do next), and those after it. */
export function startSteps(facts: Facts): Step[] {
  const units = facts.units?.filter((unit) => !unit.archived && unit.kind !== 'company').length;
  const steps: (Omit<Step, 'state'> & { done: boolean | undefined })[] = [
    {
      key: 'organisation',
      to: '/organisation',
      right: 'users.manage',
      count: units ?? null,
      done: units === undefined ? undefined : units > 0,
    },
    {
      key: 'users',
      to: '/users',
      right: 'users.manage',
      count: facts.people ?? null,
      ...(facts.morePeople && { atLeast: true }),
      // The first one is whoever set this up.
      done: facts.people === undefined ? undefined : facts.people > 1,
    },
    {
      key: 'products',
      to: '/import?entity=product',
      right: 'import.run',
      count: facts.products ?? null,
      done: facts.products === undefined ? undefined : facts.products > 0,
    },
    {
      key: 'devices',
      to: '/import?entity=asset',
      right: 'import.run',
      count: facts.devices ?? null,
      done: facts.devices === undefined ? undefined : facts.devices > 0,
    },
    { key: 'labels', to: '/labels', right: null, count: null, done: facts.printed },
  ];
  const next = steps.findIndex((step) => step.done === false);
  return steps.map(({ done, ...step }, at) => ({
    ...step,
    state: done === undefined ? 'unknown' : done ? 'done' : at === next ? 'next' : 'later',
  }));
}
