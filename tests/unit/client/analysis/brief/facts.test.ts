import { expect, test } from 'vitest';
import { basisOf } from '../../../../../client/analysis/brief/basis-of.ts';
import { type BriefMatter, factsOf, type Wording } from '../../../../../client/analysis/brief/facts.ts';
import { rankPlaces } from '../../../../../client/analysis/brief/ranking.ts';
import { countsOf, drawnDays, drawnSteps } from '../../../../../client/analysis/brief/top-series.ts';
import type { Counts } from '../../../../../client/analysis/places.ts';
import { firstSpec } from '../../../../../client/analysis/state.ts';
import { stepsOf } from '../../../../../client/analysis/steps.ts';
import type { FigureAnswer } from '../../../../../shared/measures/compute.ts';
import type { PlaceFigure } from '../../../../../shared/measures/figure.ts';
import { done, type Outcome } from '../../../../../shared/stats/index.ts';

/** Texts by their names and what is filled in. */
const told = (name: string, blanks?: object) => (blanks ? `${name}(${Object.values(blanks).join('|')})` : name);
const wording = { t: told, room: told, language: 'id' } as unknown as Wording;

const none = { patrol: 0, unverified: 0, void: 0, placeless: 0 };
const counts = {
  total: { period: 60, baseline: 30 },
  leftOut: { period: { ...none, patrol: 4 }, baseline: { ...none, patrol: 3, void: 1 } },
  coarse: { period: 2, baseline: 0 },
  areas: { code: ['a', 'b', 'c'], name: ['A', 'B', 'C'], count: [40, 15, 5], baselineCount: [10, 10, 10] },
} as unknown as Counts;
const spec = { ...firstSpec('2026-11-22'), measure: 'window' as const };

function matterOf(significant: number[], p: number[], facts = {}, cls = [3, 0, 0]): BriefMatter {
  const figure = {
    scale: 'significance',
    value: Float64Array.of(4, 1.5, 0.5),
    cls: Int8Array.from(cls),
    classes: ([0, -1, 1, 1] as const).map((side) => ({ kind: 'level', side, p: 0.05 })),
    test: {
      p: Float64Array.from(p),
      adjusted: Float64Array.from(p),
      significant: Uint8Array.from(significant),
      found: significant.filter(Boolean).length,
      tested: 3,
    },
    note: new Uint8Array(3),
    facts,
  } as unknown as PlaceFigure;
  const outcome: Outcome<FigureAnswer> = done({ kind: 'places', figure });
  return {
    spec,
    counts,
    outcome,
    ranked: rankPlaces(counts, figure, spec),
    nameOf: ({ key }) => key.toUpperCase(),
    series: { steps: stepsOf(spec.period, 7), counts: [1, 0, 8, 9], name: 'A' },
    kinds: 'Kamtibmas',
  };
}

