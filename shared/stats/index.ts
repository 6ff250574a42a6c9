/** The statistics library: pure functions over typed arrays, for the page's workers and the server's threads alike. */

export { normalCdf, normalQuantile, normalTail, normalTwoSided } from './normal.ts';
export { createRandom, type Random } from './random.ts';
export type { Outcome, Refusal, StatsReason } from './result.ts';
export { done, refuse } from './result.ts';
