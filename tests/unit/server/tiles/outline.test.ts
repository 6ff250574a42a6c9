import { expect, test } from 'vitest';
import { Outlines } from '../../../../server/tiles/outline.ts';

const square = (x: number, y: number, size: number) =>
  Float64Array.of(x, y, x + size, y, x + size, y + size, x, y + size);
const lines = (outlines: Outlines, ring: Float64Array) => outlines.linesOf(ring).map((line) => [...line]);

test('what two rings share is drawn with the first alone', () => {
  const outlines = new Outlines({ min: -100, max: 100 });
  expect(lines(outlines, square(0, 0, 10))).toEqual([[0, 0, 10, 0, 10, 10, 0, 10, 0, 0]]);
  expect(lines(outlines, square(10, 0, 10))).toEqual([[10, 0, 20, 0, 20, 10, 10, 10]]);
  expect(lines(outlines, square(0, 0, 10))).toEqual([]);
});

test('the edge of the square is not drawn', () => {
  const outlines = new Outlines({ min: -0.5, max: 10.5 });
  expect(lines(outlines, square(-5, -5, 10))).toEqual([[5, 0, 5, 5, 0, 5]]);
  expect(lines(outlines, square(-50, -50, 100))).toEqual([]);
});
