import { isTooFar, MOST_EVENTS } from './checks.ts';
import type { LongRun } from './long-run.ts';
import { createRandom } from './random.ts';
import { done, type Outcome, type Refusal, refuse } from './result.ts';
import { checkScanOptions } from './scan-statistic.ts';
import {
  circularZones,
  mayExceed,
  type ScanMetric,
  type ScanZones,
  scanDistance,
  scanLikelihood,
  scanP,
} from './scan-zones.ts';

/** Events by place and period. */
export interface SpaceTimeInput {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** Events, row-major: element period · places + place. Periods follow each other and are equally long. */
  counts: ArrayLike<number>;
  periods: number;
  metric?: ScanMetric;
}

export interface SpaceTimeOptions extends LongRun {
  seed: number;
  /** Random permutations of the times over the events; 999 by default. */
  simulations?: number;
  /** No zone holds more than this share of all events; 0.5 by default. */
  caseShare?: number;
  /** Distance that no zone reaches beyond: the unit of the coordinates, metres for `great-circle`. */
  maxRadius?: number;
  /** No cluster lasts longer than this; half of the periods by default. */
  maxPeriods?: number;
  /** Only clusters that are still there in the last period, for surveillance. */
  prospective?: boolean;
  maxClusters?: number;
}

/** A circle of places and a run of periods with more events than the two by themselves account for. */
export interface SpaceTimeCluster {
  centre: number;
  places: number[];
  radius: number;
  /** First and last period, both included. */
  from: number;
  to: number;
  observed: number;
  expected: number;
  likelihood: number;
  /** One-sided Monte Carlo p, adjusted for all zones and runs tried. */
  p: number;
}

export interface SpaceTimeResult {
  clusters: SpaceTimeCluster[];
  simulations: number;
  seed: number;
}

/**
 * Space-time permutation scan (M. Kulldorff and others, "A space-time permutation scan statistic for disease outbreak
 * detection", PLoS Medicine 2, 2005): needs no population, since a zone's expected events in a run of periods are its events
 * of all periods times the run's share of all events. Finds what is new where it is, not what is always many; a shift of
 * population during the study looks like a cluster too. Secondary clusters share no place with those before them. Places
 * without events may be in a zone or not without any difference.
 *
 * Work: simulations × places × places of a zone × runs.
 *
 * Refuses `no-areas`, `one-area`, `length-mismatch`, `not-finite`, `negative-count`, `too-short` (fewer than 2 periods), `all-zero`,
 * `out-of-range` (an option) and `cancelled`.
 */
export function spaceTimeScan(input: SpaceTimeInput, options: SpaceTimeOptions): Outcome<SpaceTimeResult> {
  const { periods, metric = 'euclidean', x, y } = input;
  const { simulations = 999, caseShare = 0.5, maxRadius = Infinity, maxClusters = 10, seed } = options;
  const maxPeriods = options.maxPeriods ?? Math.floor(periods / 2);
  const refused = check(input, maxPeriods) ?? checkScanOptions(simulations, seed, caseShare, maxRadius, maxClusters);
  if (refused) return refused;
  const n = x.length;
  const cube = new Cube(Float64Array.from(input.counts), n, periods, maxPeriods, options.prospective ?? false);
  const zones = circularZones(x, y, cube.byPlace, { largest: caseShare * cube.total, radius: maxRadius, metric });

  const found: Found[] = [];
  const taken = new Uint8Array(n);
  while (found.length < maxClusters) {
    const best = cube.best(zones, taken);
    if (!best) break;
    found.push(best);
    for (const place of best.places) taken[place] = 1;
  }

  const random = createRandom(seed);
  const { place, period } = cube.events();
  const greatest = new Float64Array(simulations);
  const nothing = new Uint8Array(n);
  for (let round = 0; round < simulations; round++) {
    if (options.cancelled?.()) return refuse('cancelled', `Stopped after ${round} of ${simulations} permutations.`);
    random.shuffle(period);
    cube.refill(place, period);
    greatest[round] = cube.best(zones, nothing)?.likelihood ?? 0;
    options.onProgress?.(round + 1, simulations);
  }
  const clusters = found.map((best): SpaceTimeCluster => {
    const far = best.places.at(-1) as number;
    const [cx, cy] = [x[best.centre] as number, y[best.centre] as number];
    const radius = scanDistance(cx, cy, x[far] as number, y[far] as number, metric);
    return { ...best, radius, p: scanP(best.likelihood, greatest) };
  });
  return done({ clusters, simulations, seed });
}

