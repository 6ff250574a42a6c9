import { GREATEST, isTooFar, refuseDraws } from './checks.ts';
import { bandOf, type ClosePairs, closePairs, type PlanarMetric } from './close-pairs.ts';
import type { LongRun } from './long-run.ts';
import { createRandom } from './random.ts';
import { done, type Outcome, type Refusal, refuse } from './result.ts';

/** Events and the bands to sort their pairs into. */
export interface KnoxInput {
  /** Coordinates in metres of a plane, and times in any unit. */
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  time: ArrayLike<number>;
  /**
   * Ascending, from 0 or more: pairs belong to band k when breaks[k] ≤ distance < breaks[k + 1]. The last may be infinite. A
   * first band of [0, 1) metres is that of the same location.
   */
  spatialBreaks: readonly number[];
  /** The same of the absolute difference of times. */
  temporalBreaks: readonly number[];
  metric?: PlanarMetric;
}

export interface KnoxOptions extends LongRun {
  /** The same seed gives the same p. */
  seed: number;
  /** Random permutations of the times over the events; 999 by default. */
  permutations?: number;
}

/** A table of spatial bands by temporal bands. Arrays are row-major: element s · columns + t. */
export interface KnoxTable {
  rows: number;
  columns: number;
  /** Number of unordered pairs in each cell. */
  observed: Float64Array;
  /** Its mean if times did not depend on places, exact over all permutations. */
  expected: Float64Array;
  /** Its variance, exact likewise. */
  variance: Float64Array;
  /** Observed over expected; null where nothing is expected. */
  ratio: (number | null)[];
  /** (Observed − expected) / √variance; null where the variance is 0. */
  z: (number | null)[];
  /** One-sided (upper) p: (1 + permutations with as many pairs or more) / (permutations + 1). */
  p: Float64Array;
  /** Mean over the permutations drawn. */
  simulatedMean: Float64Array;
  permutations: number;
  seed: number;
}

/**
 * Near repeats: are events that are near each other in space also near in time, more often than places and times by
 * themselves would have it? E. Knox, "The detection of space-time interactions", Applied Statistics 13, 1964; with J.
 * Ratcliffe's bands (Near Repeat Calculator). Mean NₛNₜ/N over all permutations of the times; variance after D. Barton and
 * F. David, "The random intersection of two graphs" (1966), in a form that loses no digits:
 *
 *   Var = VₛVₜ / ((n − 1)(n − 2)²) + 2RₛRₜ / (n(n − 3)), V = Σ(degree − mean degree)², R = N₊(N − N₊)/N − V/(n − 2)
 *
 * with N = n(n − 1)/2 pairs, N₊ those of the band, degree an event's number of them. Assumes that no shift of the population
 * over the period made both crowd together. Work: permutations times the pairs nearer than the last finite break.
 *
 * Refuses `too-short` (fewer than 3 events), `length-mismatch`, `not-finite`, `out-of-range` (breaks that do not ascend from 0 or more,
 * more than 250 of them, no permutation), `no-variance` (all events at one time), and `cancelled`.
 */
