import { compare } from '../../shared/measures/comparison.ts';
import { computeFigure } from '../../shared/measures/compute.ts';
import { played } from '../../shared/measures/played.ts';
import { done, type LongRun } from '../../shared/stats/index.ts';
import { nameRanks } from '../analysis/compare/name-order.ts';
import { inputOf } from '../analysis/place-source.ts';
import type { AreaJob, AreaMessage } from './area-messages.ts';

/** Computes what the analysis room shows of places, one job after another, and says how far it is. */
addEventListener('message', ({ data: { id, job } }: MessageEvent<{ id: number; job: AreaJob }>) => {
  const tell = (message: AreaMessage) => postMessage(message);
  try {
    tell({ id, outcome: answer(job, { onProgress: (done, total) => tell({ id, progress: [done, total] }) }) });
  } catch (error) {
    tell({ id, error: String(error) });
  }
});

function answer(job: AreaJob, run: LongRun) {
  if (job.kind === 'density') return computeFigure(job, run);
  const input = inputOf(job.source);
  if (job.kind === 'steps') return played(input);
  if (job.kind !== 'comparison') return computeFigure({ kind: 'places', asked: job.asked, input }, run);
  const compared = compare(input, job.asked, run);
  return compared.ok ? done({ ...compared.value, nameRank: nameRanks(job.source.counts) }) : compared;
}
