// The tree of divisions (GB/T 2260) as people know it: levels that exist only on paper are hidden.
import type { Division } from '@hougu/api/types';
import words from './address_words.json';

const hidden = new Set<string>(words.hidden);

/** Puts the children of levels on paper (such as a city's "districts") one level up; codes stay. */
export function visibleDivisions(divisions: Division[]): Division[] {
  return divisions.flatMap((division) => {
    if (hidden.has(division.name)) return visibleDivisions(division.children ?? []);
    if (!division.children || division.children.length === 0) {
      return [{ code: division.code, name: division.name }];
    }
    return [{ ...division, children: visibleDivisions(division.children) }];
  });
}

/** The way from the province down to a code; empty when the tree lacks it. */
export function pathTo(divisions: Division[], code: string): Division[] {
  for (const division of divisions) {
    if (division.code === code) return [division];
    const below = pathTo(division.children ?? [], code);
    if (below.length > 0) return [division, ...below];
  }
  return [];
}