function check({ x, y, counts, periods }: SpaceTimeInput, maxPeriods: number): Refusal | undefined {
  const n = x.length;
  if (n === 0) return refuse('no-areas', 'There are no places.');
  if (n === 1) return refuse('one-area', 'One place has nothing to be compared with.');
  if (!(periods >= 2 && Number.isInteger(periods)))
    return refuse('too-short', `There are ${periods} periods; give at least 2.`);
  if (y.length !== n || counts.length !== n * periods)
    return refuse('length-mismatch', `${n} x, ${y.length} y, ${counts.length} counts of ${periods} periods.`);
  if (!(maxPeriods >= 1 && maxPeriods <= periods && Number.isInteger(maxPeriods)))
    return refuse('out-of-range', `maxPeriods is ${maxPeriods}; give a whole number from 1 to ${periods}.`);
  let total = 0;
  for (let i = 0; i < n; i++)
    if (!(Number.isFinite(x[i]) && Number.isFinite(y[i]))) return refuse('not-finite', `Place ${i} is nowhere.`);
    else if (isTooFar(x[i] as number) || isTooFar(y[i] as number))
      return refuse('out-of-range', `Place ${i} is at ${x[i]}, ${y[i]}; give metres or degrees.`);
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    if (!Number.isFinite(count)) return refuse('not-finite', `counts[${i}] is no number.`);
    if (count < 0 || !Number.isInteger(count))
      return refuse('negative-count', `counts[${i}] is ${count}; it is not a count.`);
    total += count;
  }
  if (total > MOST_EVENTS) return refuse('out-of-range', `counts has ${total} events; give at most ${MOST_EVENTS}.`);
  return total > 0 ? undefined : refuse('all-zero', 'counts has no event.');
}

type Found = Omit<SpaceTimeCluster, 'radius' | 'p'>;

/** The events by place and period, and the search through them. */
class Cube {
  readonly total: number;
  readonly byPlace: Float64Array;
  private readonly counts: Float64Array;
  private readonly places: number;
  private readonly periods: number;
  private readonly longest: number;
  private readonly prospective: boolean;
  /** Events before each period, of all places: they do not change when times are permuted. */
  private readonly before: Float64Array;

  constructor(counts: Float64Array, places: number, periods: number, longest: number, prospective: boolean) {
    this.counts = counts;
    this.places = places;
    this.periods = periods;
    this.longest = longest;
    this.prospective = prospective;
    this.byPlace = new Float64Array(places);
    this.before = new Float64Array(periods + 1);
    for (let t = 0; t < periods; t++) {
      let sum = 0;
      for (let i = 0; i < places; i++) {
        const count = counts[t * places + i] as number;
        sum += count;
        this.byPlace[i] = (this.byPlace[i] as number) + count;
      }
      this.before[t + 1] = (this.before[t] as number) + sum;
    }
    this.total = this.before[periods] as number;
  }

  /** Each event's place and period. */
  events(): { place: Uint32Array; period: Uint32Array } {
    const place = new Uint32Array(this.total);
    const period = new Uint32Array(this.total);
    let event = 0;
    this.counts.forEach((count, cell) => {
      place.fill(cell % this.places, event, event + count);
      period.fill(Math.floor(cell / this.places), event, event + count);
      event += count;
    });
    return { place, period };
  }

  refill(place: Uint32Array, period: Uint32Array): void {
    this.counts.fill(0);
    for (let event = 0; event < place.length; event++) {
      const cell = (period[event] as number) * this.places + (place[event] as number);
      this.counts[cell] = (this.counts[cell] as number) + 1;
    }
  }

  /** The zone and run of the greatest ratio above 0 without a place that is taken; the first such where they tie. */
  best({ members, starts }: ScanZones, taken: Uint8Array): Found | undefined {
    const { byPlace, before, counts, places, periods, longest, total } = this;
    let best = { likelihood: 0, centre: 0, size: 0, from: 0, to: 0, observed: 0, expected: 0 };
    const zone = new Float64Array(periods + 1);
    for (let centre = 0; centre < places; centre++) {
      zone.fill(0);
      let all = 0;
      const start = starts[centre] as number;
      for (let at = start; at < (starts[centre + 1] as number); at++) {
        const place = members[at] as number;
        if (taken[place]) break;
        if (byPlace[place] === 0) continue;
        all += byPlace[place] as number;
        // zone[t]: events of the zone before period t.
        let sum = 0;
        for (let t = 0; t < periods; t++) {
          sum += counts[t * places + place] as number;
          zone[t + 1] = (zone[t + 1] as number) + sum;
        }
        for (let to = this.prospective ? periods - 1 : 0; to < periods; to++) {
          for (let from = Math.max(0, to - longest + 1); from <= to; from++) {
            const observed = (zone[to + 1] as number) - (zone[from] as number);
            const expected = (all * ((before[to + 1] as number) - (before[from] as number))) / total;
            if (!mayExceed(best.likelihood, observed, expected, total)) continue;
            const likelihood = scanLikelihood(observed, expected, total);
            if (likelihood > best.likelihood * (1 + 1e-12))
              best = { likelihood, centre, size: at - start + 1, from, to, observed, expected };
          }
        }
      }
    }
    if (best.likelihood === 0) return undefined;
    const { size, ...found } = best;
    const start = starts[best.centre] as number;
    return { ...found, places: [...members.subarray(start, start + size)] };
  }
}
