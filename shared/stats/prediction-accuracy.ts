import { isLength, isTooFar } from './checks.ts';
import { done, type Outcome, refuse } from './result.ts';

/** How a hotspot map did, if its best 1, 2, … n places had been watched. Every array has one element for each rank. */
export interface PredictionAccuracy {
  /** Index of the place of each rank: highest predicted density first. */
  order: Uint32Array;
  /** Events that came in the places of this rank and the better ones. */
  count: Float64Array;
  /** Their area, in the unit of the input. */
  area: Float64Array;
  /** `count` as a share of all events, 0…1. */
  hitRate: Float64Array;
  /** `area` as a share of the whole area, 0…1. */
  areaFraction: Float64Array;
  /** Prediction accuracy index: hit rate over area fraction. 1 is no better than chance. */
  pai: Float64Array;
  /** Prediction efficiency index: PAI over the best one that so many places could have had, 0…1. */
  pei: Float64Array;
  /** Recapture rate index: predicted over observed events up to this rank; null as long as none were observed. */
  rri: (number | null)[];
}

/**
 * Scores a prediction against what followed: PAI (S. Chainey, L. Tompson, S. Uhlig, "The utility of hotspot mapping for
 * predicting spatial patterns of crime", Security Journal 21, 2008), PEI with the best map of equally many places (as
 * in A. Wheeler's ptools; J. Hunt's 2016 original holds the area equal), RRI (N. Levine, 2008) and hit rate.
 *
 * Places are ranked by predicted density; where that ties, the place with fewer events comes first, so that a map earns
 * nothing by chance, then the one that comes first in the input; equally dense places of the best map keep the map's order.
 *
 * @param observed Events in each place in the period that followed; whole numbers ≥ 0.
 * @param predicted Events (or any score ≥ 0 per place) that the map foresaw.
 * @param area Area of each place, above 0, any one unit.
 *
 * Refuses `length-mismatch`, `no-areas`, `not-finite`, `negative-count` (also a negative prediction), `out-of-range` (an
 * area of 0 or less) and `all-zero` (no events, or nothing predicted).
 */
export function predictionAccuracyIndex(
  observed: ArrayLike<number>,
  predicted: ArrayLike<number>,
  area: ArrayLike<number>,
): Outcome<PredictionAccuracy> {
  const n = observed.length;
  if (n === 0) return refuse('no-areas', 'observed has no places.');
  if (predicted.length !== n || area.length !== n)
    return refuse('length-mismatch', `observed has ${n} places, predicted ${predicted.length}, area ${area.length}.`);
  let events = 0;
  let foreseen = 0;
  let whole = 0;
  for (let i = 0; i < n; i++) {
    const [o, p, a] = [observed[i] ?? 0, predicted[i] ?? 0, area[i] ?? 0];
    if (![o, p, a].every(Number.isFinite)) return refuse('not-finite', `Place ${i} has a value that is no number.`);
    if (o < 0 || !Number.isInteger(o)) return refuse('negative-count', `observed[${i}] is ${o}; it is not a count.`);
    if (p < 0) return refuse('negative-count', `predicted[${i}] is ${p}, below 0.`);
    if ([o, p].some(isTooFar)) return refuse('out-of-range', `Place ${i} has ${o} events and ${p} predicted.`);
    if (!isLength(a)) return refuse('out-of-range', `area[${i}] is ${a}; an area is above 0.`);
    events += o;
    foreseen += p;
    whole += a;
  }
  if (events === 0) return refuse('all-zero', 'observed has no events to be foreseen.');
  if (foreseen === 0) return refuse('all-zero', 'predicted foresees nothing.');

  const density = (values: ArrayLike<number>, i: number) => (values[i] ?? 0) / (area[i] ?? 1);
  const places = Array.from({ length: n }, (_, i) => i);
  const order = Uint32Array.from(
    places.toSorted(
      (i, j) => density(predicted, j) - density(predicted, i) || (observed[i] ?? 0) - (observed[j] ?? 0) || i - j,
    ),
  );
  const best = order.toSorted((i, j) => density(observed, j) - density(observed, i));

  const result: PredictionAccuracy = {
    order,
    count: cumulate(observed, order),
    area: cumulate(area, order),
    hitRate: new Float64Array(n),
    areaFraction: new Float64Array(n),
    pai: new Float64Array(n),
    pei: new Float64Array(n),
    rri: [],
  };
  const predictedCount = cumulate(predicted, order);
  const bestCount = cumulate(observed, best);
  const bestArea = cumulate(area, best);
  for (let k = 0; k < n; k++) {
    const count = result.count[k] ?? 0;
    const hitRate = count / events;
    const areaFraction = (result.area[k] ?? 0) / whole;
    const bestPai = (bestCount[k] ?? 0) / events / ((bestArea[k] ?? 0) / whole);
    result.hitRate[k] = hitRate;
    result.areaFraction[k] = areaFraction;
    result.pai[k] = hitRate / areaFraction;
    result.pei[k] = hitRate / areaFraction / bestPai;
    result.rri.push(count === 0 ? null : (predictedCount[k] ?? 0) / count);
  }
  return done(result);
}

/**
 * How many places may be watched when `limit` of the area (a share, 0…1) can be: the greatest number of ranks whose area
 * stays within it, 0 when the first is already larger.
 */
export function ranksWithin(accuracy: PredictionAccuracy, limit: number): number {
  // A share that was meant exactly is not lost to rounding.
  const beyond = accuracy.areaFraction.findIndex((fraction) => !(fraction <= limit * (1 + 1e-12)));
  return beyond === -1 ? accuracy.areaFraction.length : beyond;
}

function cumulate(values: ArrayLike<number>, order: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(order.length);
  let sum = 0;
  for (let k = 0; k < order.length; k++) {
    sum += values[order[k] ?? 0] ?? 0;
    sums[k] = sum;
  }
  return sums;
}