export function knoxTest(input: KnoxInput, options: KnoxOptions): Outcome<KnoxTable> {
  const { permutations = 999, seed } = options;
  const refused = check(input) ?? refuseDraws('permutations', permutations, seed);
  if (refused) return refused;
  const n = input.x.length;
  const space = finite(input.spatialBreaks);
  const time = finite(input.temporalBreaks);
  const pairs = closePairs(input.x, input.y, space, input.metric ?? 'euclidean');
  const times = Float64Array.from(input.time);
  const spaceDegrees = degreesOfPairs(n, pairs, space.length + 1);
  const timeDegrees = degreesOfTimes(times, time);
  const tally = new Tally(pairs, times, time, space.length + 1);

  const rows = input.spatialBreaks.length - 1;
  const columns = input.temporalBreaks.length - 1;
  const table: KnoxTable = {
    rows,
    columns,
    observed: new Float64Array(rows * columns),
    expected: new Float64Array(rows * columns),
    variance: new Float64Array(rows * columns),
    ratio: [],
    z: [],
    p: new Float64Array(rows * columns),
    simulatedMean: new Float64Array(rows * columns),
    permutations,
    seed,
  };
  const timePairs = timeDegrees.map((degrees) => sum(degrees) / 2);
  tally.count(times, timePairs, table.observed, columns);
  const moments = (degrees: Float64Array[], band: number) => graphMoments(degrees[band + 1] as Float64Array);
  for (let s = 0; s < rows; s++) {
    for (let t = 0; t < columns; t++) {
      const cell = s * columns + t;
      const { mean, variance } = intersection(n, moments(spaceDegrees, s), moments(timeDegrees, t));
      table.expected[cell] = mean;
      table.variance[cell] = variance;
      const observed = table.observed[cell] as number;
      table.ratio.push(mean === 0 ? null : observed / mean);
      table.z.push(variance === 0 ? null : (observed - mean) / Math.sqrt(variance));
    }
  }

  const random = createRandom(seed);
  const simulated = new Float64Array(rows * columns);
  for (let round = 0; round < permutations; round++) {
    if (options.cancelled?.()) return refuse('cancelled', `Stopped after ${round} of ${permutations} permutations.`);
    random.shuffle(times);
    tally.count(times, timePairs, simulated, columns);
    for (let cell = 0; cell < simulated.length; cell++) {
      const pairsNow = simulated[cell] as number;
      table.simulatedMean[cell] = (table.simulatedMean[cell] as number) + pairsNow / permutations;
      if (pairsNow >= (table.observed[cell] as number)) table.p[cell] = (table.p[cell] as number) + 1;
    }
    options.onProgress?.(round + 1, permutations);
  }
  for (let cell = 0; cell < simulated.length; cell++)
    table.p[cell] = (1 + (table.p[cell] as number)) / (permutations + 1);
  return done(table);
}

function check({ x, y, time, spatialBreaks, temporalBreaks }: KnoxInput): Refusal | undefined {
  const n = x.length;
  if (y.length !== n || time.length !== n)
    return refuse('length-mismatch', `There are ${n} x, ${y.length} y and ${time.length} times.`);
  if (n < 3) return refuse('too-short', `There are ${n} events; pairs are compared from 3 on.`);
  let varies = false;
  for (let i = 0; i < n; i++) {
    if (![x[i], y[i], time[i]].every(Number.isFinite))
      return refuse('not-finite', `Event ${i} has a coordinate or time that is no number.`);
    if ([x[i], y[i], time[i]].some((value) => isTooFar(value as number)))
      return refuse('out-of-range', `Event ${i} is beyond ±${GREATEST}.`);
    varies ||= time[i] !== time[0];
  }
  for (const [name, breaks] of Object.entries({ spatialBreaks, temporalBreaks })) {
    const ascend = breaks.every((one, k) => (k === 0 ? one >= 0 : one > (breaks[k - 1] as number)));
    if (!ascend || breaks.length < 2 || breaks.length > 250)
      return refuse('out-of-range', `${name} is ${breaks}; give 2 to 250 breaks that ascend from 0 or more.`);
  }
  if (!varies) return refuse('no-variance', 'All events have the same time.');
  return undefined;
}

const finite = (breaks: readonly number[]) => breaks.filter(Number.isFinite);

/** Counts the pairs of each cell for times that change. Bands here start at 1; 0 is nearer than the first break. */
class Tally {
  private readonly pairs: ClosePairs;
  private readonly breaks: readonly number[];
  /** Cell of each pair without its time band. */
  private readonly rowOf: Uint32Array;
  /** Band of a whole difference of times, where all are whole and the table is small. */
  private readonly bands: Uint8Array | undefined;
  private readonly cells: Float64Array;
  private readonly width: number;
  private readonly height: number;

  constructor(pairs: ClosePairs, times: Float64Array, breaks: readonly number[], height: number) {
    this.pairs = pairs;
    this.breaks = breaks;
    this.width = breaks.length + 1;
    this.height = height;
    this.cells = new Float64Array(this.width * height);
    this.rowOf = Uint32Array.from(pairs.band.subarray(0, pairs.count), (band) => band * this.width);
    const range = times.reduce((a, b) => Math.max(a, b)) - times.reduce((a, b) => Math.min(a, b));
    if (range < 1e6 && times.every((time) => Number.isInteger(time) && Math.abs(time) < 2 ** 30))
      this.bands = Uint8Array.from({ length: range + 1 }, (_, difference) => bandOf(difference, breaks));
  }

