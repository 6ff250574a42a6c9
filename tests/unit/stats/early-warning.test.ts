import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { bayesDetector } from '../../../shared/stats/bayes-detector.ts';
import { cusumChart, ewmaChart, rossiCusumChart } from '../../../shared/stats/control-charts.ts';
import { earlyWarning } from '../../../shared/stats/early-warning.ts';
import { ears } from '../../../shared/stats/ears.ts';
import { farrington, farringtonFlexible, meanQuantileBound } from '../../../shared/stats/farrington.ts';
import { createRandom } from '../../../shared/stats/random.ts';
import type { Outcome } from '../../../shared/stats/result.ts';
import type { WatchedPeriod } from '../../../shared/stats/watched-series.ts';
import { accepted } from './outcome.ts';

// Thousands of fits: seconds, and more where other tests run beside them.
vi.setConfig({ testTimeout: 30_000 });

type Detector = (counts: ArrayLike<number>) => Outcome<readonly WatchedPeriod[]>;

/** Short years, so that a property can afford several. */
const YEAR = { perYear: 13, years: 3, halfWindow: 1 };
const DETECTORS: Record<string, Detector> = {
  'EARS C1': (counts) => ears(counts, { variant: 'C1' }),
  'EARS C2': (counts) => ears(counts, { variant: 'C2', leastSigma: 0.5 }),
  'EARS C3': (counts) => ears(counts, { variant: 'C3' }),
  Bayes: (counts) => bayesDetector(counts),
  EWMA: (counts) => periodsOf(ewmaChart(counts, { training: 10 })),
  CUSUM: (counts) => periodsOf(cusumChart(counts, { training: 10 })),
  'CUSUM of Rossi': (counts) => periodsOf(rossiCusumChart(counts, { training: 10 })),
  Farrington: (counts) => farrington(counts, YEAR),
  'Farrington, improved': (counts) => farringtonFlexible(counts, { ...YEAR, seasons: 4, recentLeftOut: 6 }),
  'Farrington, improved, by the quantile of the mean': (counts) =>
    farringtonFlexible(counts, { ...YEAR, seasons: 4, recentLeftOut: 6, bound: 'muan' }),
  'Farrington, improved, by delta': (counts) =>
    farringtonFlexible(counts, { ...YEAR, seasons: 1, recentLeftOut: 1, bound: 'delta', trendBelow: 0.05 }),
};

const series = fc.oneof(
  fc.array(fc.nat(1), { minLength: 41, maxLength: 80 }),
  fc.array(fc.nat(20), { minLength: 41, maxLength: 80 }),
  fc.array(fc.oneof({ weight: 9, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(2000) }), {
    minLength: 41,
    maxLength: 80,
  }),
);

describe.each(Object.entries(DETECTORS))('%s', (name, detect) => {
  test('each period has a finite bound of at least 0, or a reason; never both', () => {
    fc.assert(
      fc.property(series, (counts) => {
        const outcome = detect(counts);
        if (!outcome.ok) {
          expect(['all-zero', 'too-short']).toContain(outcome.reason);
          return;
        }
        expect(outcome.value.length).toBeGreaterThan(0);
        for (const { upper, alarm, reason, observed, index } of outcome.value) {
          expect(observed).toBe(counts[index]);
          expect(upper === null).toBe(reason !== null);
          if (upper === null) expect(alarm).toBe(false);
          else expect(Number.isFinite(upper) && upper >= 0).toBe(true);
        }
      }),
    );
  });

  // The bound of C3 is one for the counts before the newest.
  if (name !== 'EARS C3')
    test('the newest count raises the alarm just above its bound', () => {
      fc.assert(
        fc.property(series, (history) => {
          // Enough of late for Farrington's rule of least incidents.
          const counts = [...history, 3, 3];
          const at = (last: number) => {
            const outcome = detect([...counts, last]);
            return outcome.ok ? outcome.value.at(-1) : undefined;
          };
          const { upper } = at(0) ?? { upper: null };
          fc.pre(upper !== null && upper < 1e9);
          const bound = Math.floor(upper ?? 0);
          // A count that is the bound itself raises only Rossi's; rounding decides there, so it is left out.
          if ((upper ?? 0) - bound > 1e-9) expect(at(bound)?.alarm).toBe(false);
          expect(at(bound + 1)?.alarm).toBe(true);
          expect(at(bound + 1)?.upper).toBe(upper);
        }),
      );
    });

  test('what cannot be counts is refused by name', () => {
    const good = Array.from({ length: 60 }, (_, i) => 1 + (i % 3));
    const refusal = (counts: number[]) => {
      const outcome = detect(counts);
      return outcome.ok ? 'none' : outcome.reason;
    };
    expect(refusal(good)).toBe('none');
    expect(refusal([...good, Number.NaN])).toBe('not-finite');
    expect(refusal([...good, Number.POSITIVE_INFINITY])).toBe('not-finite');
    expect(refusal([...good, -1])).toBe('negative-count');
    expect(refusal([...good, 0.5])).toBe('negative-count');
    expect(refusal([1])).toMatch(/too-short|out-of-range/);
    expect(refusal([])).toMatch(/too-short|out-of-range/);
  });

  test('a history of zeros has a named reason, or a bound', () => {
    const outcome = detect(new Uint16Array(80));
    if (!outcome.ok) expect(outcome.reason).toBe('all-zero');
    else
      for (const { upper, reason, alarm } of outcome.value) {
        expect(alarm).toBe(false);
        if (upper === null) expect(['no-variance', 'all-zero']).toContain(reason);
      }
  });
});

