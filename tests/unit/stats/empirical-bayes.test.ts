import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choynowski } from '../../../shared/stats/choynowski.ts';
import { empiricalBayesRates, standardisedRates } from '../../../shared/stats/empirical-bayes.ts';
import { localEmpiricalBayesRates } from '../../../shared/stats/local-empirical-bayes.ts';
import type { Outcome } from '../../../shared/stats/result.ts';
import { type Neighbours, neighboursFromLists } from '../../../shared/stats/weights.ts';
import { accepted } from './outcome.ts';

/** Places in a row, each next to the one before and after it. */
const inARow = (size: number): Neighbours =>
  accepted(
    neighboursFromLists(
      Array.from({ length: size }, (_, i) => [i - 1, i + 1].filter((other) => other >= 0 && other < size)),
    ),
  );

type Run = (cases: ArrayLike<number>, population: ArrayLike<number>) => Outcome<object>;
const RUNS: Record<string, Run> = {
  global: (cases, population) => empiricalBayesRates(cases, population),
  binomial: (cases, population) => empiricalBayesRates(cases, population, { family: 'binomial' }),
  local: (cases, population) => localEmpiricalBayesRates(cases, population, inARow(Math.max(1, cases.length))),
  'local, about the focal mean': (cases, population) =>
    localEmpiricalBayesRates(cases, population, inARow(Math.max(1, cases.length)), { about: 'focal' }),
  standardised: standardisedRates,
  Choynowski: choynowski,
};

/** Rare cases among households, with places that have none of either. */
const places = fc.array(
  fc
    .tuple(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5000 })), fc.nat(40))
    .map(([households, cases]) => [Math.min(cases, households), households] as const),
  { minLength: 2, maxLength: 60 },
);

describe.each(Object.entries(RUNS))('%s', (_, run) => {
  const reason = (cases: number[], population: number[]) => {
    const outcome = run(cases, population);
    return outcome.ok ? 'none' : outcome.reason;
  };

  test('degenerate input has a named reason', () => {
    expect(reason([1, 2], [10, 20])).toBe('none');
    expect(reason([], [])).toBe('no-areas');
    expect(reason([1], [10])).toBe('one-area');
    expect(reason([1, 2], [10, 0])).toBe('one-area');
    expect(reason([0, 0], [0, 0])).toBe('out-of-range');
    expect(reason([1, 2], [10, -1])).toBe('out-of-range');
    expect(reason([1, 2], [10])).toBe('length-mismatch');
    expect(reason([0, 0], [10, 20])).toBe('all-zero');
    expect(reason([1, Number.NaN], [10, 20])).toBe('not-finite');
    expect(reason([1, 2], [10, Number.POSITIVE_INFINITY])).toBe('not-finite');
    expect(reason([1, -2], [10, 20])).toBe('negative-count');
    expect(reason([1, 0.5], [10, 20])).toBe('negative-count');
  });

  test('every figure is finite', () => {
    fc.assert(
      fc.property(places, (rows) => {
        const outcome = run(
          rows.map(([cases]) => cases),
          rows.map(([, households]) => households),
        );
        if (!outcome.ok) expect(['all-zero', 'one-area', 'out-of-range']).toContain(outcome.reason);
        else
          for (const figures of Object.values(outcome.value))
            for (const figure of typeof figures === 'number' ? [figures] : figures)
              expect(Number.isFinite(figure)).toBe(true);
      }),
    );
  });

  test('cases where nobody lives change nothing elsewhere', () => {
    const cases = [3, 1, 0, 7, 2];
    const population = [100, 50, 0, 300, 80];
    expect(run(cases, population)).toEqual(run(cases.with(2, 9), population));
  });
});

describe('shrinkage', () => {
  test('each rate lies between the raw one and the mean, and a larger place moves less', () => {
    fc.assert(
      fc.property(places, fc.constantFrom('poisson' as const, 'binomial' as const), (rows, family) => {
        const cases = rows.map(([count]) => count);
        const population = rows.map(([, households]) => households);
        const outcome = empiricalBayesRates(cases, population, { family });
        fc.pre(outcome.ok);
        const { rates, raw, mean, withoutRate } = accepted(outcome);
        raw.forEach((rate, i) => {
          if (withoutRate[i]) {
            expect(population[i]).toBe(0);
            expect(rates[i]).toBe(0);
            return;
          }
          expect(rates[i]).toBeGreaterThanOrEqual(Math.min(rate, mean) - 1e-12);
          expect(rates[i]).toBeLessThanOrEqual(Math.max(rate, mean) + 1e-12);
        });
      }),
    );
    const { rates, raw, mean } = accepted(empiricalBayesRates([20, 1, 0, 0], [2000, 100, 5000, 4000]));
    const kept = (i: number) => ((rates[i] ?? 0) - mean) / ((raw[i] ?? 0) - mean);
    expect(kept(0)).toBeGreaterThan(kept(1));
  });

  test('a place without neighbours keeps its raw rate, one whose neighbourhood has no case gets 0', () => {
    const neighbours = accepted(neighboursFromLists([[1], [0], [], [4], [3]]));
    const local = accepted(localEmpiricalBayesRates([4, 0, 5, 0, 0], [100, 100, 40, 10, 10], neighbours));
    expect(local.rates[2]).toBe(local.raw[2]);
    expect(Array.from(local.rates.subarray(3))).toEqual([0, 0]);
    expect(local.rates[1]).toBeGreaterThan(0);
  });

  test('no neighbours at all, or those of other places, are refused', () => {
    const alone = accepted(neighboursFromLists([[], []]));
    expect(localEmpiricalBayesRates([1, 2], [10, 10], alone)).toMatchObject({ reason: 'no-neighbours' });
    expect(localEmpiricalBayesRates([1, 2], [10, 10], inARow(3))).toMatchObject({ reason: 'length-mismatch' });
  });
});

test("Choynowski's tails: both include the count itself, and without population both are 1", () => {
  const map = accepted(choynowski([4, 0, 3], [100, 100, 0]));
  expect(Array.from(map.expected)).toEqual([2, 2, 0]);
  expect(map.relativeRisk[0]).toBe(2);
  const mass = (Math.exp(-2) * 2 ** 4) / 24;
  expect((map.atMost[0] ?? 0) + (map.atLeast[0] ?? 0)).toBeCloseTo(1 + mass, 12);
  expect([map.atMost[2], map.atLeast[2]]).toEqual([1, 1]);
});
