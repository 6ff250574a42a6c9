/** When a series rose: the step from which on it has been higher, and the mean per step before and since. */
export interface Rise {
  step: number;
  before: number;
  since: number;
}

/** Of fewer incidents no beginning can be told. */
const LEAST_INCIDENTS = 5;

/**
 * The step at which a rise most likely began: of all ways to cut the series in two with more per step in the later part, the
 * one of greatest Poisson likelihood, A ln(A/k) + B ln(B/(n − k)) (D. V. Hinkley, "Inference about the change-point in a sequence of
 * random variables", Biometrika 57, 1970). Undefined where nothing rose, or there are fewer than five incidents or two steps.
 *
 * @param counts incidents per step, oldest first, all steps equally long
 */
export function riseOf(counts: ArrayLike<number>): Rise | undefined {
  const steps = counts.length;
  let total = 0;
  for (let step = 0; step < steps; step++) total += counts[step] ?? 0;
  if (total < LEAST_INCIDENTS) return undefined;
  let best: { rise: Rise; likelihood: number } | undefined;
  let before = 0;
  for (let step = 1; step < steps; step++) {
    before += counts[step - 1] ?? 0;
    const rise = { step, before: before / step, since: (total - before) / (steps - step) };
    if (rise.since <= rise.before) continue;
    const likelihood = weight(before, step) + weight(total - before, steps - step);
    if (!best || likelihood > best.likelihood) best = { rise, likelihood };
  }
  return best?.rise;
}

const weight = (count: number, steps: number) => (count > 0 ? count * Math.log(count / steps) : 0);
