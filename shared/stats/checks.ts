import { type Refusal, refuse } from './result.ts';
import type { SpatialWeights } from './weights.ts';

/** Beyond this the squares and fourth powers that the methods take would not be finite. */
const GREATEST = 1e70;

/**
 * Why values have no statistic of neighbourhoods, or undefined: one value a place, finite, not all equal, and some place
 * has a neighbour.
 */
export function refuseValues(values: ArrayLike<number>, weights: SpatialWeights): Refusal | undefined {
  const { size, islands } = weights;
  const refusal = refuseNumbers(values, size);
  if (refusal) return refusal;
  return islands.length === size ? refuse('no-neighbours', 'weights: no place has a neighbour') : undefined;
}

/** The same of the values alone, `size` of them. */
export function refuseNumbers(values: ArrayLike<number>, size: number): Refusal | undefined {
  if (size === 0) return refuse('no-areas', 'values: there are no places');
  if (values.length !== size) return refuse('length-mismatch', `values: ${values.length} values for ${size} places`);
  if (size === 1) return refuse('one-area', 'values: one place has nothing to be compared with');
  const first = values[0];
  let varies = false;
  for (let place = 0; place < size; place++) {
    const value = values[place];
    if (value === undefined || !Number.isFinite(value))
      return refuse('not-finite', `values: ${value} of place ${place} is not a finite number`);
    if (Math.abs(value) > GREATEST)
      return refuse('out-of-range', `values: ${value} of place ${place} is beyond ±${GREATEST}`);
    varies ||= value !== first;
  }
  if (!varies && first === 0) return refuse('all-zero', 'values: all are zero');
  if (!varies) return refuse('no-variance', `values: all are ${first}`);
  return undefined;
}

/** Deviations from the mean, divided by the greatest of them, so that no power of them is lost or overflows. */
export interface Deviations {
  /** In [−1, 1]. */
  scaled: Float64Array;
  /** value = mean + scale · scaled. */
  mean: number;
  scale: number;
}

/** Deviations of finite values, not all equal, from their mean. */
export function deviations(values: ArrayLike<number>): Deviations {
  const size = values.length;
  let sum = 0;
  for (let i = 0; i < size; i++) sum += values[i] ?? 0;
  let mean = sum / size;
  // Once more from the first mean, which takes away what rounding of the long sum left.
  let rest = 0;
  for (let i = 0; i < size; i++) rest += (values[i] ?? 0) - mean;
  mean += rest / size;
  const scaled = new Float64Array(size);
  let scale = 0;
  for (let i = 0; i < size; i++) {
    const deviation = (values[i] ?? 0) - mean;
    scaled[i] = deviation;
    scale = Math.max(scale, Math.abs(deviation));
  }
  for (let i = 0; i < size; i++) scaled[i] = (scaled[i] ?? 0) / scale;
  return { scaled, mean, scale };
}
