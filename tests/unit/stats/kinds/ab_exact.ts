import { expect } from 'vitest';
import { getisOrdG } from '../../../../shared/stats/getis-ord.ts';
import { globalMoran } from '../../../../shared/stats/global-moran.ts';
import { localMoran } from '../../../../shared/stats/local-moran.ts';
import { localMoranPermutation } from '../../../../shared/stats/local-moran-permutation.ts';
import { contiguityWeights, neighboursFromLists } from '../../../../shared/stats/weights.ts';
import { accepted } from '../outcome.ts';
import { expectAllNear, expectNear, type ReferenceCheck } from '../reference-file.ts';

const DRAWS = 40_000;

/** Moments over all orders of the values, enumerated. */
export const check: ReferenceCheck = ({ input, expected, tolerance }) => {
  expect(input.x).toHaveLength(input.n);
  const neighbours = accepted(neighboursFromLists(input.neighbours));
  for (const [name, style] of [
    ['binary', 'binary'],
    ['row_standardised', 'row-standardised'],
  ] as const) {
    const wanted = expected[name];
    if (!wanted) continue;
    const weights = accepted(contiguityWeights(neighbours, { style }));
    const near = (actual: Float64Array, key: string) => expectAllNear(actual, wanted[key], tolerance, `${name} ${key}`);

    const total = accepted(localMoran(input.x, weights, { moments: 'total' }));
    near(total.statistic, 'I_local');
    near(total.expected, 'E_total');
    near(total.variance, 'V_total');
    const conditional = accepted(localMoran(input.x, weights));
    near(conditional.statistic, 'I_local');
    near(conditional.expected, 'E_cond');
    near(conditional.variance, 'V_cond');

    const global = accepted(globalMoran(input.x, weights));
    expectNear(global.statistic, wanted.I_global, tolerance, 'I_global');
    expectNear(global.expected, wanted.E_global, tolerance, 'E_global');
    expectNear(global.randomisation.variance, wanted.V_global, tolerance, 'V_global');

    for (const [prefix, star] of [
      ['Gi', false],
      ['Gi_star', true],
    ] as const) {
      const result = accepted(getisOrdG(input.x, weights, { star }));
      near(result.lag, `${prefix}_lag`);
      near(result.expected, `${prefix}_E`);
      near(result.variance, `${prefix}_V`);
      near(result.z, `${prefix}_z`);
    }

    // Drawn, not enumerated: as near as so many draws come.
    const drawn = accepted(localMoranPermutation(input.x, weights, { permutations: DRAWS, seed: 4 }));
    for (const [place, [atLeast, atMost]] of wanted.Gi_exact_p_ge_le.entries()) {
      const five = (p: number) => ({ abs: 5 * Math.sqrt((p * (1 - p)) / DRAWS) });
      expectNear((drawn.atLeast[place] ?? 0) / DRAWS, atLeast, five(atLeast), `${name} P(L ≥ l) of ${place}`);
      expectNear((drawn.atMost[place] ?? 0) / DRAWS, atMost, five(atMost), `${name} P(L ≤ l) of ${place}`);
    }
  }
};
