import { normalTwoSided } from './normal.ts';
import { done, type Outcome, refuse } from './result.ts';

/** A trend of one series, or that there is none. */
export interface Trend {
  /** Number of values. */
  n: number;
  /** Pairs that rise less pairs that fall, of n (n − 1) / 2. */
  s: number;
  /** Sizes of the groups of equal values, of the least value first; empty where all differ. */
  ties: number[];
  /** Variance of S over all orders of the values; 0 where all are equal. */
  variance: number;
  /** With the continuity correction: (S − sign S) / √variance; 0 where all values are equal. */
  z: number;
  /** Two-sided: P(|Z| ≥ |z|), Z standard normal; 1 where all values are equal. */
  p: number;
  /** The same without the continuity correction. */
  zUncorrected: number;
  pUncorrected: number;
  /** Two-sided and exact, where no values are equal and n < 50; `null` elsewhere. */
  exactP: number | null;
  /** Kendall's τ-b, from −1 to 1; `null` where all values are equal. */
  tau: number | null;
  /** Sen's slope: the median of (x_j − x_i) / (j − i) over i < j, in the values' unit a step. */
  slope: number;
}

/** From this length on p is the normal one, as in R's cor.test. */
const EXACT_BELOW = 50;

/**
 * The trend test of Mann and Kendall (H. B. Mann, Econometrica 13, 1945; M. G. Kendall, "Rank Correlation Methods", 1948)
 * and Sen's slope (P. K. Sen, J. Am. Stat. Assoc. 63, 1968) of values at equal steps of time:
 *
 *     S = Σ_{i<j} sign(x_j − x_i),  Var(S) = (n (n − 1)(2n + 5) − Σ t (t − 1)(2t + 5)) / 18, t the sizes of ties
 *
 * Assumes that without a trend every order is equally likely: values that depend on those before them give too small a p.
 * Takes n² / 2 steps. A series of equal values has no trend: S = 0, z = 0, p = 1.
 *
 * Refuses fewer than two values ('too-short') and values that are not finite or beyond ±1e300.
 */
export function mannKendall(series: ArrayLike<number>): Outcome<Trend> {
  const refusal = refuseSeries(series);
  if (refusal) return refusal;
  const { s, ties, variance, z, p } = trendTest(series);
  const n = series.length;
  const zUncorrected = variance === 0 ? 0 : s / Math.sqrt(variance);
  const pairs = (n * (n - 1)) / 2;
  const tied = ties.reduce((sum, t) => sum + (t * (t - 1)) / 2, 0);
  return done({
    n,
    s,
    ties,
    variance,
    z,
    p,
    zUncorrected,
    pUncorrected: normalTwoSided(zUncorrected),
    exactP: ties.length === 0 && n < EXACT_BELOW ? exactTwoSided(n, s) : null,
    tau: variance === 0 ? null : s / Math.sqrt((pairs - tied) * pairs),
    slope: senSlope(series),
  });
}

/** Why a series has no trend test, or undefined. */
export function refuseSeries(series: ArrayLike<number>) {
  if (series.length < 2) return refuse('too-short', `series: ${series.length} values, and a trend needs two`);
  for (let i = 0; i < series.length; i++) {
    const value = series[i] ?? Number.NaN;
    if (!Number.isFinite(value)) return refuse('not-finite', `series: value ${i} is ${value}`);
    if (Math.abs(value) > 1e300) return refuse('out-of-range', `series: value ${i} is ${value}, beyond ±1e300`);
  }
  return undefined;
}

/** S, its variance, z and p of a series of two finite values or more: what a map of many series needs. */
export function trendTest(series: ArrayLike<number>): Pick<Trend, 's' | 'ties' | 'variance' | 'z' | 'p'> {
  const n = series.length;
  let s = 0;
  for (let i = 0; i < n; i++) {
    const earlier = series[i] ?? 0;
    for (let j = i + 1; j < n; j++) {
      const later = series[j] ?? 0;
      if (later > earlier) s++;
      else if (later < earlier) s--;
    }
  }
  const ties = tiesOf(series);
  let eighteenfold = n * (n - 1) * (2 * n + 5);
  for (const t of ties) eighteenfold -= t * (t - 1) * (2 * t + 5);
  const variance = eighteenfold / 18;
  const z = variance === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(variance);
  return { s, ties, variance, z, p: normalTwoSided(z) };
}

function tiesOf(series: ArrayLike<number>): number[] {
  const sorted = Float64Array.from(series).sort();
  const ties: number[] = [];
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1;
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    if (to - from > 1) ties.push(to - from);
    from = to;
  }
  return ties;
}

/**
 * P(|S| ≥ |s|) over all orders of n different values, by how many orders have each number of falling pairs: those of n
 * follow from those of n − 1, since the last value may fall before any number of the others.
 */
function exactTwoSided(n: number, s: number): number {
  let shares = [1];
  for (let size = 2; size <= n; size++) {
    const next = new Array<number>(shares.length + size - 1).fill(0);
    for (const [falls, share] of shares.entries())
      for (let more = 0; more < size; more++) next[falls + more] = (next[falls + more] ?? 0) + share / size;
    shares = next;
  }
  const fewest = ((n * (n - 1)) / 2 - Math.abs(s)) / 2;
  let tail = 0;
  for (let falls = 0; falls <= fewest; falls++) tail += shares[falls] ?? 0;
  return Math.min(1, 2 * tail);
}

function senSlope(series: ArrayLike<number>): number {
  const n = series.length;
  const slopes = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) slopes[at++] = ((series[j] ?? 0) - (series[i] ?? 0)) / (j - i);
  slopes.sort();
  const half = slopes.length >> 1;
  const upper = slopes[half] ?? 0;
  return slopes.length % 2 === 1 ? upper : ((slopes[half - 1] ?? 0) + upper) / 2;
}
