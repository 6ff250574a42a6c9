import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  classesOf,
  classOf,
  levelClass,
  levelClasses,
  quantileBreaks,
  ratioClass,
} from '../../../../shared/measures/classes.ts';
import { compare } from '../../../../shared/measures/comparison.ts';
import { computeFigure } from '../../../../shared/measures/compute.ts';
import { type Asked, NOTES, type PlaceFigure, type PlaceInput } from '../../../../shared/measures/figure.ts';
import type { Measure } from '../../../../shared/schemas/analysis.ts';
import { contiguityWeights, localMoranPermutation, neighboursFromLists } from '../../../../shared/stats/index.ts';
import { accepted, refused } from '../../stats/outcome.ts';

const ASKED: Asked = {
  measure: 'count',
  per: 'households',
  expected: 'baseline',
  smoothing: 'none',
  alpha: 0.05,
  fdr: true,
  draws: null,
  bandwidthM: null,
  seed: 7,
};
const column = (...values: number[]) => Float64Array.from(values);
/** A row of places, each touching the next. */
function input(counts: number[], part: Partial<PlaceInput> = {}): PlaceInput {
  const lists = counts.map((_, i) => [i - 1, i + 1].filter((j) => j >= 0 && j < counts.length));
  return {
    count: column(...counts),
    baselineCount: column(...counts.map(() => 0)),
    population: column(...counts.map(() => 500)),
    neighbours: accepted(neighboursFromLists(lists)),
    series: undefined,
    days: { period: 28, baseline: 0 },
    ...part,
  };
}
function figure(measure: Measure, places: PlaceInput, part: Partial<Asked> = {}): PlaceFigure {
  const answer = accepted(computeFigure({ kind: 'places', asked: { ...ASKED, measure, ...part }, input: places }));
  if (answer.kind !== 'places') throw new Error('a density was computed');
  return answer.figure;
}
const notes = ({ note }: PlaceFigure) => [...note].map((code) => NOTES[code]);

describe('classes', () => {
  test('of counts are quantiles with whole ends, zero by itself', () => {
    const breaks = quantileBreaks([0, 0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55], { whole: true });
    expect(breaks).toEqual({ zero: true, upper: [1, 3, 8, 21, 55] });
    expect(classesOf(breaks, { whole: true })).toEqual([
      { kind: 'range', from: 0, to: 0 },
      { kind: 'range', from: 1, to: 1 },
      { kind: 'range', from: 2, to: 3 },
      { kind: 'range', from: 4, to: 8 },
      { kind: 'range', from: 9, to: 21 },
      { kind: 'range', from: 22, to: 55 },
    ]);
    expect([0, 1, 2, 8, 9, 55, 80].map((value) => classOf(value, breaks))).toEqual([0, 1, 2, 3, 4, 5, 5]);
  });

  test('every value lies in the range of its class, and a greater one never in a lower class', () => {
    const values = fc.array(fc.oneof(fc.nat({ max: 300 }), fc.constant(0)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.boolean(), (some, whole) => {
        const all = whole ? some : some.map((value) => value / 7);
        const breaks = quantileBreaks(all, { whole });
        const classes = classesOf(breaks, { whole });
        for (const value of all) {
          const own = classes[classOf(value, breaks)];
          if (own?.kind !== 'range') throw new Error('no range');
          expect(value).toBeGreaterThanOrEqual(own.from);
          expect(value).toBeLessThanOrEqual(own.to ?? Infinity);
        }
        const order = all.toSorted((a, b) => a - b).map((value) => classOf(value, breaks));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }),
    );
  });

  test('of a ratio are even to both sides of as many', () => {
    expect([0, 0.25, 0.5, 0.8, 0.81, 1, 1.24, 1.25, 2, 4, Infinity].map(ratioClass)).toEqual([
      0, 0, 1, 2, 3, 3, 3, 4, 5, 6, 6,
    ]);
  });

  test('of significance follow alpha', () => {
    expect(levelClasses(0.05, { low: true }).map((each) => each.kind === 'level' && each.side * each.p)).toEqual([
      -0.001, -0.01, -0.05, 0, 0.05, 0.01, 0.001,
    ]);
    const classOfP = (p: number, side: number) => levelClass(p, side, 0.05, { low: true });
    expect([classOfP(0.0005, -1), classOfP(0.06, -1), classOfP(0.05, 1), classOfP(0.001, 1)]).toEqual([0, 3, 4, 6]);
    expect(levelClass(0.0005, -1, 0.05, { low: false })).toBe(0);
  });
});

