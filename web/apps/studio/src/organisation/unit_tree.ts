// The tree of units made from the flat list.
import type { Unit, UnitKind } from '@hougu/api/types';

export interface UnitNode {
  unit: Unit;
  children: UnitNode[];
}

export const unitKinds: readonly UnitKind[] = ['company', 'department', 'outlet', 'team'];

export function parentId(unit: Unit): string | null {
  return typeof unit.parent === 'string' ? unit.parent : (unit.parent?.id ?? null);
}

/** Ordered by kind, then by name. A unit whose parent isn't among them stands at the top. */
export function unitTree(units: readonly Unit[]): UnitNode[] {
  const nodes = new Map(units.map((unit) => [unit.id, { unit, children: [] as UnitNode[] }]));
  const roots: UnitNode[] = [];
  for (const node of nodes.values()) {
    const parent = nodes.get(parentId(node.unit) ?? '');
    (parent?.children ?? roots).push(node);
  }
  const compare = new Intl.Collator('zh-CN', { numeric: true }).compare;
  const order = (list: UnitNode[]) => {
    list.sort(
      (a, b) =>
        unitKinds.indexOf(a.unit.kind) - unitKinds.indexOf(b.unit.kind) ||
        compare(a.unit.name, b.unit.name),
    );
    for (const node of list) order(node.children);
  };
  order(roots);
  return roots;
}

/** The unit and everything below it. */
export function withBelow(units: readonly Unit[], id: string): Set<string> {
  const found = new Set([id]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const unit of units) if (found.has(parentId(unit) ?? '')) found.add(unit.id);
  }
  return found;
}

/** From the top down to the unit itself. */
export function pathTo(units: readonly Unit[], id: string): Unit[] {
  const path: Unit[] = [];
  let unit = units.find((candidate) => candidate.id === id);
  while (unit && !path.includes(unit)) {
    path.unshift(unit);
    const above = parentId(unit);
    unit = units.find((candidate) => candidate.id === above);
  }
  return path;
}

/** A unit can't stand below itself; moving it to where it is says nothing new. */
export function mayMove(units: readonly Unit[], id: string, to: string | null): boolean {
  const unit = units.find((candidate) => candidate.id === id);
  if (!unit || parentId(unit) === to) return false;
  return to === null || !withBelow(units, id).has(to);
}

/** What one would most likely add below a unit. */
export function likelyKind(parent: Unit | undefined): UnitKind {
  if (!parent) return 'company';
  return parent.kind === 'company' ? 'department' : 'team';
}

export interface UnitOption {
  value: string;
  title: string;
  disabled?: boolean;
  children: UnitOption[];
}

/** For TreeSelect. Archived units are left out unless chosen. */
export function unitOptions(
  units: readonly Unit[],
  options: { keep?: readonly string[]; disabled?: ReadonlySet<string> } = {},
): UnitOption[] {
  const shown = units.filter((unit) => !unit.archived || options.keep?.includes(unit.id));
  const convert = (nodes: UnitNode[]): UnitOption[] =>
    nodes.map(({ unit, children }) => ({
      value: unit.id,
      title: unit.name,
      ...(options.disabled?.has(unit.id) && { disabled: true }),
      children: convert(children),
    }));
  return convert(unitTree(shown));
}
