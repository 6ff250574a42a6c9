import { createRandom } from '../../../shared/stats/index.ts';

/** When a series rose: the step from which on it has been higher, and the mean per step before and since. */
export interface Rise {
  step: number;
  before: number;
  since: number;
}

/** Of fewer incidents no beginning can be told. */
const LEAST_INCIDENTS = 5;
/** Series that are drawn to see how great a rise chance gives. */
const DRAWS = 999;

/**
 * The step at which a rise most likely began: of all ways to cut the series in two with more per step in the later part, the
 * one of greatest Poisson likelihood, A ln(A/k) + B ln(B/(n − k)) (D. V. Hinkley, "Inference about the change-point in a sequence of
 * random variables", Biometrika 57, 1970). Every series has such a cut: undefined where chance gives one as likely in more than
 * `alpha` of as long series drawn with the same mean throughout, where nothing rose, or there are fewer than five incidents or two
 * steps.
 *
 * @param counts incidents per step, oldest first, all steps equally long
 * @param asked.seed of the drawn series
 */
export function riseOf(counts: ArrayLike<number>, { alpha, seed }: { alpha: number; seed: number }): Rise | undefined {
  const steps = counts.length;
  let total = 0;
  for (let step = 0; step < steps; step++) total += counts[step] ?? 0;
  if (total < LEAST_INCIDENTS) return undefined;
  const best = bestCut(counts);
  if (!best) return undefined;
  const random = createRandom(seed);
  const drawn = new Float64Array(steps);
  const allowed = Math.floor(alpha * (DRAWS + 1)) - 1;
  let asLikely = 0;
  for (let draw = 0; draw < DRAWS && asLikely <= allowed; draw++) {
    for (let step = 0; step < steps; step++) drawn[step] = random.poisson(total / steps);
    if ((bestCut(drawn)?.gain ?? 0) >= best.gain) asLikely++;
  }
  return asLikely <= allowed ? best.rise : undefined;
}

/** The most likely beginning of a rise, and by how much its log-likelihood exceeds that of a series that stayed as it was. */
function bestCut(counts: ArrayLike<number>): { rise: Rise; gain: number } | undefined {
  const steps = counts.length;
  let total = 0;
  for (let step = 0; step < steps; step++) total += counts[step] ?? 0;
  const flat = weight(total, steps);
  let best: { step: number; before: number; gain: number } | undefined;
  let before = 0;
  for (let step = 1; step < steps; step++) {
    before += counts[step - 1] ?? 0;
    if ((total - before) * step <= before * (steps - step)) continue;
    const gain = weight(before, step) + weight(total - before, steps - step) - flat;
    if (!best || gain > best.gain) best = { step, before, gain };
  }
  if (!best) return undefined;
  const { step, gain } = best;
  return { rise: { step, before: best.before / step, since: (total - best.before) / (steps - step) }, gain };
}

const weight = (count: number, steps: number) => (count > 0 ? count * Math.log(count / steps) : 0);