describe('rates', () => {
  test('are by 1,000 households; a place without households has none, few incidents are said', () => {
    const places = input([10, 2, 0, 6], { population: column(1000, 500, 250, 0) });
    const found = figure('rate', places);
    expect([...found.value]).toEqual([10, 4, 0, 0]);
    expect([...found.cls.subarray(2)]).toEqual([0, -1]);
    expect(notes(found)).toEqual(['none', 'few', 'none', 'no-denominator']);
    expect(found.facts.mean).toBeCloseTo((12 / 1750) * 1000, 12);
  });

  test('smoothed they are drawn to the mean, the more the smaller the place', () => {
    const places = input([30, 3, 0, 20], { population: column(1000, 100, 100, 4000) });
    const raw = figure('rate', places).value;
    const smooth = figure('rate', places, { smoothing: 'global' });
    const mean = smooth.facts.mean ?? 0;
    const drawn = (place: number) => ((raw[place] ?? 0) - (smooth.value[place] ?? 0)) / ((raw[place] ?? 0) - mean);
    expect(drawn(1)).toBeGreaterThan(drawn(0));
    expect(drawn(2)).toBeCloseTo(drawn(1), 10);
    expect(drawn(0)).toBeGreaterThan(0);
  });

  test('without any denominator there is a reason', () => {
    const question = {
      kind: 'places',
      asked: { ...ASKED, measure: 'rate' },
      input: input([1], { population: undefined }),
    } as const;
    expect(refused(computeFigure(question))).toBe('out-of-range');
  });
});

describe('the exact window', () => {
  test('a place whose households are not known is not judged, and its incidents make no neighbour significant', () => {
    const population = column(500, 500, 0, 500, 500, 500);
    const found = figure('window', input([2, 1, 60, 2, 1, 2], { population }), { expected: 'per' });
    expect(notes(found)[2]).toBe('no-denominator');
    expect(found.cls[2]).toBe(-1);
    expect([...(found.test?.significant ?? [])]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...(found.test?.n ?? [])]).toEqual([3, 3, 0, 3, 5, 3]);
    expect(found.test?.tested).toBe(5);
  });

  test('without it the others are judged as if it were not there', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 30 }), { minLength: 3, maxLength: 12 }), fc.nat(), (counts, at) => {
        const unknown = at % counts.length;
        fc.pre(counts.some((count, place) => count > 0 && place !== unknown));
        const population = column(...counts.map((_, place) => (place === unknown ? 0 : 500 + place)));
        const shown = (...unknownCount: number[]) => {
          const own = counts.map((count, place) => (place === unknown ? (unknownCount[0] ?? 0) : count));
          return figure('window', input(own, { population }), { expected: 'per' });
        };
        expect(shown(1_000)).toEqual(shown(0));
      }),
    );
  });

  test.each(['getis', 'moran'] as const)('%s of rates leaves places without a rate out', (measure) => {
    const population = column(500, 500, 0, 500, 500, 500, 500, 500);
    const counts = [9, 8, 60, 1, 2, 1, 1, 0];
    const found = figure(measure, input(counts, { population }), { smoothing: 'global' });
    expect(notes(found)[2]).toBe('no-denominator');
    const [west, east] = [counts.slice(0, 2), counts.slice(3)];
    const lists = [[1], [0], [3], [2, 4], [3, 5], [4, 6], [5]];
    const rest = figure(measure, input([...west, ...east], { neighbours: accepted(neighboursFromLists(lists)) }), {
      smoothing: 'global',
    });
    expect([...found.value].toSpliced(2, 1)).toEqual([...rest.value]);
    expect([...(found.test?.p ?? [])].toSpliced(2, 1)).toEqual([...(rest.test?.p ?? [])]);
  });

  test('what happened where nothing was expected has no ratio, and says so', () => {
    const days = { period: 28, baseline: 28 };
    const baselineCount = column(0, 0, 0, 9, 9, 9);
    const found = figure('window', input([5, 0, 0, 3, 3, 3], { baselineCount, days }));
    expect([found.value[0], notes(found)[0]]).toEqual([0, 'none-expected']);
    expect(found.test?.p[0]).toBeLessThan(0.05);
  });

  test('expects in proportion to households, and finds the place that has more', () => {
    const counts = [1, 0, 1, 12, 1, 0, 1, 0];
    const found = figure('window', input(counts), { expected: 'per' });
    // Window of place 3: 14 incidents, where 16 in 8 places let expect 6; of place 0: 1 where 4.
    expect(found.value[3]).toBeCloseTo(14 / 6, 12);
    expect(found.value[0]).toBeCloseTo(1 / 4, 12);
    expect([...(found.test?.significant ?? [])]).toEqual([0, 0, 1, 1, 1, 0, 0, 0]);
    expect(found.facts).toEqual({ expectedBy: 'per', perWindow: (1 + 2 + 13 + 14 + 13 + 2 + 1 + 1) / 8 });
  });

  test('by a baseline looks for another pattern, not for more everywhere', () => {
    const before = [2, 3, 2, 3, 2, 3];
    const days = { period: 28, baseline: 28 };
    const tripled = figure(
      'window',
      input(
        before.map((n) => 3 * n),
        { baselineCount: column(...before), days },
      ),
    );
    expect(tripled.test?.found).toBe(0);
    expect(tripled.facts.expectedBy).toBe('baseline');
    expect(Math.max(...(tripled.test?.p.map((p) => 1 - p) ?? []))).toBeLessThan(0.7);
    const moved = figure('window', input([40, 3, 2, 3, 2, 3], { baselineCount: column(5, 8, 9, 9, 9, 9), days }));
    expect([...(moved.test?.significant ?? [])]).toEqual([1, 1, 0, 0, 0, 0]);
  });

  test('falls back to households without a baseline', () => {
    expect(figure('window', input([3, 1, 2, 4])).facts.expectedBy).toBe('per');
  });
});

