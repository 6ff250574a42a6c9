import { JOBS, type JobName } from '../analysis/job/jobs.ts';
import { answerJob } from '../analysis/job/long-job.ts';

/** Runs one job and is then ended by who asked for it: nothing is kept from one to the next. */
self.addEventListener('message', ({ data }: MessageEvent<{ name: JobName; input: never }>) => {
  answerJob<never, unknown>(JOBS[data.name], data.input, (message) => self.postMessage(message));
});
