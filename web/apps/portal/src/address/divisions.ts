// The tree of provinces, cities and districts (GB/T 2260), loaded when somebody first needs it.
import { type Division, divisionTree } from '../api/portal';
import type { Locale } from '../text/text';

// Levels that exist on paper only: the "districts" and "counties" of Beijing, the counties that stand
// directly below a province. Their names are Chinese in every language, for the data is.
const unspoken = new Set([
  '\u5e02\u8f96\u533a',
  '\u53bf',
  '\u7701\u76f4\u8f96\u53bf\u7ea7\u884c\u653f\u533a\u5212',
  '\u81ea\u6cbb\u533a\u76f4\u8f96\u53bf\u7ea7\u884c\u653f\u533a\u5212',
]);

// As people name them: what is below a level on paper moves up; codes stay.
export function spoken(tree: Division[]): Division[] {
  return tree.flatMap((division) => {
    const below = spoken(division.children ?? []);
    if (unspoken.has(division.name)) return below;
    return [
      {
        code: division.code,
        name: division.name,
        ...(below.length > 0 ? { children: below } : {}),
      },
    ];
  });
}

// From the province down to the one with that code.
export function pathTo(tree: Division[], code: string): Division[] {
  for (const division of tree) {
    if (division.code === code) return [division];
    const below = pathTo(division.children ?? [], code);
    if (below.length > 0) return [division, ...below];
  }
  return [];
}

export const namesOf = (path: Division[]) => path.map((division) => division.name).join(' ');

let loading: Promise<Division[]> | null = null;

export function loadDivisions(locale: Locale): Promise<Division[]> {
  loading ??= divisionTree(locale).then(spoken, (error: unknown) => {
    // not kept: the next wish asks again
    loading = null;
    throw error;
  });
  return loading;
}
