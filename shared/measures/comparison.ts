import {
  contiguityWeights,
  done,
  globalMoranPermutation,
  type LongRun,
  type Outcome,
  type PermutationTest,
  poissonRateRatio,
  refuse,
} from '../stats/index.ts';
import type { Asked, PlaceFigure, PlaceInput } from './figure.ts';
import { changeFigure } from './inference.ts';

/** Orders drawn for the p of Moran's I. */
export const PERMUTATIONS = 999;

/** Period against baseline: of each place, of all together, and how much each lies together on the map. */
export interface Comparison {
  change: PlaceFigure;
  /** Of all places together: rate a day over that of the baseline, null where that has none, and its 95 % interval. */
  whole: { ratio: number | null; lower: number; upper: number | null };
  moran: { period: Outcome<PermutationTest>; baseline: Outcome<PermutationTest> };
}

/** Compares the two periods of the input. Refuses as {@link changeFigure}. */
export function compare(input: PlaceInput, asked: Asked, run: LongRun = {}): Outcome<Comparison> {
  const change = changeFigure(input, asked);
  if (!change.ok) return change;
  const { days, count, baselineCount, neighbours } = input;
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  const whole = poissonRateRatio({
    counts: [total(count), total(baselineCount)],
    exposures: [days.period, days.baseline],
  });
  if (!whole.ok) return whole;
  const moranOf = (values: Float64Array, share: number): Outcome<PermutationTest> => {
    if (!neighbours) return refuse('no-neighbours', 'neighbours: they are not known');
    const weights = contiguityWeights(neighbours, { style: 'row-standardised' });
    if (!weights.ok) return weights;
    return globalMoranPermutation(values, weights.value, {
      permutations: PERMUTATIONS,
      seed: asked.seed,
      ...run,
      onProgress: (at, of) => run.onProgress?.(share * of + at, 2 * of),
    });
  };
  const moran = { period: moranOf(count, 0), baseline: moranOf(baselineCount, 1) };
  return done({ change: change.value, whole: whole.value, moran });
}
