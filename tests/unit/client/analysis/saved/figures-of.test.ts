import { expect, test } from 'vitest';
import type { Counts } from '../../../../../client/analysis/places.ts';
import { changesOf } from '../../../../../client/analysis/saved/differences.ts';
import { figuresOf, nameOf } from '../../../../../client/analysis/saved/figures-of.ts';
import { firstSpec } from '../../../../../client/analysis/state.ts';
import type { FigureAnswer } from '../../../../../shared/measures/compute.ts';
import { computeFigure } from '../../../../../shared/measures/compute.ts';
import { done, neighboursFromLists, type Outcome, refuse } from '../../../../../shared/stats/index.ts';
import { accepted } from '../../../stats/outcome.ts';

const spec = { ...firstSpec('2026-11-22'), measure: 'window' as const, expected: 'per' as const };
const none = { patrol: 0, unverified: 0, void: 0, placeless: 0 };
const counts = {
  asOf: '2026-11-22T00:00:00.000Z',
  dataVersion: '7',
  total: { period: 33, baseline: 30 },
  leftOut: { period: none, baseline: { ...none, patrol: 2 } },
  areas: {
    code: ['a', 'b', 'c', 'd'],
    name: ['A', 'B', 'C', 'D'],
    count: [30, 2, 1, 0],
    baselineCount: [10, 10, 10, 0],
  },
} as unknown as Counts;
const figure: Outcome<FigureAnswer> = computeFigure({
  kind: 'places',
  asked: spec,
  input: {
    count: Float64Array.of(30, 2, 1, 0),
    baselineCount: Float64Array.of(10, 10, 10, 0),
    population: Float64Array.of(100, 100, 100, 100),
    neighbours: accepted(neighboursFromLists([[1], [0], [3], [2]])),
    series: undefined,
    days: { period: 28, baseline: 28 },
  },
});

test('keeps sums, what is left out, what is significant, and the places that had incidents', () => {
  const saved = figuresOf(spec, counts, figure);
  expect(saved).toMatchObject({ total: counts.total, leftOut: counts.leftOut, places: 4, significant: 2 });
  expect(saved.top.map(({ place }) => place)).toEqual(['a', 'b', 'c']);
  expect(saved.top[0]).toMatchObject({ name: 'A', count: 30, baselineCount: 10, class: 'level-high-0.001' });
  const ratio = saved.measures.find(({ name }) => name === 'change');
  expect(ratio?.value).toBeCloseTo(1.1);
  expect(ratio?.low).toBeLessThan(1.1);
  expect(ratio?.p).toBeGreaterThan(0.05);
});

test('the same question and data give the same figures, also after they were stored', () => {
  const saved = figuresOf(spec, counts, figure);
  expect(changesOf(JSON.parse(JSON.stringify(saved)), figuresOf(spec, counts, figure))).toEqual([]);
});

test('says why there is no figure, and of a density how high it is', () => {
  expect(figuresOf({ ...spec, baseline: null }, counts, refuse('no-neighbours', 'none')).measures).toEqual([
    { name: 'figure', value: null, reason: 'no-neighbours' },
  ]);
  const density = done({ kind: 'density', figure: { max: 4.5, bandwidth: 300 } }) as Outcome<FigureAnswer>;
  const saved = figuresOf({ ...spec, baseline: null }, counts, density);
  expect(saved.measures.map(({ name, value }) => [name, value])).toEqual([
    ['density.max', 4.5],
    ['density.bandwidth', 300],
  ]);
  expect(saved.significant).toBeNull();
});

test('names of classes say what they mean, and fit the schema', () => {
  expect(nameOf({ kind: 'range', from: 0.1 + 0.2, to: null })).toBe('0.3-');
  expect(nameOf({ kind: 'level', side: -1, p: 0.05 / 50 })).toBe('level-low-0.001');
  expect(nameOf({ kind: 'level', side: 0, p: 1 })).toBe('level-0');
  expect(nameOf({ kind: 'category', name: 'intensifying cold' })).toBe('intensifying cold');
});
