import { compare } from '../../shared/measures/comparison.ts';
import { computeFigure } from '../../shared/measures/compute.ts';
import type { AreaJob, AreaMessage } from './area-messages.ts';

/** Computes what the analysis room shows of places, one job after another, and says how far it is. */
addEventListener('message', ({ data: { id, job } }: MessageEvent<{ id: number; job: AreaJob }>) => {
  const tell = (message: AreaMessage) => postMessage(message);
  const run = { onProgress: (done: number, total: number) => tell({ id, progress: [done, total] }) };
  try {
    const outcome = job.kind === 'comparison' ? compare(job.input, job.asked, run) : computeFigure(job, run);
    tell({ id, outcome });
  } catch (error) {
    tell({ id, error: String(error) });
  }
});
