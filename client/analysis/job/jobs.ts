import type { LongRun } from '../../../shared/stats/long-run.ts';
import { judgeForesight } from '../foresight/foresight.ts';
import { type ForesightSource, foresightInput } from '../foresight/foresight-source.ts';
import { findClusters } from '../repeat/clusters.ts';
import { findRepeats } from '../repeat/repeats.ts';

/**
 * What a worker can be asked for that may take longer than a moment: pure functions of an input that can be cloned. Types
 * alone are imported from here by the page; the work itself comes with the worker.
 */
export const JOBS = {
  findRepeats,
  findClusters,
  judgeForesight: (source: ForesightSource, run: LongRun) => judgeForesight(foresightInput(source), run),
};

type Jobs = typeof JOBS;
export type JobName = keyof Jobs;
export type JobInput<Name extends JobName> = Parameters<Jobs[Name]>[0];
export type JobAnswer<Name extends JobName> = ReturnType<Jobs[Name]>;
