import { expect, test } from 'vitest';
import { rankPlaces } from '../../../../../client/analysis/brief/ranking.ts';
import type { PlaceFigure } from '../../../../../client/analysis/measures/figure.ts';
import type { Counts } from '../../../../../client/analysis/places.ts';

const counts = {
  areas: {
    code: ['a', 'b', 'c', 'd', 'e'],
    name: ['A', 'B', 'C', 'D', 'E'],
    count: [9, 4, 6, 8, 8],
    baselineCount: [1, 2, 3, 4, 5],
  },
} as unknown as Counts;
const figure = {
  value: Float64Array.of(1.1, 3, 2, 0, 1.1),
  cls: Int8Array.of(0, 3, 1, -1, 0),
  test: {
    p: Float64Array.of(0.3, 0.01, 0.0001, 1, 0.3),
    adjusted: Float64Array.of(0.5, 0.03, 0.001, 1, 0.5),
    significant: Uint8Array.of(0, 1, 1, 0, 0),
    found: 2,
    tested: 4,
  },
} as unknown as PlaceFigure;

test('significant places come first by p, then the others by value and count, those without a figure last', () => {
  const ranked = rankPlaces(counts, figure, { fdr: true });
  expect(ranked.map(({ key }) => key)).toEqual(['c', 'b', 'a', 'e', 'd']);
  expect(ranked[0]).toEqual({ key: 'c', at: 2, count: 6, baselineCount: 3, value: 2, p: 0.001, significant: true });
  expect(ranked[4]).toMatchObject({ value: null, p: null, significant: false });
});

test('p is the one that decides', () => {
  expect(rankPlaces(counts, figure, { fdr: false })[0]?.p).toBe(0.0001);
});

test('without a figure of places they are in the order of their counts', () => {
  const ranked = rankPlaces(counts, undefined, { fdr: true });
  expect(ranked.map(({ key }) => key)).toEqual(['a', 'd', 'e', 'c', 'b']);
  expect(ranked.every(({ p, value }) => p === null && value === null)).toBe(true);
});

test('cells go by column and row', () => {
  const cells = { cells: { q: [0, -1], r: [2, 3], count: [1, 2], baselineCount: [0, 0] } } as unknown as Counts;
  expect(rankPlaces(cells, undefined, { fdr: true }).map(({ key }) => key)).toEqual(['-1,3', '0,2']);
});
