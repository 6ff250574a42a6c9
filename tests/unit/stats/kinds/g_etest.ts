import { expect } from 'vitest';
import { poissonMass } from '../../../../shared/stats/poisson.ts';
import { poissonRateRatio, poissonTwoSample } from '../../../../shared/stats/two-poisson.ts';
import { accepted } from '../outcome.ts';
import { expectNear, type ReferenceCheck } from '../reference-file.ts';

export const check: ReferenceCheck = ({ tolerance, input, expected }) => {
  expect(expected.results.map((row: Record<string, number>) => [row.k1, row.k2, row.n1, row.n2])).toEqual(input.pairs);
  for (const row of expected.results) {
    const two = { counts: [row.k1, row.k2], exposures: [row.n1, row.n2] } as const;
    const near = (actual: number | null, figure: number | null, what: string) =>
      expectNear(actual, figure, tolerance, `${what} of ${two.counts}`);
    const { p, conditionalP, rootDifference } = accepted(poissonTwoSample(two));
    const pooled = accepted(poissonTwoSample(two, { variance: 'pooled' })).p;
    near(p, row.e_test_bruteforce, 'p');
    near(pooled, row.e_test_pooled_bruteforce, 'pooled p');
    near(conditionalP, row.exact_conditional_p, 'conditional p');
    near(rootDifference, row.poisson_sqrt_z, '2(√k1 − √k2)');
    const { ratio, lower, upper } = accepted(poissonRateRatio(two));
    near(ratio, row.rate_ratio, 'rate ratio');
    near(lower, row.rate_ratio_ci95[0], 'lower bound');
    near(upper, row.rate_ratio_ci95[1], 'upper bound');
    // Both programs leave out the cell (0, 0), and now and then a tie: they may be short of that, never over.
    const rate = (row.k1 + row.k2) / (row.n1 + row.n2);
    for (const [theirs, ours, isPooled] of [
      [row.e_test_scipy, p, false],
      [row.e_test_ptools, pooled, true],
    ] as const) {
      const allowed = tolerance.abs + tolerance.rel * ours;
      expect(ours - theirs).toBeGreaterThanOrEqual(-allowed);
      expect(ours - theirs).toBeLessThanOrEqual(tiedMass(row, rate, isPooled) + allowed);
    }
  }
};

/** The chance of (0, 0) and of all counts whose T is, but for rounding, that of the row. */
function tiedMass(
  { k1, k2, n1, n2 }: Record<'k1' | 'k2' | 'n1' | 'n2', number>,
  rate: number,
  isPooled: boolean,
): number {
  const distance = (x1: number, x2: number) => {
    const variance = isPooled ? (x1 + x2) / (n1 * n2) : x1 / n1 ** 2 + x2 / n2 ** 2;
    return variance === 0 ? 0 : Math.abs(x1 / n1 - x2 / n2) / Math.sqrt(variance);
  };
  const reach = (mean: number) => Math.ceil(mean + 10 * Math.sqrt(mean) + 30);
  const observed = distance(k1, k2);
  let sum = poissonMass(0, n1 * rate) * poissonMass(0, n2 * rate);
  for (let x1 = 0; x1 <= reach(n1 * rate); x1++)
    for (let x2 = 0; x2 <= reach(n2 * rate); x2++)
      if (Math.abs(distance(x1, x2) - observed) <= 1e-9 * (1 + observed))
        sum += poissonMass(x1, n1 * rate) * poissonMass(x2, n2 * rate);
  return sum;
}
