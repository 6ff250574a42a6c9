import { isLength, isTooFar, MOST_EVENTS, refuseDraws } from './checks.ts';
import type { LongRun } from './long-run.ts';
import { createRandom, type Random } from './random.ts';
import { done, type Outcome, type Refusal, refuse } from './result.ts';
import {
  circularZones,
  mayExceed,
  type ScanMetric,
  type ScanZones,
  scanDistance,
  scanLikelihood,
  scanP,
} from './scan-zones.ts';

/** Places with what happened in them and what might have. */
export interface ScanInput {
  /** Where each place is: metres of a plane, or [lon, lat] in degrees for `great-circle`. */
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** Events in each place, whole numbers ≥ 0. */
  cases: ArrayLike<number>;
  /** Population at risk, or expected events, of each place, ≥ 0: households, TPS, events of a baseline. */
  population: ArrayLike<number>;
  metric?: ScanMetric;
}

export interface ScanOptions extends LongRun {
  /** The same seed gives the same p. */
  seed: number;
  /** Random replications; 999 by default. */
  simulations?: number;
  /** No zone holds more than this share of the population at risk; 0.5 by default. */
  populationShare?: number;
  /** No zone reaches farther than this from its centre: the unit of the coordinates, metres for `great-circle`. */
  maxRadius?: number;
  /** No more clusters than this are returned; 10 by default. */
  maxClusters?: number;
}

/** A circle of places with more events than elsewhere. */
export interface ScanCluster {
  /** Index of the place at its centre. */
  centre: number;
  /** Indices of its places by distance from the centre. */
  places: number[];
  /** Distance of the farthest of them from the centre. */
  radius: number;
  population: number;
  observed: number;
  expected: number;
  /** Risk inside over risk outside; null where nothing happened outside. */
  relativeRisk: number | null;
  /** Observed over expected. */
  ratio: number;
  /** Kulldorff's log likelihood ratio. */
  likelihood: number;
  /** One-sided Monte Carlo p that a map without clusters has one of such a ratio anywhere: adjusted for all zones tried. */
  p: number;
}

/** Clusters by their ratio, the most likely first; those after it do not overlap it or each other. */
export interface ScanResult {
  clusters: ScanCluster[];
  simulations: number;
  seed: number;
}

/**
 * Kulldorff's scan statistic of the Poisson model for high rates (M. Kulldorff, "A spatial scan statistic", Communications in
 * Statistics 26, 1997; as SaTScan): circles about every place, up to a share of the population at risk, are compared by their
 * likelihood ratio, and the greatest with those of replications in which the same number of events falls on places by chance,
 * in proportion to population. Assumes independent events: repeats of one dispute are not. The p of a secondary cluster is
 * conservative.
 *
 * Work: simulations × places × places of a zone. Memory: places × places of a zone × 4 bytes; a `maxRadius` bounds both.
 *
 * Refuses `no-areas`, `one-area`, `length-mismatch`, `not-finite`, `negative-count`, `all-zero` (no events), `out-of-range`
 * (events where no population is; an option) and `cancelled`.
 */
export function scanStatistic(input: ScanInput, options: ScanOptions): Outcome<ScanResult> {
  const { simulations = 999, populationShare = 0.5, maxRadius = Infinity, maxClusters = 10, seed } = options;
  const refused = check(input) ?? checkScanOptions(simulations, seed, populationShare, maxRadius, maxClusters);
  if (refused) return refused;
  const { x, y, population, metric = 'euclidean' } = input;
  const n = x.length;
  const cases = Float64Array.from(input.cases);
  const total = cases.reduce((a, b) => a + b);
  const atRisk = Float64Array.from(population);
  const people = atRisk.reduce((a, b) => a + b);
  const expected = atRisk.map((size) => (size * total) / people);
  const zones = circularZones(x, y, atRisk, { largest: populationShare * people, radius: maxRadius, metric });

  const found: (Found & { observed: number; expected: number })[] = [];
  const taken = new Uint8Array(n);
  while (found.length < maxClusters) {
    const best = bestZone(zones, cases, expected, total, taken);
    if (!best) break;
    found.push(best);
    for (const place of placesOf(zones, best)) taken[place] = 1;
  }

  const random = createRandom(seed);
  const draw = sampler(expected, total, random);
  const greatest = new Float64Array(simulations);
  const simulated = new Float64Array(n);
  for (let round = 0; round < simulations; round++) {
    if (options.cancelled?.()) return refuse('cancelled', `Stopped after ${round} of ${simulations} replications.`);
    simulated.fill(0);
    for (let event = 0; event < total; event++) {
      const place = draw();
      simulated[place] = (simulated[place] as number) + 1;
    }
    greatest[round] = greatestRatio(zones, simulated, expected, total);
    options.onProgress?.(round + 1, simulations);
  }

  const clusters = found.map((best): ScanCluster => {
    const places = placesOf(zones, best);
    const far = places.at(-1) as number;
    const { centre } = best;
    const outside = (total - best.observed) / (total - best.expected);
    return {
      centre,
      places,
      radius: scanDistance(x[centre] as number, y[centre] as number, x[far] as number, y[far] as number, metric),
      population: places.reduce((sum, place) => sum + (atRisk[place] as number), 0),
      observed: best.observed,
      expected: best.expected,
      relativeRisk: outside > 0 ? best.observed / best.expected / outside : null,
      ratio: best.observed / best.expected,
      likelihood: best.likelihood,
      p: scanP(best.likelihood, greatest),
    };
  });
  return done({ clusters, simulations, seed });
}

