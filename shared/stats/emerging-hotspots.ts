import { isChance, refuseNumbers, shiftedValues } from './checks.ts';
import { EMERGING_CATEGORIES, EMERGING_RULES, emergingCategory } from './emerging-categories.ts';
import { falseDiscoveryRate } from './false-discovery.ts';
import { confidenceClasses, starDeviation } from './getis-ord.ts';
import { trendTest } from './mann-kendall.ts';
import { normalTwoSided } from './normal.ts';
import { done, type Outcome, type Refusal, refuse } from './result.ts';
import type { Neighbours } from './weights.ts';

/** Values of places at equal steps of time. */
export interface SpaceTimeCube {
  places: number;
  steps: number;
  /** The value of a place at a step at `step * places + place`, oldest step first. */
  values: ArrayLike<number>;
  /** Which places touch. */
  neighbours: Neighbours;
}

export interface EmergingOptions {
  /** How many steps back a neighbourhood reaches; 1 unless told. */
  timeLag?: number;
  /** The adjusted p up to which a step of a place is significant; 0.1 unless told, as in ArcGIS. */
  alpha?: number;
  /** The p up to which a trend is significant; 0.1 unless told. */
  trendAlpha?: number;
}

/** The history of each place. Figures of a place at a step lie as the cube's values do. */
export interface EmergingHotspots {
  /** Gi* of each place at each step, against the whole cube; 0 where the neighbourhood is the whole cube. */
  z: Float64Array;
  /** Two-sided p of z, adjusted over the whole cube (Benjamini–Hochberg). */
  adjusted: Float64Array;
  /** ±3, ±2, ±1 for an adjusted p up to 0.01, 0.05, 0.1; 0 elsewhere. */
  classes: Int8Array;
  /** Mann–Kendall on each place's z over time: z and two-sided p, uncorrected for the number of places. */
  trend: { s: Int32Array; variance: Float64Array; z: Float64Array; p: Float64Array };
  /** How many steps of each place are significantly hot and cold. */
  hotSteps: Uint32Array;
  coldSteps: Uint32Array;
  /** Index into {@link EMERGING_CATEGORIES}. */
  category: Uint8Array;
  /** Index into {@link EMERGING_RULES}: the rule that gave the category. */
  rule: Uint8Array;
  /** 1 where the published words fit oscillating too. */
  ambiguous: Uint8Array;
}

/** ArcGIS asks for as many: of fewer steps, "90 % of them" says little. */
const FEWEST_STEPS = 10;

/**
 * Emerging hot spots (Esri, "How Emerging Hot Spot Analysis works"): Gi* of each place at each step over itself and its
 * neighbours at that step and `timeLag` steps before (the first steps have fewer), all weighing 1, with mean and variance
 * of the whole cube; false discovery rate over the whole cube; Mann–Kendall's trend of each place's z; and of both the
 * category. Assumes what {@link getisOrdG} does: for rare counts the normal p of Gi* is too small, and the answer a hint.
 *
 * Refuses a cube of other size than steps × places, fewer than ten steps ('too-short'), neighbours of another number of
 * places, values as {@link refuseNumbers} does, and options out of their range.
 */
