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
    const pooled = accepted(poissonTwoSample(two, 'pooled')).p;
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
    const cell = (x1: number, x2: number) => poissonMass(x1, row.n1 * rate) * poissonMass(x2, row.n2 * rate);
    const leftOut = cell(0, 0) + cell(row.k1, row.k2) + cell(row.k2, row.k1);
    const short = [p - row.e_test_scipy, pooled - row.e_test_ptools];
    expect(Math.min(...short)).toBeGreaterThanOrEqual(-tolerance.abs);
    expect(Math.max(...short)).toBeLessThanOrEqual(leftOut + tolerance.abs);
  }
};
