import type { Unit, UnitKind } from '@hougu/api/types';
import { describe, expect, it } from 'vitest';
import { mayMove, pathTo, unitOptions, unitTree, withBelow } from './unit_tree';

function unit(id: string, kind: UnitKind, parent: string | null, archived = false): Unit {
  return { id, name: id, kind, parent, code: null, phone: null, address: null, archived };
}

const units = [
  unit('team 10', 'team', 'service'),
  unit('team 2', 'team', 'service'),
  unit('service', 'department', 'company'),
  unit('shanghai', 'outlet', 'company', true),
  unit('company', 'company', null),
];

describe('the tree of units', () => {
  it('stands by kind, then by name with numbers in order', () => {
    const [company] = unitTree(units);
    expect(company?.children.map((node) => node.unit.id)).toEqual(['service', 'shanghai']);
    expect(company?.children[0]?.children.map((node) => node.unit.id)).toEqual([
      'team 2',
      'team 10',
    ]);
  });

  it('puts a unit without its parent at the top', () => {
    expect(unitTree([unit('lost', 'team', 'gone')]).map((node) => node.unit.id)).toEqual(['lost']);
  });

  it('finds what lies below, and the way down', () => {
    expect([...withBelow(units, 'service')].sort()).toEqual(['service', 'team 10', 'team 2']);
    expect(pathTo(units, 'team 2').map((step) => step.id)).toEqual([
      'company',
      'service',
      'team 2',
    ]);
  });

  it('lets nothing move below itself or to where it is', () => {
    expect(mayMove(units, 'service', 'team 2')).toBe(false);
    expect(mayMove(units, 'service', 'service')).toBe(false);
    expect(mayMove(units, 'service', 'company')).toBe(false);
    expect(mayMove(units, 'service', 'shanghai')).toBe(true);
    expect(mayMove(units, 'team 2', null)).toBe(true);
  });

  it('offers archived units only where they are chosen already', () => {
    const titles = (options = {}) =>
      (unitOptions(units, options)[0]?.children ?? []).map((option) => option.title);
    expect(titles()).toEqual(['service']);
    expect(titles({ keep: ['shanghai'] })).toEqual(['service', 'shanghai']);
  });
});
