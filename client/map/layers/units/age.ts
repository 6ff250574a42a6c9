import { UNIT_AGE_STEPS_MINUTES } from '../../../palette.ts';

/** Ages in milliseconds at which the symbol fades a step further. */
export const AGE_STEPS_MS = UNIT_AGE_STEPS_MINUTES.map((minutes) => minutes * 60_000);

/** The step at which a position is stale: grey, hollow and marked with a clock. */
export const STALE_STEP = AGE_STEPS_MS.length;

/** How far a symbol has faded: 0 for a fresh fix, {@link STALE_STEP} for a stale one. Clocks that run ahead give 0. */
export function ageStep(ageMs: number): number {
  let step = 0;
  for (const limit of AGE_STEPS_MS) if (ageMs >= limit) step++;
  return step;
}
