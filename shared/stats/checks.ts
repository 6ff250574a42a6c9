import { type Refusal, refuse } from './result.ts';
import type { SpatialWeights } from './weights.ts';

/** Beyond this the squares and fourth powers that the methods take would not be finite. */
export const GREATEST = 1e70;

/** More events than this are not counted one by one: the work of several methods grows with them. */
export const MOST_EVENTS = 10_000_000;

/** Whether a length, time or coordinate is so far from 0 that powers of it would be lost. */
export const isTooFar = (value: number) => Math.abs(value) > GREATEST;

/** Whether a number is above 0, and neither so small nor so great that powers of it would be lost. */
export const isLength = (value: number) => value >= 1 / GREATEST && value <= GREATEST;

/** Whether a number is a chance between 0 and 1 whose complement a double still tells from 1. */
export const isChance = (value: number) => value >= 1e-12 && value <= 1 - 1e-12;

/** Why random draws cannot be made or repeated: how many there are, and the seed. */
export function refuseDraws(name: string, draws: number, seed: number): Refusal | undefined {
  if (!(Number.isSafeInteger(draws) && draws >= 1))
    return refuse('out-of-range', `${name} is ${draws}; give a whole number from 1 on.`);
  if (!Number.isSafeInteger(seed)) return refuse('out-of-range', `seed is ${seed}; give a whole number.`);
  return undefined;
}

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
  const mean = meanOf(values);
  const scale = greatestDistance(values, mean);
  const scaled = new Float64Array(values.length);
  for (let i = 0; i < scaled.length; i++) scaled[i] = ((values[i] ?? 0) - mean) / scale;
  return { scaled, mean, scale };
}

/** Values moved and scaled without rounding, where they are counts: sums of them are exact, and equal ones tie. */
export interface Shifted {
  /** Within [−1.5, 1.5]. */
  scaled: Float64Array;
  /** Mean and variance (n below) of `scaled`. */
  mean: number;
  variance: number;
  /** value = shift + scale · scaled; the scale is a power of two. */
  shift: number;
  scale: number;
}

/** Finite values, not all equal, moved near their mean by a multiple of a power of two, and scaled by another. */
export function shiftedValues(values: ArrayLike<number>): Shifted {
  const mean = meanOf(values);
  const quantum = 2 ** Math.floor(Math.log2(greatestDistance(values, mean)));
  const shift = Math.round(mean / quantum) * quantum;
  const scale = 2 * quantum;
  const scaled = new Float64Array(values.length);
  for (let i = 0; i < scaled.length; i++) scaled[i] = ((values[i] ?? 0) - shift) / scale;
  const scaledMean = (mean - shift) / scale;
  let squares = 0;
  for (let i = 0; i < scaled.length; i++) squares += ((scaled[i] ?? 0) - scaledMean) ** 2;
  return { scaled, mean: scaledMean, variance: squares / values.length, shift, scale };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  const mean = sum / values.length;
  // Once more from the first mean, which takes away what rounding of the long sum left.
  let rest = 0;
  for (let i = 0; i < values.length; i++) rest += (values[i] ?? 0) - mean;
  return mean + rest / values.length;
}

function greatestDistance(values: ArrayLike<number>, from: number): number {
  let greatest = 0;
  for (let i = 0; i < values.length; i++) greatest = Math.max(greatest, Math.abs((values[i] ?? 0) - from));
  return greatest;
}
