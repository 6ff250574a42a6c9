import { expect } from 'vitest';
import { falseDiscoveryRate } from '../../../../shared/stats/false-discovery.ts';
import { confidenceClasses, type GetisOrd, getisOrdG } from '../../../../shared/stats/getis-ord.ts';
import { distanceBandWeights } from '../../../../shared/stats/proximity.ts';
import {
  contiguityWeights,
  inverseDistanceWeights,
  neighboursFromLists,
  type PlanePoints,
  type SpatialWeights,
} from '../../../../shared/stats/weights.ts';
import { accepted } from '../outcome.ts';
import { expectAllNear, type ReferenceCheck, type Tolerance } from '../reference-file.ts';

/** spdep's name of how weights are made. */
const STYLE_CODES = { binary: 'B', 'row-standardised': 'W', 'inverse-distance': 'B' };

/** The weights that a variant's name asks for. */
function weightsOf(variant: string, neighbours: readonly number[][], points: PlanePoints): SpatialWeights {
  const given = accepted(neighboursFromLists(neighbours));
  if (variant.endsWith('inverse_distance')) return accepted(inverseDistanceWeights(given, points));
  return accepted(
    contiguityWeights(given, { style: variant.endsWith('row_standardised') ? 'row-standardised' : 'binary' }),
  );
}

/** Gi and Gi* with their moments as shares of the sum of the values, p, false discovery rate and classes. */
export const check: ReferenceCheck = ({ input, expected, tolerance }) => {
  const points = pointsOf(input.coords ?? []);
  if (input.distance_threshold !== undefined) {
    const band = accepted(distanceBandWeights(points, input.distance_threshold));
    expect(listsOf(band)).toEqual(input.neighbours);
  }
  const total = input.x.reduce((sum: number, value: number) => sum + value, 0);
  for (const variant of Object.keys(expected)) {
    const reference = expected[variant];
    const weights = weightsOf(variant, input.neighbours, points);
    const result = accepted(getisOrdG(input.x, weights, { star: variant.startsWith('gi_star') }));
    expect(result.statistic).toBe(reference.statistic);
    expect(STYLE_CODES[weights.style]).toBe(reference.style);
    if ('weights' in reference) {
      for (const [place, row] of reference.weights.entries())
        expectAllNear(rowOf(weights, place), row, tolerance, `weights of ${place}`);
    }
    const sums = input.x.map((value: number) => (result.statistic === 'Gi' ? total - value : total));
    const share = (figures: Float64Array, power: number) =>
      Array.from(figures, (figure, place) => figure / sums[place] ** power);
    expectAllNear(share(result.lag, 1), reference.G, tolerance, `${variant} G`);
    expectAllNear(share(result.expected, 1), reference.EG, tolerance, `${variant} EG`);
    expectAllNear(share(result.variance, 2), reference.VG, tolerance, `${variant} VG`);
    expectAllNear(whereDefined(result, result.z), reference.z, tolerance, `${variant} z`);
    expectAllNear(whereDefined(result, result.p), reference.p_two_sided, tolerance, `${variant} p`);
    checkDiscoveries(result, reference, tolerance);
  }
};

function checkDiscoveries(
  result: GetisOrd,
  reference: Parameters<ReferenceCheck>[0]['expected'],
  tolerance: Tolerance,
) {
  const adjusted = accepted(falseDiscoveryRate(result.p, 0.05, result.state)).adjusted;
  expectAllNear(whereDefined(result, adjusted), reference.fdr.p_bh, tolerance, 'p_bh');
  const levels = new Set(Object.keys(reference.fdr).flatMap((key) => /^sig_(?:bh|raw)_(\d+)$/.exec(key)?.[1] ?? []));
  for (const level of levels) {
    const alpha = Number(`0.${level}`);
    const { significant } = accepted(falseDiscoveryRate(result.p, alpha, result.state));
    const flags = (isFlagged: (place: number) => boolean) =>
      Array.from(result.state, (state, place) => (state === 0 ? isFlagged(place) : null));
    expect(flags((place) => significant[place] === 1)).toEqual(reference.fdr[`sig_bh_${level}`]);
    expect(flags((place) => (result.p[place] ?? 1) <= alpha)).toEqual(reference.fdr[`sig_raw_${level}`]);
  }
  expect([...confidenceClasses(result.z, result.p)]).toEqual(reference.gi_bin_raw);
  expect([...confidenceClasses(result.z, adjusted)]).toEqual(reference.gi_bin_fdr);
}

/** A place's figure, `null` where the place has none. */
export function whereDefined({ state }: { state: Uint8Array }, figures: Float64Array): (number | null)[] {
  return Array.from(figures, (figure, place) => (state[place] === 0 ? figure : null));
}

/** Points from pairs. */
export function pointsOf(coords: readonly [number, number][]): PlanePoints {
  return { x: Float64Array.from(coords, ([x]) => x), y: Float64Array.from(coords, ([, y]) => y) };
}

/** The neighbours of each place as lists. */
export function listsOf({ size, starts, neighbours }: SpatialWeights): number[][] {
  return Array.from({ length: size }, (_, place) => [...neighbours.subarray(starts[place], starts[place + 1])]);
}

function rowOf({ starts, weights }: SpatialWeights, place: number): Float64Array {
  return weights.subarray(starts[place], starts[place + 1]);
}