test.each([
  ['baseline', () => ears([1, 2, 3], { variant: 'C1', baseline: 1 })],
  ['leastSigma', () => ears([1, 2, 3], { variant: 'C1', leastSigma: -1 })],
  ['alpha', () => ears([1, 2, 3], { variant: 'C1', alpha: 0 })],
  ['window', () => bayesDetector([1, 2, 3], { window: 0 })],
  ['alpha', () => bayesDetector([1, 2, 3], { alpha: 1 })],
  ['lambda', () => ewmaChart([1, 2, 3], { training: 2, lambda: 0 })],
  ['width', () => ewmaChart([1, 2, 3], { training: 2, width: Number.NaN })],
  ['training', () => ewmaChart([1, 2, 3], { training: 1 })],
  ['reference', () => cusumChart([1, 2, 3], { training: 2, reference: -1 })],
  ['decision', () => rossiCusumChart([1, 2, 3], { training: 2, decision: 0 })],
  ['perYear', () => farrington([1, 2, 3], { perYear: 1 })],
  ['years', () => farrington([1, 2, 3], { perYear: 52, years: 0 })],
  ['halfWindow', () => farrington([1, 2, 3], { perYear: 12, halfWindow: 6 })],
  ['alpha', () => farrington([1, 2, 3], { perYear: 12, alpha: 2 })],
  ['least.periods', () => farrington([1, 2, 3], { perYear: 12, least: { incidents: 5, periods: 0 } })],
  ['from', () => farrington([1, 2, 3], { perYear: 12, from: 3 })],
  ['to', () => farrington([1, 2, 3], { perYear: 12, to: 4 })],
  ['seasons', () => farringtonFlexible([1, 2, 3], { perYear: 12, seasons: 9 })],
  ['recentLeftOut', () => farringtonFlexible([1, 2, 3], { perYear: 52, recentLeftOut: -1 })],
  ['reweightAbove', () => farringtonFlexible([1, 2, 3], { perYear: 52, reweightAbove: 0 })],
  ['trendBelow', () => farringtonFlexible([1, 2, 3], { perYear: 52, trendBelow: 2 })],
  ['least.incidents', () => farrington([1, 2, 3], { perYear: 12, least: { incidents: Number.NaN, periods: 4 } })],
  ['perYear', () => earlyWarning([1, 2, 3], { perYear: 4 })],
  ['watched', () => earlyWarning([1, 2, 3], { perYear: 52, watched: 4 })],
])('%s outside its range is named', (name, run) => {
  expect(run()).toMatchObject({ ok: false, reason: 'out-of-range', detail: expect.stringMatching(`^${name} is `) });
});

test("Farrington's bound by the quantile of the mean is that of R's surveillance", () => {
  // From the package's own tests of its threshold (testthat/test-farringtonFlexible.R), which tell both at alpha = 0.05.
  const fitted = { mean: 5, logError: Math.log(2), trend: false };
  expect(meanQuantileBound({ ...fitted, dispersion: 1.5 }, 0.05, 11)?.p).toBeCloseTo(0.8597797, 6);
  expect(meanQuantileBound({ ...fitted, dispersion: 1 }, 0.05, 11)?.p).toBeCloseTo(0.9093099, 6);
  const counts = Uint16Array.from({ length: 213 }, (_, i) => ((i * i * 7) % 11) + (i % 13 === 0 ? 9 : 0));
  const plain = accepted(farringtonFlexible(counts, { perYear: 52, years: 4 }))[0];
  const wide = accepted(farringtonFlexible(counts, { perYear: 52, years: 4, bound: 'muan' }))[0];
  expect(wide?.model?.mean).toBe(plain?.model?.mean);
  expect(wide?.upper).toBeGreaterThan(plain?.upper ?? 0);
});