describe('Gi* and Moran', () => {
  const counts = [30, 28, 31, 2, 1, 3, 2, 1, 2, 3, 1, 2];
  test('find where high values lie together, and say whether there are enough incidents for the normal tail', () => {
    const found = figure('getis', input(counts));
    expect(found.cls[1]).toBeGreaterThan(3);
    expect(found.facts.normal).toBe(true);
    expect(figure('getis', input(counts.map((n) => Math.floor(n / 10)))).facts.normal).toBe(false);
    const { cls, classes } = figure('moran', input(counts));
    expect(classes[cls[1] ?? 0]).toEqual({ kind: 'quadrant', name: 'high-high' });
    expect(classes[cls[8] ?? 0]).toEqual({ kind: 'quadrant', name: 'none' });
  });

  test('p of local Moran is of permutations where they are asked for: by the seed, and never below what they can give', () => {
    const places = input(counts);
    const weights = accepted(
      contiguityWeights(places.neighbours ?? expect.unreachable(), { style: 'row-standardised' }),
    );
    const [normal, drawn, other] = [{}, { draws: 999 }, { draws: 999, seed: 8 }].map((part) =>
      figure('moran', places, { ...part, fdr: false }),
    );
    const alone = accepted(localMoranPermutation(places.count, weights, { permutations: 999, seed: 7 }));
    expect(drawn?.test?.p).toEqual(alone.p);
    expect(drawn?.test?.p).not.toEqual(normal?.test?.p);
    expect(other?.test?.p).not.toEqual(alone.p);
    expect(drawn?.value).toEqual(normal?.value);
    expect(drawn?.facts.drawn).toEqual({ draws: 999, seed: 7, leastP: 0.002 });
    // What the normal tail needs is not asked of permutations.
    expect([normal?.facts.normal, drawn?.facts.normal]).toEqual([true, undefined]);
    for (const [place, p] of alone.p.entries()) {
      expect(p).toBeGreaterThanOrEqual(0.002);
      expect(drawn?.test?.significant[place]).toBe(p <= 0.05 ? 1 : 0);
    }
    // Three high places together in twelve: one of few orders has it so.
    expect(alone.p[1]).toBeLessThan(0.05);
  });

  test('without correction more is significant, never less', () => {
    const corrected = figure('getis', input(counts));
    const plain = figure('getis', input(counts), { fdr: false });
    expect(plain.test?.found).toBeGreaterThanOrEqual(corrected.test?.found ?? 99);
    expect([...(plain.test?.p ?? [])]).toEqual([...(corrected.test?.p ?? [])]);
  });

  test('equal values everywhere have a reason', () => {
    const question = { kind: 'places', asked: { ...ASKED, measure: 'getis' }, input: input([2, 2, 2, 2]) } as const;
    expect(refused(computeFigure(question))).toBe('no-variance');
  });
});

