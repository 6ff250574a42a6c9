import { expect, test } from 'vitest';
import { changesOf, findingsNotAgain } from '../../../../../client/analysis/saved/differences.ts';
import type { SavedFigures, SavedPlace } from '../../../../../shared/schemas/saved-analysis.ts';

const none = { patrol: 0, unverified: 0, void: 0, placeless: 0 };
const place: SavedPlace = {
  place: '98.71.01.1002',
  name: 'Melati',
  count: 40,
  baselineCount: 21,
  value: 1.9,
  p: 0.004,
  class: 'level-high-0.01',
};
const figures: SavedFigures = {
  asOf: '2026-11-22T00:00:00.000Z',
  total: { period: 300, baseline: 280 },
  leftOut: { period: none, baseline: none },
  places: 24,
  significant: 1,
  measures: [{ name: 'change', value: 300 / 280, p: 0.4 }],
  top: [place],
};

test('figures that went through JSON and back are the same, whenever they were read', () => {
  const again: SavedFigures = { ...JSON.parse(JSON.stringify(figures)), asOf: '2027-01-01T00:00:00.000Z' };
  again.top = [{ ...place, value: 1.9 + 1e-13 }];
  expect(changesOf(figures, again)).toEqual([]);
});

test('what another view had found is compared once that is asked again, and named until then', () => {
  const effect = { name: 'effect.all', value: -16, p: 0.01, low: -28, high: -4 };
  const before: SavedFigures = { ...figures, measures: [...figures.measures, effect] };
  expect(changesOf(before, figures)).toEqual([]);
  expect(findingsNotAgain(before, figures)).toEqual(['effect']);
  const now: SavedFigures = { ...figures, measures: [...figures.measures, { ...effect, value: -15 }] };
  expect(changesOf(before, now)).toEqual([{ kind: 'measure', name: 'effect.all', before: -16, now: -15 }]);
  expect(findingsNotAgain(before, now)).toEqual([]);
});

test('names what changed: sums, places, what is left out, figures of the whole', () => {
  const now: SavedFigures = {
    ...figures,
    total: { period: 301, baseline: 280 },
    leftOut: { period: { ...none, patrol: 4 }, baseline: none },
    places: 25,
    significant: null,
    measures: [{ name: 'change', value: null }],
  };
  expect(changesOf(figures, now)).toEqual([
    { kind: 'total', of: 'period', before: 300, now: 301 },
    { kind: 'places', before: 24, now: 25 },
    { kind: 'significant', before: 1, now: null },
    { kind: 'measure', name: 'change', before: 300 / 280, now: null },
    { kind: 'left-out', of: 'period', reason: 'patrol', before: 0, now: 4 },
  ]);
});

test.each([
  ['count', { count: 41 }],
  ['count of the baseline', { baselineCount: 20 }],
  ['value', { value: 2 }],
  ['p', { p: null }],
  ['class', { class: 'level-0' }],
])('a place with another %s is a change', (_, other) => {
  const now = { ...place, ...other };
  expect(changesOf(figures, { ...figures, top: [now] })).toEqual([{ kind: 'place', before: place, now }]);
});

test('a class of values whose ends moved with other places is no change; leaving or entering one is', () => {
  const classed = (name: string) => ({ ...figures, top: [{ ...place, class: name }] });
  expect(changesOf(classed('9-12'), classed('9-13'))).toEqual([]);
  expect(changesOf(classed('0.25-0.5'), classed('0.2-'))).toEqual([]);
  expect(changesOf(classed('9-12'), classed('level-0'))).toHaveLength(1);
});

test('a place that went, and one that came', () => {
  const other = { ...place, place: '98.71.01.1003', name: 'Alun-Alun' };
  expect(changesOf(figures, { ...figures, top: [other] })).toEqual([
    { kind: 'place', before: place, now: undefined },
    { kind: 'new-place', now: other },
  ]);
});

test('the order of places is no change', () => {
  const two = [place, { ...place, place: '98.71.01.1003' }];
  expect(changesOf({ ...figures, top: two }, { ...figures, top: [...two].reverse() })).toEqual([]);
});
