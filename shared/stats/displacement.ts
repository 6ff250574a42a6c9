import { GREATEST, isChance, isLength, isTooFar, MOST_EVENTS } from './checks.ts';
import { normalQuantile, normalTwoSided } from './normal.ts';
import { done, type Outcome, refuse } from './result.ts';

/** Counts of one kind of area: before and after. */
export type BeforeAfter = readonly [before: number, after: number];

/** A difference of counts with its standard error and interval. */
export interface Difference {
  estimate: number;
  standardError: number;
}

/** A difference, judged. */
export interface JudgedDifference extends Difference {
  /** Estimate over standard error. */
  z: number;
  /** Two-sided p of no effect, by the normal distribution. */
  p: number;
  /** Bounds of the interval of confidence 1 − alpha. */
  lower: number;
  upper: number;
}

/** Change in the treated area beyond that of its control, in events. Negative: fewer than without the treatment. */
export interface DisplacementDifference extends JudgedDifference {
  /** Without what may have been displaced. */
  local: Difference;
  /** The displacement areas by themselves; 0 ± 0 when none were given. */
  displaced: Difference;
}

/** What is compared. Counts are whole numbers ≥ 0 of disjoint areas. */
export interface DisplacementInput {
  treated: BeforeAfter;
  control: BeforeAfter;
  /** Area around the treated one that events may have moved to. */
  treatedSurroundings?: BeforeAfter | undefined;
  /** Its control. */
  controlSurroundings?: BeforeAfter | undefined;
  /** Lengths of the two periods, relative to each other; [1, 1] by default. */
  timeWeights?: BeforeAfter | undefined;
  /** Sizes of control, treated, control's and treated's surroundings, relative to each other; all 1 by default. */
  areaWeights?: readonly [control: number, treated: number, controlSurroundings: number, treatedSurroundings: number];
}

/**
 * Weighted displacement difference (A. Wheeler, J. Ratcliffe, "A simple weighted displacement difference test to evaluate
 * place based crime interventions", Crime Science 7:11, 2018):
 *
 *   WDD = (T₁ − T₀) − (C₁ − C₀) + (DT₁ − DT₀) − (DC₁ − DC₀), Var = sum of all counts,
 *
 * each count divided by the weight of its period times that of its area, and its share of the variance by the weight's
 * square. Assumes independent Poisson counts and that treated and control would have changed by the same number of
 * events; the normal interval is rough where a count is below about 5.
 *
 * @param alpha 1 − confidence of the interval, between 0 and 1; the p is two-sided.
 *
 * Refuses `negative-count`, `not-finite`, `empty-period` (a weight of time of 0 or less), `out-of-range` (another weight,
 * or alpha) and `all-zero` (no events at all: there is no variance to judge by).
 */
export function weightedDisplacementDifference(
  input: DisplacementInput,
  { alpha = 0.05 }: { alpha?: number } = {},
): Outcome<DisplacementDifference> {
  const { treated, control, treatedSurroundings = [0, 0], controlSurroundings = [0, 0] } = input;
  const { timeWeights = [1, 1], areaWeights = [1, 1, 1, 1] } = input;
  const pairs = { control, treated, controlSurroundings, treatedSurroundings };
  for (const [name, pair] of Object.entries(pairs)) {
    if (!pair.every(Number.isFinite)) return refuse('not-finite', `${name} is not two numbers.`);
    if (!pair.every((count) => count >= 0 && Number.isInteger(count)))
      return refuse('negative-count', `${name} is ${pair}; counts are whole numbers of at least 0.`);
  }
  if (Object.values(pairs).some((pair) => pair.some((count) => count > MOST_EVENTS)))
    return refuse('out-of-range', `A count is above ${MOST_EVENTS}.`);
  if (![...timeWeights, ...areaWeights].every(Number.isFinite))
    return refuse('not-finite', 'A weight is not a number.');
  if (!timeWeights.every((weight) => weight > 0))
    return refuse('empty-period', `timeWeights is ${timeWeights}; a period has a length above 0.`);
  if (![...timeWeights, ...areaWeights].every(isLength))
    return refuse('out-of-range', `Weights are ${timeWeights} and ${areaWeights}; a weight is above 0.`);
  if (!isChance(alpha)) return refuse('out-of-range', `alpha is ${alpha}; give a number between 0 and 1.`);

  const change = (pair: BeforeAfter, area: number): Difference => {
    const before = timeWeights[0] * area;
    const after = timeWeights[1] * area;
    return {
      estimate: pair[1] / after - pair[0] / before,
      standardError: Math.sqrt(pair[1] / after ** 2 + pair[0] / before ** 2),
    };
  };
  const local = minus(change(treated, areaWeights[1]), change(control, areaWeights[0]));
  const displaced = minus(change(treatedSurroundings, areaWeights[3]), change(controlSurroundings, areaWeights[2]));
  const standardError = Math.hypot(local.standardError, displaced.standardError);
  if (standardError === 0) return refuse('all-zero', 'None of the areas has an event.');
  return done({ ...judge(local.estimate + displaced.estimate, standardError, alpha), local, displaced });
}

/**
 * Several differences in one, each weighted by the harm of an event of its kind (A. Wheeler, ptools `wdd_harm`):
 * Σ wᵢ estimateᵢ with variance Σ wᵢ² seᵢ², of independent kinds.
 *
 * Refuses `no-areas` (nothing to add), `not-finite`, `out-of-range` (a negative standard error, or alpha) and
 * `no-variance` (all standard errors 0).
 */
export function harmWeightedDifference(
  differences: readonly (Difference & { weight: number })[],
  { alpha = 0.05 }: { alpha?: number } = {},
): Outcome<JudgedDifference> {
  if (differences.length === 0) return refuse('no-areas', 'There are no differences to add.');
  if (!isChance(alpha)) return refuse('out-of-range', `alpha is ${alpha}; give a number between 0 and 1.`);
  let estimate = 0;
  let standardError = 0;
  for (const [index, { estimate: one, standardError: error, weight }] of differences.entries()) {
    if (![one, error, weight].every(Number.isFinite))
      return refuse('not-finite', `Difference ${index} has a value that is no number.`);
    if ([one, error, weight].some(isTooFar))
      return refuse('out-of-range', `Difference ${index} has a value beyond ±${GREATEST}.`);
    if (error < 0) return refuse('out-of-range', `The standard error of difference ${index} is below 0.`);
    estimate += weight * one;
    standardError = Math.hypot(standardError, weight * error);
  }
  if (standardError < 1 / GREATEST) return refuse('no-variance', 'All standard errors are 0, or next to it.');
  return done(judge(estimate, standardError, alpha));
}

function minus(one: Difference, other: Difference): Difference {
  return {
    estimate: one.estimate - other.estimate,
    standardError: Math.hypot(one.standardError, other.standardError),
  };
}

function judge(estimate: number, standardError: number, alpha: number): JudgedDifference {
  const z = estimate / standardError;
  const reach = normalQuantile(1 - alpha / 2) * standardError;
  return { estimate, standardError, z, p: normalTwoSided(z), lower: estimate - reach, upper: estimate + reach };
}
