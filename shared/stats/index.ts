/** The statistics library: pure functions over typed arrays, for the page's workers and the server's threads alike. */
export type { Outcome, Refusal, StatsReason } from './result.ts';
export { done, refuse } from './result.ts';
