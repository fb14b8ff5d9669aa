import type { Unit } from '@hougu/api/types';
import { describe, expect, it } from 'vitest';
import { startSteps } from './steps';

const unit = (kind: Unit['kind'], archived = false): Unit => ({
  id: kind,
  name: kind,
  kind,
  parent: null,
  code: null,
  phone: null,
  address: null,
  archived,
});

const states = (facts: Parameters<typeof startSteps>[0]) => startSteps(facts).map((s) => s.state);

describe('what to do first', () => {
  it('begins with the organisation: the company alone is none', () => {
    const facts = { units: [unit('company'), unit('team', true)], people: 1 };
    expect(states({ ...facts, products: 0, devices: 0, printed: false })).toEqual([
      'next',
      'later',
      'later',
      'later',
      'later',
    ]);
  });

  it('goes on with the first that is open, whatever was done before its turn', () => {
    const facts = { units: [unit('company'), unit('team')], people: 1, products: 4, devices: 0 };
    expect(states({ ...facts, printed: false })).toEqual([
      'done',
      'next',
      'done',
      'later',
      'later',
    ]);
  });

  it('says nothing about what it does not know', () => {
    const facts = { units: undefined, people: undefined, products: 2, devices: 9 };
    expect(states({ ...facts, printed: true })).toEqual([
      'unknown',
      'unknown',
      'done',
      'done',
      'done',
    ]);
  });
});