describe('on seeded Poisson weeks', () => {
  const random = createRandom(20_240_214);
  const years = 6;
  const steady = () =>
    Uint16Array.from({ length: 52 * years }, (_, i) => random.poisson(4 + 2 * Math.sin((i / 52) * 2 * Math.PI)));

  test("Farrington's false alarms stay near the share asked for, and a doubled week is found", () => {
    let classic = 0;
    let flexible = 0;
    let found = 0;
    let judged = 0;
    for (let area = 0; area < 30; area++) {
      const counts = steady();
      const span = { perYear: 52, from: counts.length - 20 };
      const byClassic = accepted(farrington(counts, { ...span, alpha: 0.05 }));
      const byFlexible = accepted(farringtonFlexible(counts, { ...span, alpha: 0.025 }));
      classic += byClassic.filter(({ alarm }) => alarm).length;
      flexible += byFlexible.filter(({ alarm }) => alarm).length;
      judged += byFlexible.length;
      counts[counts.length - 1] = 20;
      if (accepted(farringtonFlexible(counts, { perYear: 52 }))[0]?.alarm) found++;
    }
    expect(found).toBe(30);
    // 2.5 % of 600 are 15.
    expect(judged).toBe(600);
    for (const alarms of [classic, flexible]) {
      expect(alarms).toBeGreaterThan(0);
      expect(alarms).toBeLessThan(40);
    }
  });

  test.each([0.02, 0.5, 8])(
    'at %d incidents a week, Bayes and Farrington raise no more false alarms than they say',
    (mean) => {
      const alarms = { bayes: 0, farrington: 0 };
      for (let area = 0; area < 100; area++) {
        const counts = Uint16Array.from({ length: 52 * 3 + 30 }, () => random.poisson(mean));
        const { bayes, farrington } = accepted(earlyWarning(counts, { perYear: 52, watched: 10 }));
        alarms.bayes += accepted(bayes).filter(({ alarm }) => alarm).length;
        alarms.farrington += accepted(farrington).periods.filter(({ alarm }) => alarm).length;
      }
      // 5 % of 1,000 are 50; with chance, 75 at most.
      expect(alarms.bayes).toBeLessThan(75);
      expect(alarms.farrington).toBeLessThan(75);
    },
  );

  test('a past outbreak in the same weeks is weighted down', () => {
    const counts = steady();
    for (let week = counts.length - 54; week < counts.length - 51; week++) counts[week] = 40;
    const upper = (reweight: boolean) => accepted(farrington(counts, { perYear: 52, reweight }))[0]?.upper ?? 0;
    expect(upper(true)).toBeLessThan(upper(false) / 2);
  });

  test('seasons of which nothing is left take no part; without its own season a period is too short of history', () => {
    const judged = (recentLeftOut: number) =>
      accepted(farringtonFlexible(steady(), { perYear: 52, years: 1, recentLeftOut }))[0];
    expect(judged(26)).toMatchObject({ reason: null, upper: expect.any(Number) });
    expect(judged(55)).toMatchObject({ reason: 'too-short', upper: null });
  });

  test('early warning takes the better Farrington that the history allows, and names what is too short', () => {
    const counts = steady();
    const farringtonOf = (weeks: number) =>
      accepted(earlyWarning(counts.subarray(counts.length - weeks), { perYear: 52, watched: 2 })).farrington;
    expect(farringtonOf(312)).toMatchObject({ ok: true, value: { method: 'flexible' } });
    expect(farringtonOf(3 * 52 + 5)).toMatchObject({ ok: true, value: { method: 'flexible' } });
    expect(farringtonOf(3 * 52 + 4)).toMatchObject({ ok: true, value: { method: 'classic' } });
    expect(farringtonOf(2 * 52 + 5)).toMatchObject({ ok: true, value: { method: 'classic' } });
    expect(farringtonOf(2 * 52 + 4)).toMatchObject({ ok: false, reason: 'too-short' });
  });

  test('early warning gives the newest periods of every detector', () => {
    const newest = accepted(earlyWarning(steady(), { perYear: 52, watched: 3 }));
    const { ewma, cusum, ears, bayes, farrington } = newest;
    const all = [periodsOf(ewma), periodsOf(cusum), ears.C1, ears.C2, ears.C3, bayes, periodsOf(farrington)];
    for (const result of all) expect(result.ok && result.value.map(({ index }) => index)).toEqual([309, 310, 311]);
  });

  test('six quiet months: the charts say all-zero, and Bayes still has a bound', () => {
    const quiet = accepted(earlyWarning(new Uint16Array(26), { perYear: 52 }));
    expect(quiet.ewma).toMatchObject({ ok: false, reason: 'all-zero' });
    expect(quiet.cusum).toMatchObject({ ok: false, reason: 'all-zero' });
    expect(quiet.farrington).toMatchObject({ ok: false, reason: 'too-short' });
    expect(quiet.bayes).toMatchObject({ ok: true, value: [{ index: 25, upper: 1, alarm: false }] });
  });
});

function periodsOf<P>(outcome: Outcome<{ readonly periods: P }>): Outcome<P> {
  return outcome.ok ? { ok: true, value: outcome.value.periods } : outcome;
}