test('a significant place: what, where, since when, how sure', () => {
  const facts = factsOf(matterOf([1, 0, 0], [0.0004, 0.4, 1]), wording);
  expect(facts.what).toMatch(
    /^what\.total\(60\|28\| \(Kamtibmas\)\) what\.change\(2,0×\|1,2\d\|3,\d\d\) what\.top\(A\|40\|/,
  );
  expect(facts.where).toBe('where.test.high(1|3|A)');
  expect(facts.since).toBe('since.rise(A|8 Nov 2026|0,5|8,5|unit.week)');
  expect(facts.sure).toBe('sure.very(< 0,001) sure.corrected(3)');
});

test.each([
  [0.004, 'strong'],
  [0.04, 'fair'],
])('p %f is told as %s', (p, degree) => {
  expect(factsOf(matterOf([1, 0, 0], [p, 1, 1]), wording).sure).toMatch(`sure.${degree}(`);
});

test('what is low is told after what is high, in a sentence of its own', () => {
  const facts = factsOf(matterOf([1, 1, 0], [0.01, 0.001, 0.4], {}, [3, 1, 0]), wording);
  expect(facts.where).toBe('where.test.high(1|3|A) where.test.low(1|3|B)');
  expect(facts.what).toContain('what.top(A|');
  const onlyLow = factsOf(matterOf([0, 1, 0], [1, 0.001, 0.4], {}, [0, 1, 0]), wording);
  expect(onlyLow.where).toBe('where.test.low(1|3|B)');
  expect(onlyLow.what).toContain('what.low(B|');
});

test('of a change what rose and fell is told, of a history what is hot and cold', () => {
  const matter = matterOf([1, 1, 0], [0.01, 0.001, 0.4], {}, [3, 1, 0]);
  expect(factsOf({ ...matter, spec: { ...spec, measure: 'change' } }, wording).where).toBe(
    'where.change.high(1|3|A) where.change.low(1|3|B)',
  );
  const history = matterOf([0, 0, 0], [1, 1, 1]);
  if (!history.outcome.ok || history.outcome.value.kind !== 'places') throw new Error('no figure');
  const figure: PlaceFigure = {
    ...history.outcome.value.figure,
    ...{ scale: 'emerging', test: undefined, cls: Int8Array.of(1, 0, 2) },
    classes: (['none', 'new cold', 'new hot'] as const).map((name) => ({ kind: 'category', name })),
  };
  const told = { ...history, outcome: done<FigureAnswer>({ kind: 'places', figure }) };
  const ranked = rankPlaces(counts, figure, spec);
  expect(factsOf({ ...told, ranked }, wording).where).toBe('where.history.high(1|3|C) where.history.low(1|3|A)');
  const none = { ...figure, cls: Int8Array.of(0, 0, 0) };
  expect(
    factsOf(
      { ...told, outcome: done({ kind: 'places', figure: none }), ranked: rankPlaces(counts, none, spec) },
      wording,
    ).where,
  ).toBe('where.history.none');
});

test('without correction, or where the approximation fails, the least p is a hint at most', () => {
  const sure = matterOf([1, 0, 0], [0.0001, 1, 1]);
  expect(factsOf({ ...sure, spec: { ...spec, fdr: false } }, wording).sure).toBe('sure.hint(< 0,001) sure.plain(3)');
  expect(factsOf(matterOf([1, 0, 0], [0.0001, 1, 1], { normal: false }), wording).sure).toBe(
    'sure.hint(< 0,001) sure.corrected(3) sure.normal',
  );
});

test('nothing significant: says so, and does not sound sure', () => {
  const facts = factsOf(matterOf([0, 0, 0], [0.2, 0.4, 1], { normal: false }), wording);
  expect(facts.where).toBe('where.none(A, B, C)');
  expect(facts.sure).toBe('sure.not(0,200) sure.corrected(3) sure.normal');
});

test('a count alone is no proof, and few incidents are told to be few', () => {
  const matter = matterOf([0, 0, 0], [1, 1, 1]);
  if (matter.outcome.ok && matter.outcome.value.kind === 'places') matter.outcome.value.figure.test = undefined;
  const few = { ...matter, counts: { ...counts, total: { period: 9, baseline: 0 } } };
  const facts = factsOf({ ...few, series: { ...matter.series, counts: [2] } }, wording);
  expect(facts.sure).toBe('sure.untested sure.thin(9)');
  expect(facts.where).toMatch(/^where\.top/);
  expect(facts.since).toBe('since.short');
});

test('the basis names what is counted, the baseline with its warnings, and what is left out of both periods', () => {
  const basis = basisOf(
    {
      spec: { ...spec, patrol: true },
      counts,
      warnings: [{ kind: 'overlap', days: 2 }],
      where: 'Melati',
      kinds: '',
      level: 'RW',
      version: 'v',
    },
    wording,
  );
  expect(basis.map(([label]) => label)).toEqual(['counted', 'places', 'baseline', 'careful', 'leftOut', 'asOf']);
  expect(basis[0]?.[1]).toEqual(['Melati · allCategories · patrolIn']);
  expect(basis[3]?.[1]).toEqual(['warning.overlap(2)']);
  expect(basis[4]?.[1]).toEqual([
    'of.period(left.patrol(4))',
    'of.baseline(left.patrol(3), left.void(1))',
    'of.period(coarse(2))',
  ]);
});

test('draws the period and what was before it: from the baseline on, or as much again', () => {
  expect(drawnDays(spec)).toEqual({ startsOn: '2026-09-27', endsOn: '2026-11-21' });
  expect(drawnDays({ ...spec, baseline: null })).toEqual({ startsOn: '2026-09-27', endsOn: '2026-11-21' });
  const early = { startsOn: '2026-06-01', endsOn: '2026-07-20', kind: 'own' as const };
  expect(drawnDays({ ...spec, baseline: early })).toEqual({ startsOn: '2026-06-01', endsOn: '2026-11-21' });
  const lastElection = { startsOn: '2024-01-01', endsOn: '2024-01-28', kind: 'same-stage' as const };
  expect(drawnDays({ ...spec, baseline: lastElection }).startsOn).toBe('2026-09-27');
});

test('by weeks where there are enough of them, else by days', () => {
  expect(drawnSteps(spec)).toMatchObject({ stepDays: 7, count: 8 });
  const week = { startsOn: '2026-11-15', endsOn: '2026-11-21' };
  expect(drawnSteps({ period: week, baseline: null })).toMatchObject({ stepDays: 1, count: 14 });
  expect(countsOf({ step: [0, 2], count: [3, 4] }, 4)).toEqual([3, 0, 4, 0]);
});
