import { expect } from 'vitest';
import { falseDiscoveryRate } from '../../../../shared/stats/false-discovery.ts';
import { gearyC, globalMoran } from '../../../../shared/stats/global-moran.ts';
import { LOCAL_QUADRANT, localMoran } from '../../../../shared/stats/local-moran.ts';
import { contiguityWeights, neighboursFromLists, type SpatialWeights } from '../../../../shared/stats/weights.ts';
import { accepted } from '../outcome.ts';
import { expectAllNear, expectNear, type ReferenceCheck, type Tolerance } from '../reference-file.ts';
import { whereDefined } from './a_gi.ts';

type Wanted = Parameters<ReferenceCheck>[0]['expected'];

const QUADRANT_NAMES = {
  [LOCAL_QUADRANT.highHigh]: 'High-High',
  [LOCAL_QUADRANT.lowHigh]: 'Low-High',
  [LOCAL_QUADRANT.lowLow]: 'Low-Low',
  [LOCAL_QUADRANT.highLow]: 'High-Low',
};

/** Moran's I local and global, and Geary's C, with their moments. */
export const check: ReferenceCheck = ({ input, expected, tolerance }) => {
  expect(input.x).toHaveLength(input.n);
  const neighbours = accepted(neighboursFromLists(input.neighbours));
  for (const [name, style] of [
    ['binary', 'binary'],
    ['row_standardised', 'row-standardised'],
  ] as const) {
    const weights = accepted(contiguityWeights(neighbours, { style }));
    for (const moments of ['total', 'conditional'] as const) {
      const local = expected[`local_${name}_${moments}`];
      if (local) checkLocal(input.x, weights, moments, local, tolerance);
    }
    const global = expected[`global_${name}`];
    if (global) checkGlobal(input.x, weights, global, tolerance);
  }
};

function checkLocal(
  x: readonly number[],
  weights: SpatialWeights,
  moments: 'total' | 'conditional',
  wanted: Wanted,
  tolerance: Tolerance,
): void {
  const result = accepted(localMoran(x, weights, { moments }));
  expectAllNear(result.statistic, wanted.Ii, tolerance, 'Ii');
  expectAllNear(result.expected, wanted.EI, tolerance, 'EI');
  expectAllNear(result.variance, wanted.VI, tolerance, 'VI');
  expectAllNear(whereDefined(result, result.z), wanted.z, tolerance, 'z');
  expectAllNear(whereDefined(result, result.p), wanted.p_two_sided, tolerance, 'p');
  expectAllNear(
    whereDefined(result, accepted(falseDiscoveryRate(result.p, 0.05, result.state)).adjusted),
    wanted.p_bh,
    tolerance,
    'adjusted p',
  );
  const byMedian = accepted(localMoran(x, weights, { moments, cut: 'median' }));
  expect(quadrantNames(result.quadrant)).toEqual(wanted.quadrant_mean);
  expect(quadrantNames(byMedian.quadrant)).toEqual(wanted.quadrant_median);
}

const quadrantNames = (codes: Uint8Array) =>
  Array.from(codes, (code) => QUADRANT_NAMES[code as keyof typeof QUADRANT_NAMES]);

function checkGlobal(x: readonly number[], weights: SpatialWeights, wanted: Wanted, tolerance: Tolerance): void {
  const near = (actual: number, key: string) => expectNear(actual, wanted[key], tolerance, key);
  const moran = accepted(globalMoran(x, weights));
  near(moran.statistic, 'I');
  near(moran.expected, 'EI');
  near(moran.randomisation.variance, 'VI_randomisation');
  near(moran.randomisation.z, 'z_randomisation');
  near(moran.randomisation.p, 'p_randomisation');
  near(moran.normality.variance, 'VI_normality');
  near(moran.normality.z, 'z_normality');
  near(moran.normality.p, 'p_normality');
  const geary = accepted(gearyC(x, weights));
  near(geary.statistic, 'geary_C');
  near(geary.expected, 'geary_EC');
  near(geary.randomisation.variance, 'geary_VC');
  near(geary.randomisation.z, 'geary_z');
}
