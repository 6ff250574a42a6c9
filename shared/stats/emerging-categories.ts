/** The 17 categories of a place's history as a hot or cold spot, as ArcGIS publishes them; a code is an index here. */
export const EMERGING_CATEGORIES = [
  'none',
  'new hot',
  'consecutive hot',
  'intensifying hot',
  'persistent hot',
  'diminishing hot',
  'sporadic hot',
  'oscillating hot',
  'historical hot',
  'new cold',
  'consecutive cold',
  'intensifying cold',
  'persistent cold',
  'diminishing cold',
  'sporadic cold',
  'oscillating cold',
  'historical cold',
] as const;
export type EmergingCategory = (typeof EMERGING_CATEGORIES)[number];

/**
 * The rules that give a category, in the order they are asked; a code is an index here. They are said of hot spots: of cold
 * ones hot and cold, rising and falling change places. "Nearly always" is 90 % of the steps or more.
 *
 * - `never`: none; no step is significant.
 * - `final-first`: new; hot at the final step, never before.
 * - `run-at-end`: consecutive; two hot steps or more without a gap at the end, never before that run, not nearly always.
 * - `always-rising`, `always-steady`, `always-falling`: intensifying, persistent, diminishing; hot at the final step and
 *   nearly always, with a significant trend of z up, without one, with one down.
 * - `was-opposite`: oscillating; hot at the final step, cold at some earlier one, not nearly always hot.
 * - `on-and-off`: sporadic; hot at the final step and with gaps before, never cold, not nearly always hot.
 * - `always-but-final`: historical; nearly always hot, not at the final step.
 * - `not-final`: none; hot or cold at times, but not at the final step.
 */
export const EMERGING_RULES = [
  'never',
  'final-first',
  'run-at-end',
  'always-rising',
  'always-steady',
  'always-falling',
  'was-opposite',
  'on-and-off',
  'always-but-final',
  'not-final',
] as const;
export type EmergingRule = (typeof EMERGING_RULES)[number];

/** What a place's history is called, and why. */
export interface EmergingVerdict {
  category: EmergingCategory;
  rule: EmergingRule;
  /**
   * Whether the published words fit a second category: hot for the first time at the end, in one step (new) or several
   * (consecutive), and cold before, which is oscillating too. The earlier rule counts.
   */
  isAmbiguous: boolean;
}

/** The share of steps from which a place is nearly always hot. */
const NEARLY_ALWAYS = 0.9;

/**
 * The category of a place by the significance of its steps and the trend of its z (Esri, "How Emerging Hot Spot Analysis
 * works", ArcGIS Pro 3).
 *
 * @param flags oldest first: above 0 where the step is significantly hot, below 0 where cold, 0 elsewhere; at least one
 * @param trend z and two-sided p of {@link mannKendall} on the place's z
 * @param trendAlpha the p up to which a trend is significant
 */
export function emergingCategory(
  flags: ArrayLike<number>,
  trend: { z: number; p: number },
  trendAlpha: number,
): EmergingVerdict {
  const steps = flags.length;
  const final = Math.sign(flags[steps - 1] ?? 0);
  const count = (sign: number) => {
    let sum = 0;
    for (let step = 0; step < steps; step++) if (Math.sign(flags[step] ?? 0) === sign) sum++;
    return sum;
  };
  const isNearlyAlways = (sign: number) => count(sign) >= NEARLY_ALWAYS * steps;
  if (final === 0) {
    for (const [sign, side] of [
      [1, 'hot'],
      [-1, 'cold'],
    ] as const)
      if (isNearlyAlways(sign)) return verdict(`historical ${side}`, 'always-but-final');
    return verdict('none', count(0) === steps ? 'never' : 'not-final');
  }
  const side = final > 0 ? 'hot' : 'cold';
  const same = count(final);
  const wasOpposite = count(-final) > 0;
  let run = 0;
  while (run < steps && Math.sign(flags[steps - 1 - run] ?? 0) === final) run++;
  if (same === 1) return verdict(`new ${side}`, 'final-first', wasOpposite);
  if (isNearlyAlways(final)) {
    if (trend.p > trendAlpha) return verdict(`persistent ${side}`, 'always-steady');
    return trend.z * final > 0
      ? verdict(`intensifying ${side}`, 'always-rising')
      : verdict(`diminishing ${side}`, 'always-falling');
  }
  if (same === run) return verdict(`consecutive ${side}`, 'run-at-end', wasOpposite);
  return wasOpposite ? verdict(`oscillating ${side}`, 'was-opposite') : verdict(`sporadic ${side}`, 'on-and-off');
}

const verdict = (category: EmergingCategory, rule: EmergingRule, isAmbiguous = false): EmergingVerdict => ({
  category,
  rule,
  isAmbiguous,
});