  /** Fills `into` from these times; what lies beyond the last finite break of space is the rest of all pairs of a time band. */
  count(times: Float64Array, timePairs: readonly number[], into: Float64Array, columns: number): void {
    const { cells, width, height } = this;
    cells.fill(0);
    if (this.bands) countWhole(this.pairs, this.rowOf, Int32Array.from(times), this.bands, cells);
    else countBroken(this.pairs, this.rowOf, times, this.breaks, cells);
    const rows = into.length / columns;
    for (let t = 0; t < columns; t++) {
      let rest = timePairs[t + 1] as number;
      for (let s = 0; s < height - 1; s++) rest -= cells[s * width + t + 1] as number;
      for (let s = 0; s < rows; s++)
        into[s * columns + t] = s + 1 < height - 1 ? (cells[(s + 1) * width + t + 1] as number) : rest;
    }
  }
}

/** The innermost loop of all permutations, for whole times: by a table, without a branch. */
function countWhole(
  { count, first, second }: ClosePairs,
  rowOf: Uint32Array,
  times: Int32Array,
  bands: Uint8Array,
  cells: Float64Array,
): void {
  for (let k = 0; k < count; k++) {
    const difference = Math.abs((times[first[k] as number] as number) - (times[second[k] as number] as number));
    const cell = (rowOf[k] as number) + (bands[difference] as number);
    cells[cell] = (cells[cell] as number) + 1;
  }
}

function countBroken(
  { count, first, second }: ClosePairs,
  rowOf: Uint32Array,
  times: Float64Array,
  breaks: readonly number[],
  cells: Float64Array,
): void {
  for (let k = 0; k < count; k++) {
    const difference = Math.abs((times[first[k] as number] as number) - (times[second[k] as number] as number));
    const cell = (rowOf[k] as number) + bandOf(difference, breaks);
    cells[cell] = (cells[cell] as number) + 1;
  }
}

/** Each event's number of pairs in each band of space, the band beyond the last break included. */
function degreesOfPairs(n: number, pairs: ClosePairs, bands: number): Float64Array[] {
  const degrees = Array.from({ length: bands }, () => new Float64Array(n));
  const beyond = (degrees[bands - 1] as Float64Array).fill(n - 1);
  for (let k = 0; k < pairs.count; k++) {
    const band = degrees[pairs.band[k] as number] as Float64Array;
    for (const event of [pairs.first[k] as number, pairs.second[k] as number]) {
      band[event] = (band[event] as number) + 1;
      beyond[event] = (beyond[event] as number) - 1;
    }
  }
  return degrees;
}

/** The same of time: how many others are less than each break away, by two pointers over the sorted times. */
function degreesOfTimes(times: Float64Array, breaks: readonly number[]): Float64Array[] {
  const n = times.length;
  const sorted = times.toSorted();
  const within = breaks.map((limit) => {
    const counts = new Float64Array(n);
    let low = 0;
    let high = 0;
    for (let i = 0; i < n; i++) {
      const time = sorted[i] as number;
      while (low < i && time - (sorted[low] as number) >= limit) low++;
      while (high < n && (sorted[high] as number) - time < limit) high++;
      counts[i] = Math.max(0, high - low - 1);
    }
    return counts;
  });
  const empty = new Float64Array(n);
  const all = new Float64Array(n).fill(n - 1);
  return [...within, all].map((counts, band) => {
    const nearer = within[band - 1] ?? empty;
    return counts.map((count, i) => count - (nearer[i] as number));
  });
}

interface GraphMoments {
  edges: number;
  /** Σ (degree − mean degree)². */
  spread: number;
}

function graphMoments(degrees: Float64Array): GraphMoments {
  const total = sum(degrees);
  const mean = total / degrees.length;
  let spread = 0;
  for (const degree of degrees) spread += (degree - mean) ** 2;
  return { edges: total / 2, spread };
}

/** Mean and variance of the number of edges that two graphs share when the vertices of one are permuted. */
function intersection(n: number, a: GraphMoments, b: GraphMoments): { mean: number; variance: number } {
  const all = (n * (n - 1)) / 2;
  const rest = ({ edges, spread }: GraphMoments) => (edges * (all - edges)) / all - spread / (n - 2);
  const ofDegrees = (a.spread * b.spread) / ((n - 1) * (n - 2) ** 2);
  const ofRest = n > 3 ? (2 * rest(a) * rest(b)) / (n * (n - 3)) : 0;
  // Rounding may leave a trace below 0 where a graph has nothing but its degrees.
  return { mean: (a.edges * b.edges) / all, variance: Math.max(0, ofDegrees + ofRest) };
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
