import { expect, it } from 'vitest';
import { heaviest, staticImports } from './budget.mjs';

it('counts every script once that a page needs before it can draw, and none that it loads later', () => {
  const manifest = {
    entry: { file: 'entry.js', imports: ['_react'] },
    page: { file: 'page.js', imports: ['_parts', '_react', 'entry'] },
    _parts: { file: 'parts.js', imports: ['_react'] },
    _react: { file: 'react.js' },
    later: { file: 'later.js' },
  };
  expect(staticImports(manifest, ['entry', 'page', 'gone']).sort()).toEqual([
    'entry.js',
    'page.js',
    'parts.js',
    'react.js',
  ]);
});

it('finds the heaviest page', () => {
  expect(heaviest([{ bytes: 1 }, { bytes: 3 }, { bytes: 2 }]).bytes).toBe(3);
});
