import { expect, test } from 'vitest';
import { type Borders, bordersOf } from '../../../../server/plans/borders.ts';
import { metresBetween } from '../../../../server/plans/metres.ts';
import { contiguityNeighbours } from '../../../../shared/stats/index.ts';
import { squareGrid } from '../../../support/square-grid.ts';

const ring = (...corners: [number, number][]) => [...corners, corners[0] as [number, number]];
const square = (west: number, south: number, size = 1) => [
  [ring([west, south], [west + size, south], [west + size, south + size], [west, south + size])],
];
/** The border's points, degrees. */
const lineOf = ({ start, lon, lat }: Borders, line: number) => {
  let [x, y] = [0, 0];
  const points: [number, number][] = [];
  for (let at = start[line] ?? 0; at < (start[line + 1] ?? 0); at++) {
    x += lon[at] ?? 0;
    y += lat[at] ?? 0;
    points.push([x / 1e6, y / 1e6]);
  }
  return points;
};
const linesOf = (borders: Borders) => borders.a.map((a, line) => [a, borders.b[line], lineOf(borders, line)]);
const neighboursOf = ({ neighbourStart, neighbour }: Borders, area: number) =>
  neighbour.slice(neighbourStart[area], neighbourStart[area + 1]);

test('two squares side by side have one border between them and an outline each; a third at the corner is no neighbour', () => {
  const borders = bordersOf([square(110, -8), square(111, -8), square(112, -7)]);
  const lines = linesOf(borders);
  expect(lines).toHaveLength(4);
  expect(lines).toContainEqual([0, 1, [[111, -8], [111, -7]]]); // biome-ignore format: one line
  expect(lines).toContainEqual([0, -1, [[111, -7], [110, -7], [110, -8], [111, -8]]]); // biome-ignore format: one line
  expect(lines).toContainEqual([1, -1, [[111, -8], [112, -8], [112, -7], [111, -7]]]); // biome-ignore format: one line
  // Nothing ends in the ring of the third: it is closed.
  expect(lines).toContainEqual([2, -1, ring([112, -7], [113, -7], [113, -6], [112, -6])]);
  expect([0, 1, 2].map((area) => neighboursOf(borders, area))).toEqual([[1], [0], []]);
  const meridian = metresBetween(111e6, -8e6, 111e6, -7e6);
  expect(borders.borderM).toEqual([meridian, meridian].map((metres) => Math.round(metres * 10) / 10));
});

test('a corner of one on the edge of the other is a corner of both', () => {
  // One wide square under three small ones, and one that stands half beyond its end.
  const wide = square(110, -8, 3);
  const borders = bordersOf([wide, square(110, -5), square(111, -5), square(112.5, -5)]);
  expect(neighboursOf(borders, 0)).toEqual([1, 2, 3]);
  expect(linesOf(borders)).toContainEqual([0, 3, [[113, -5], [112.5, -5]]]); // biome-ignore format: one line
  const metres = (line: [number, number][]) =>
    line.slice(1).reduce((sum, [x, y], at) => {
      const [fromX = 0, fromY = 0] = line[at] ?? [];
      return sum + metresBetween(fromX * 1e6, fromY * 1e6, x * 1e6, y * 1e6);
    }, 0);
  const whole = linesOf(borders).filter(([a, b]) => a === 0 || b === 0);
  expect(borders.outlineM[0]).toBeCloseTo(
    whole.reduce((sum, [, , line]) => sum + metres(line as [number, number][]), 0),
    0,
  );
});

test('an area within another shares its whole outline with it', () => {
  const outer = ring([110, -8], [113, -8], [113, -5], [110, -5]);
  const hole = ring([111, -7], [111, -6], [112, -6], [112, -7]);
  const borders = bordersOf([[[outer, hole]], square(111, -7)]);
  expect(linesOf(borders)).toEqual([
    [0, -1, outer],
    [0, 1, hole],
  ]);
  expect(borders.borderM[0]).toBe(borders.outlineM[1]);
});

test('areas without outline, slivers and rings that go there and back lie beside nothing', () => {
  const spike = [[ring([110, -8], [111, -8], [111, -7], [111.5, -7], [111, -7], [110, -7])]];
  const borders = bordersOf([[], square(120, -8, 0), spike, square(111, -8)]);
  expect([0, 1, 2, 3].map((area) => neighboursOf(borders, area))).toEqual([[], [], [3], [2]]);
  expect(linesOf(borders).every(([, , line]) => !JSON.stringify(line).includes('111.5'))).toBe(true);
  expect(bordersOf([])).toMatchObject({ a: [], start: [0], neighbourStart: [0] });
});

test('corners that differ by less than they are drawn are one', () => {
  const near = square(111, -8).map((rings) =>
    rings.map((points) => points.map(([x = 0, y = 0]) => [x + 3e-7, y - 3e-7])),
  );
  expect(neighboursOf(bordersOf([square(110, -8), near]), 0)).toEqual([1]);
});

test('of a grid the neighbours are those that share an edge, and every metre of outline is on one line', () => {
  const side = 30;
  const areas = squareGrid(side);
  const borders = bordersOf(areas);
  const rook = contiguityNeighbours(areas, { rule: 'rook' });
  if (!rook.ok) throw new Error(rook.detail);
  expect([borders.neighbourStart, borders.neighbour]).toEqual([[...rook.value.starts], [...rook.value.neighbours]]);
  expect(borders.a).toHaveLength(2 * side * (side - 1) + 4 * side - 4);
  const inner = borders.borderM.reduce((sum, metres) => sum + metres, 0);
  const outer = borders.outlineM.reduce((sum, metres) => sum + metres, 0) - inner;
  const edge = linesOf(borders).filter(([, b]) => b === -1);
  expect(edge.every(([, , line]) => (line as unknown[]).length >= 2)).toBe(true);
  const around = [0, side - 1].flatMap((from) => Array.from({ length: side }, (_, at) => [from, at])).length * 2;
  expect(edge).toHaveLength(around - 4);
  // The outline of the whole: its four sides by the ellipsoid.
  const sides =
    2 * metresBetween(110e6, -8e6, 110e6, -7.7e6) +
    metresBetween(110e6, -8e6, 110.3e6, -8e6) +
    metresBetween(110e6, -7.7e6, 110.3e6, -7.7e6);
  expect(Math.abs(outer - sides)).toBeLessThan(30);
});