describe('change', () => {
  const days = { period: 10, baseline: 20 };
  const places = input([12, 2, 0, 3, 0], { baselineCount: column(4, 4, 0, 0, 9), days });
  test('is the ratio of rates a day with the exact p of two counts', () => {
    const found = figure('change', places);
    expect([...found.value]).toEqual([6, 1, 0, 0, 0]);
    expect([...found.cls]).toEqual([6, 3, -1, 6, 0]);
    // All 3 of the fourth place fell into a third of the time, by hand; of the fifth all 9 into two thirds: (2/3)⁹ and (1/3)⁹… .
    expect(found.test?.p[3]).toBeCloseTo(1 / 27, 12);
    expect(found.test?.tested).toBe(4);
    expect(notes(found)).toEqual(['none', 'none', 'nothing-expected', 'few', 'none']);
  });

  test('of all together has its interval, and each period its Moran, the same for the same seed', () => {
    const one = accepted(compare(places, ASKED));
    expect(one.whole.ratio).toBeCloseTo(17 / 10 / (17 / 20), 12);
    expect(one.whole.lower).toBeLessThan(2);
    expect(one.moran.period.ok && one.moran.period.value.permutations).toBe(999);
    expect(accepted(compare(places, ASKED)).moran).toEqual(one.moran);
  });

  test('without a baseline there is nothing to compare with', () => {
    expect(refused(compare(input([1, 2]), ASKED))).toBe('empty-period');
  });
});

test('emerging hot spots need ten steps, and name a place that was always hot', () => {
  const places = 12;
  const steps = 12;
  const values = new Float64Array(places * steps).map((_, bin) => (bin % places < 3 ? 20 + (bin % 3) : bin % 2));
  const series = { steps, values };
  const found = figure('emerging', input(new Array(places).fill(5), { series }));
  expect(found.classes[found.cls[1] ?? 0]).toEqual({ kind: 'category', name: 'persistent hot' });
  expect(found.facts.incidents).toBe(values.reduce((sum, count) => sum + count, 0));
  const short = { steps: 9, values: values.subarray(0, 9 * places) };
  const question = {
    kind: 'places',
    asked: { ...ASKED, measure: 'emerging' },
    input: input(new Array(places).fill(5), { series: short }),
  } as const;
  expect(refused(computeFigure(question))).toBe('too-short');
});

test('a density holds as many incidents as there are, peaks where they lie, and says its bandwidth', () => {
  const lon = column(116.1, 116.1005, 116.0995, 116.1, 116.13);
  const lat = column(-8.58, -8.5801, -8.5799, -8.5805, -8.56);
  const answer = accepted(computeFigure({ kind: 'density', asked: { ...ASKED, bandwidthM: 200 }, lon, lat }));
  if (answer.kind !== 'density') throw new Error('no density');
  const { grid, values, max, contours, bandwidth, byRule, origin } = answer.figure;
  const total = values.reduce((sum, value) => sum + value, 0) * ((grid.cellWidth * grid.cellHeight) / 1e6);
  expect(total).toBeCloseTo(5, 1);
  expect({ bandwidth, byRule }).toEqual({ bandwidth: 200, byRule: false });
  const peak = values.indexOf(max);
  const north = grid.south + (Math.floor(peak / grid.columns) + 0.5) * grid.cellHeight;
  expect(origin.lat + north / 111_195).toBeCloseTo(-8.58, 2);
  expect(contours.map(({ level }) => level)).toEqual(
    [0.1, 0.25, 0.5, 0.75, 0.9].map((share) => Number((share * max).toPrecision(2))),
  );
});
