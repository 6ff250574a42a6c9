import { MOST_EVENTS } from './checks.ts';
import { type Refusal, refuse, type StatsReason } from './result.ts';

/** One period (day, week) of an area's series, as a detector of early warning judged it. */
export interface WatchedPeriod {
  /** Position in the series, from 0. */
  readonly index: number;
  /** Incidents counted. */
  readonly observed: number;
  /** Upper bound in incidents, to be drawn over the series; null where there is none, and `reason` says why. */
  readonly upper: number | null;
  /** Whether the count is over what the detector takes as usual. */
  readonly alarm: boolean;
  /** Why this period could not be judged; null where it was. */
  readonly reason: StatsReason | null;
}

/** A period that could not be judged. */
export function unjudged(counts: ArrayLike<number>, index: number, reason: StatsReason): WatchedPeriod {
  return { index, observed: counts[index] ?? 0, upper: null, alarm: false, reason };
}

/** Says what is wrong with a series of counts, if anything: each must be a whole number of at least 0. */
export function refuseSeries(counts: ArrayLike<number>): Refusal | undefined {
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] ?? 0;
    if (!Number.isFinite(count)) return refuse('not-finite', `counts[${i}] is ${count}; give a whole number`);
    if (count < 0 || !Number.isInteger(count))
      return refuse('negative-count', `counts[${i}] is ${count}; give a whole number of at least 0`);
    if (count > MOST_EVENTS) return refuse('out-of-range', `counts[${i}] is ${count}; give at most ${MOST_EVENTS}`);
  }
  return undefined;
}

/** Says that a parameter is outside its range, if it is. */
export function refuseParameter(name: string, value: number, fits: boolean, range: string): Refusal | undefined {
  return fits ? undefined : refuse('out-of-range', `${name} is ${value}; give ${range}`);
}

/** Says that a series is shorter than the method needs, if it is. */
export function refuseShort(counts: ArrayLike<number>, periods: number, what: string): Refusal | undefined {
  if (counts.length >= periods) return undefined;
  return refuse('too-short', `counts has ${counts.length} periods; ${what} needs ${periods}`);
}

/** Mean of `length` counts from `start` on. */
export function meanOf(counts: ArrayLike<number>, start: number, length: number): number {
  let sum = 0;
  for (let i = start; i < start + length; i++) sum += counts[i] ?? 0;
  return sum / length;
}
