import { expect, test } from 'vitest';
import { rankPlaces, standingOut } from '../../../../../client/analysis/brief/ranking.ts';
import type { Counts } from '../../../../../client/analysis/places.ts';
import { RATIO_CLASSES } from '../../../../../shared/measures/classes.ts';
import type { PlaceFigure } from '../../../../../shared/measures/figure.ts';

const counts = {
  areas: {
    code: ['a', 'b', 'c', 'd', 'e'],
    name: ['A', 'B', 'C', 'D', 'E'],
    count: [9, 4, 6, 8, 8],
    baselineCount: [1, 2, 3, 4, 5],
  },
} as unknown as Counts;
const figure = {
  scale: 'significance',
  classes: ([0, 1, 1, 1] as const).map((side) => ({ kind: 'level', side, p: 0.05 })),
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
  expect(ranked[0]).toEqual({
    key: 'c',
    at: 2,
    count: 6,
    baselineCount: 3,
    value: 2,
    p: 0.001,
    significant: true,
    side: 1,
  });
  expect(ranked[4]).toMatchObject({ value: null, p: null, significant: false });
});

test('of significant places the high come before the low, however small their p', () => {
  const low = {
    ...figure,
    classes: ([0, -1, 1, 1] as const).map((side) => ({ kind: 'level' as const, side, p: 0.05 })),
  };
  const ranked = rankPlaces(counts, low, { fdr: true });
  expect(ranked.map(({ key, side }) => `${key} ${side}`)).toEqual(['b 1', 'c -1', 'a 0', 'e 0', 'd 0']);
  expect(standingOut(ranked, low).map(({ key }) => key)).toEqual(['b', 'c']);
});

test('of a change the ratio says the side, also where it is infinite or mild', () => {
  const change: PlaceFigure = {
    ...figure,
    scale: 'diverging',
    value: Float64Array.of(0, 0.9, 1.1, 0, 3),
    cls: Int8Array.of(6, 3, 3, -1, 5),
    classes: RATIO_CLASSES,
    test: { ...(figure.test as NonNullable<PlaceFigure['test']>), significant: Uint8Array.of(1, 1, 1, 0, 0) },
  };
  const sides = new Map(rankPlaces(counts, change, { fdr: true }).map(({ key, side }) => [key, side]));
  expect(Object.fromEntries(sides)).toEqual({ a: 1, b: -1, c: 1, d: 0, e: 0 });
});

test('of a history the hot come first, then what has no pattern, and the cold last; a list has those with a pattern', () => {
  const history: PlaceFigure = {
    ...figure,
    ...{ scale: 'emerging', test: undefined, cls: Int8Array.of(1, 0, 2, 2, 0) },
    classes: (['none', 'new cold', 'new hot'] as const).map((name) => ({ kind: 'category', name })),
  };
  const ranked = rankPlaces(counts, history, { fdr: true });
  expect(ranked.map(({ side }) => side)).toEqual([1, 1, 0, 0, -1]);
  expect(standingOut(ranked, history).map(({ key }) => key)).toEqual(['c', 'd', 'a']);
});

test('of clusters and outliers the place itself is high or low', () => {
  const lisa: PlaceFigure = {
    ...figure,
    scale: 'quadrants',
    cls: Int8Array.of(0, 1, 2, -1, 0),
    classes: (['none', 'low-high', 'high-low'] as const).map((name) => ({ kind: 'quadrant', name })),
  };
  expect(rankPlaces(counts, lisa, { fdr: true }).map(({ key, side }) => `${key} ${side}`)).toEqual([
    'c 1',
    'b -1',
    'a 0',
    'e 0',
    'd 0',
  ]);
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