export function emergingHotspots(
  cube: SpaceTimeCube,
  { timeLag = 1, alpha = 0.1, trendAlpha = 0.1 }: EmergingOptions = {},
): Outcome<EmergingHotspots> {
  const refusal = refuseCube(cube, timeLag, trendAlpha);
  if (refusal) return refusal;
  const { places, steps } = cube;
  const { z, state } = cubeGi(cube, timeLag);
  const p = z.map((score, bin) => (state[bin] === 0 ? normalTwoSided(score) : 1));
  const discoveries = falseDiscoveryRate(p, alpha, state);
  if (!discoveries.ok) return discoveries;
  const { adjusted, significant } = discoveries.value;
  const result: EmergingHotspots = {
    z,
    adjusted,
    classes: confidenceClasses(z, adjusted),
    trend: {
      s: new Int32Array(places),
      variance: new Float64Array(places),
      z: new Float64Array(places),
      p: new Float64Array(places),
    },
    hotSteps: new Uint32Array(places),
    coldSteps: new Uint32Array(places),
    category: new Uint8Array(places),
    rule: new Uint8Array(places),
    ambiguous: new Uint8Array(places),
  };
  const scores = new Float64Array(steps);
  const flags = new Int8Array(steps);
  for (let place = 0; place < places; place++) {
    let [hot, cold] = [0, 0];
    for (let step = 0; step < steps; step++) {
      const bin = step * places + place;
      const score = z[bin] ?? 0;
      scores[step] = score;
      flags[step] = significant[bin] === 1 ? Math.sign(score) : 0;
      if ((flags[step] ?? 0) > 0) hot++;
      else if ((flags[step] ?? 0) < 0) cold++;
    }
    const trend = trendTest(scores);
    const { category, rule, isAmbiguous } = emergingCategory(flags, trend, trendAlpha);
    result.trend.s[place] = trend.s;
    result.trend.variance[place] = trend.variance;
    result.trend.z[place] = trend.z;
    result.trend.p[place] = trend.p;
    result.hotSteps[place] = hot;
    result.coldSteps[place] = cold;
    result.category[place] = EMERGING_CATEGORIES.indexOf(category);
    result.rule[place] = EMERGING_RULES.indexOf(rule);
    result.ambiguous[place] = isAmbiguous ? 1 : 0;
  }
  return done(result);
}

/** Gi* of the whole cube; state 1 where the neighbourhood is all of it. */
function cubeGi({ places, steps, values, neighbours }: SpaceTimeCube, timeLag: number) {
  const bins = places * steps;
  const { scaled, mean, variance } = shiftedValues(values);
  const spread = Math.sqrt(variance);
  const here = new Float64Array(bins);
  for (let step = 0, bin = 0; step < steps; step++) {
    for (let place = 0; place < places; place++, bin++) {
      let sum = scaled[bin] ?? 0;
      for (let at = neighbours.starts[place] ?? 0; at < (neighbours.starts[place + 1] ?? 0); at++)
        sum += scaled[step * places + (neighbours.neighbours[at] ?? 0)] ?? 0;
      here[bin] = sum;
    }
  }
  const z = new Float64Array(bins);
  const state = new Uint8Array(bins);
  for (let step = 0, bin = 0; step < steps; step++) {
    const slices = Math.min(timeLag, step) + 1;
    for (let place = 0; place < places; place++, bin++) {
      let sum = 0;
      for (let back = 0; back < slices; back++) sum += here[bin - back * places] ?? 0;
      const count = ((neighbours.starts[place + 1] ?? 0) - (neighbours.starts[place] ?? 0) + 1) * slices;
      const deviation = spread * starDeviation(count, bins);
      if (deviation === 0) state[bin] = 1;
      else z[bin] = (sum - count * mean) / deviation;
    }
  }
  return { z, state };
}

function refuseCube(cube: SpaceTimeCube, timeLag: number, trendAlpha: number): Refusal | undefined {
  const { places, steps, values, neighbours } = cube;
  if (!(Number.isInteger(places) && places > 0))
    return refuse('no-areas', `places: ${places} is not a number of places`);
  if (!(Number.isInteger(steps) && steps >= FEWEST_STEPS))
    return refuse('too-short', `steps: ${steps}, and ${FEWEST_STEPS} are needed`);
  if (neighbours.starts.length !== places + 1)
    return refuse('length-mismatch', `neighbours: of ${neighbours.starts.length - 1} places for ${places}`);
  if (!(Number.isInteger(timeLag) && timeLag >= 0 && timeLag < steps))
    return refuse('out-of-range', `timeLag: ${timeLag} is not a whole number from 0 to ${steps - 1}`);
  if (!isChance(trendAlpha)) return refuse('out-of-range', `trendAlpha: ${trendAlpha} is not above 0 and below 1`);
  return refuseNumbers(values, places * steps);
}
