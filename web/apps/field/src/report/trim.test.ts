import { expect, it } from 'vitest';
import { inkBox } from './trim';

it('finds the ink', () => {
  const paper = new Uint8ClampedArray(20);
  expect(inkBox(paper, 5, 4)).toBeNull();
  paper[1 * 5 + 2] = 255;
  paper[3 * 5 + 4] = 9;
  expect(inkBox(paper, 5, 4)).toEqual({ left: 2, top: 1, width: 3, height: 3 });
});