/** Why the options of a scan are out of range, or undefined. */
export function checkScanOptions(
  simulations: number,
  seed: number,
  share: number,
  maxRadius: number,
  maxClusters: number,
): Refusal | undefined {
  const refused = refuseDraws('simulations', simulations, seed);
  if (refused) return refused;
  if (!(share > 0 && share <= 1)) return refuse('out-of-range', `A zone's share is ${share}; give a number up to 1.`);
  if (!(maxRadius > 0)) return refuse('out-of-range', `maxRadius is ${maxRadius}; give a distance above 0.`);
  if (!(maxClusters >= 1)) return refuse('out-of-range', `maxClusters is ${maxClusters}; give a number from 1 on.`);
  return undefined;
}

function check({ x, y, cases, population }: ScanInput): Refusal | undefined {
  const n = x.length;
  if (n === 0) return refuse('no-areas', 'There are no places.');
  if (n === 1) return refuse('one-area', 'One place has nothing to be compared with.');
  if (y.length !== n || cases.length !== n || population.length !== n)
    return refuse('length-mismatch', `${n} x, ${y.length} y, ${cases.length} cases, ${population.length} populations.`);
  let events = 0;
  for (let i = 0; i < n; i++) {
    const [count, size] = [cases[i] as number, population[i] as number];
    if (![x[i], y[i], count, size].every(Number.isFinite))
      return refuse('not-finite', `Place ${i} has a value that is no number.`);
    if (isTooFar(x[i] as number) || isTooFar(y[i] as number))
      return refuse('out-of-range', `Place ${i} is at ${x[i]}, ${y[i]}; give metres or degrees.`);
    if (count < 0 || size < 0 || !Number.isInteger(count))
      return refuse('negative-count', `Place ${i} has ${count} cases of ${size}; counts are whole, and not below 0.`);
    if (count > 0 && size === 0)
      return refuse('out-of-range', `Place ${i} has cases and no population; correct it or leave it out.`);
    if (size > 0 && !isLength(size)) return refuse('out-of-range', `Place ${i} has a population of ${size}.`);
    events += count;
  }
  if (events > MOST_EVENTS) return refuse('out-of-range', `cases has ${events} events; give at most ${MOST_EVENTS}.`);
  return events > 0 ? undefined : refuse('all-zero', 'cases has no event.');
}

interface Found {
  centre: number;
  /** How many of the centre's nearest places. */
  size: number;
  likelihood: number;
}

function placesOf({ members, starts }: ScanZones, { centre, size }: Found): number[] {
  const start = starts[centre] as number;
  return [...members.subarray(start, start + size)];
}

/** The zone of the greatest ratio above 0 without a place that is taken; the first such where they tie. */
function bestZone(
  { members, starts }: ScanZones,
  cases: Float64Array,
  expected: Float64Array,
  total: number,
  taken: Uint8Array,
) {
  let best: (Found & { observed: number; expected: number }) | undefined;
  for (let centre = 0; centre + 1 < starts.length; centre++) {
    const start = starts[centre] as number;
    let observed = 0;
    let mean = 0;
    for (let at = start; at < (starts[centre + 1] as number); at++) {
      const place = members[at] as number;
      if (taken[place]) break;
      observed += cases[place] as number;
      mean += expected[place] as number;
      if (!mayExceed(best?.likelihood ?? 0, observed, mean, total)) continue;
      const likelihood = scanLikelihood(observed, mean, total);
      // What rounding adds on the way from another centre is not a better zone.
      if (likelihood > (best?.likelihood ?? 0) * (1 + 1e-12))
        best = { centre, size: at - start + 1, likelihood, observed, expected: mean };
    }
  }
  return best;
}

function greatestRatio(
  { members, starts }: ScanZones,
  cases: Float64Array,
  expected: Float64Array,
  total: number,
): number {
  let best = 0;
  for (let centre = 0; centre + 1 < starts.length; centre++) {
    const end = starts[centre + 1] as number;
    let observed = 0;
    let mean = 0;
    for (let at = starts[centre] as number; at < end; at++) {
      const place = members[at] as number;
      observed += cases[place] as number;
      mean += expected[place] as number;
      if (mayExceed(best, observed, mean, total)) best = Math.max(best, scanLikelihood(observed, mean, total));
    }
  }
  return best;
}

/** Draws places in proportion to what is expected of them (A. Walker's alias method, 1977). */
function sampler(expected: Float64Array, total: number, random: Random): () => number {
  const n = expected.length;
  const share = expected.map((mean) => (mean * n) / total);
  const alias = new Uint32Array(n);
  const small: number[] = [];
  const large: number[] = [];
  for (let i = 0; i < n; i++) ((share[i] as number) < 1 ? small : large).push(i);
  while (small.length > 0 && large.length > 0) {
    const less = small.pop() as number;
    const more = large.at(-1) as number;
    alias[less] = more;
    share[more] = (share[more] as number) - (1 - (share[less] as number));
    if ((share[more] as number) < 1) small.push(large.pop() as number);
  }
  // What is left over is full but for rounding.
  for (const full of [...small, ...large]) share[full] = 1;
  return () => {
    const place = random.below(n);
    return random.uniform() < (share[place] as number) ? place : (alias[place] as number);
  };
}
