import { describe, expect, test } from 'vitest';
import { findingsFor, questionOf } from '../../../../client/analysis/findings.ts';
import { firstSpec } from '../../../../client/analysis/state.ts';
import type { AnalysisSpec } from '../../../../shared/schemas/analysis.ts';
import { FINDING_KINDS } from '../../../../shared/schemas/saved-analysis.ts';

const spec: AnalysisSpec = {
  ...firstSpec('2026-11-22'),
  effect: {
    ...{ level: 'desa', treated: ['52.71.01.1004'], control: ['52.71.01.1005'], before: null, after: null },
    ...{ surroundings: true, size: 'none' },
  },
  foresight: { forecast: 'density', from: 'baseline', weeks: 4 },
};
const found = (kind: (typeof FINDING_KINDS)[number], of = spec) => ({
  question: questionOf(kind, of),
  at: 0,
  say: () => [kind],
  measures: [],
});
const all = {
  effect: found('effect'),
  repeats: found('repeats'),
  clusters: found('clusters'),
  test: found('test'),
};
const kindsFor = (asked: AnalysisSpec) => findingsFor(asked, all).map(({ kind }) => kind);

describe('findings of other views', () => {
  test('belong to the question that they answer, whatever measure the map shows', () => {
    expect(kindsFor(spec)).toEqual([...FINDING_KINDS]);
    expect(kindsFor({ ...spec, measure: 'change', smoothing: 'local' })).toEqual([...FINDING_KINDS]);
  });

  test.each([
    ['another period', { period: { startsOn: '2026-10-01', endsOn: '2026-10-28' } }],
    ['another category', { categories: ['pemilu'] }],
    ['an area', { area: '52.71.01' }],
    ['what patrols found', { patrol: true }],
    ['another level of significance', { alpha: 0.01 }],
  ] satisfies [string, Partial<AnalysisSpec>][])('%s is another question for all of them', (_, change) => {
    expect(kindsFor({ ...spec, ...change })).toEqual([]);
  });

  test.each([
    ['the seed', { seed: 7 }, ['effect', 'test']],
    ['places of the map', { places: { kind: 'hexagon', metres: 500 } }, ['effect', 'repeats']],
    ['the baseline', { baseline: null }, ['repeats']],
    ['treated areas', { effect: undefined }, ['repeats', 'clusters', 'test']],
    [
      'the weeks that follow',
      { foresight: { forecast: 'count', from: 'baseline', weeks: 4 } },
      ['effect', 'repeats', 'clusters'],
    ],
  ] as [string, Partial<AnalysisSpec>, string[]][])(
    '%s: of another one only for those that stand on it',
    (_, change, left) => {
      const { effect, ...rest } = { ...spec, ...change };
      expect(kindsFor(effect ? { ...rest, effect } : rest)).toEqual(left);
    },
  );

  test('what was never found is left out', () => {
    expect(findingsFor(spec, { test: all.test })).toEqual([{ kind: 'test', finding: all.test }]);
  });
});
