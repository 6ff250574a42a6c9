import fc from 'fast-check';
import { expect, test } from 'vitest';
import { simplifyLine } from '../../../../server/tiles/simplify.ts';

/** A fifth of a pixel, in units of a tile. */
const TOLERANCE = 1.6;

type Point = readonly [number, number];
const path = (...points: Point[]) => Float64Array.from(points.flat());
const pointsOf = (line: Float64Array): Point[] =>
  Array.from({ length: line.length / 2 }, (_, i) => [line[2 * i] ?? 0, line[2 * i + 1] ?? 0]);

/** From a point to a segment. */
function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const along = Math.hypot(bx - ax, by - ay) || 1;
  const t = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / along ** 2));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}

test('what nobody sees is dropped, corners stay', () => {
  expect(pointsOf(simplifyLine(path([0, 0], [50, 1], [100, 0], [100, 50], [101, 75], [100, 100])))).toEqual([
    [0, 0],
    [100, 0],
    [100, 100],
  ]);
  expect(pointsOf(simplifyLine(path([0, 0], [50, 1.7], [100, 0])))).toHaveLength(3);
});

test('a line that comes back to where it began keeps what is farthest from there', () => {
  expect(pointsOf(simplifyLine(path([0, 0], [40, 0], [80, 0], [40, 0.5], [0, 0])))).toEqual([
    [0, 0],
    [80, 0],
    [0, 0],
  ]);
});

test('nothing dropped lies farther beside what remains than it may, and nothing is made up', () => {
  const coordinate = fc.integer({ min: -64, max: 4160 });
  const lines = fc.uniqueArray(fc.tuple(coordinate, coordinate), {
    minLength: 2,
    maxLength: 60,
    selector: String,
  });
  fc.assert(
    fc.property(lines, (line) => {
      const kept = pointsOf(simplifyLine(path(...line)));
      expect([kept[0], kept.at(-1)]).toEqual([line[0], line.at(-1)]);
      let at = 0;
      for (const point of line) {
        const [from, to] = [kept[at] as Point, kept[at + 1]];
        if (to && point[0] === to[0] && point[1] === to[1]) at++;
        else expect(distance(point, from, to ?? from)).toBeLessThanOrEqual(TOLERANCE + 1e-9);
      }
      expect(at).toBe(kept.length - 1);
    }),
  );
});
