import { expect, test } from 'vitest';
import { answerJob, type JobWorker, type Progress, startJob } from '../../../../../client/analysis/job/long-job.ts';
import type { RepeatsInput } from '../../../../../client/analysis/repeat/repeats.ts';
import { refuse } from '../../../../../shared/stats/result.ts';

const INPUT: RepeatsInput = {
  lon: new Float64Array(),
  lat: new Float64Array(),
  day: new Int32Array(),
  metres: [100],
  days: [7],
  draws: 99,
  seed: 1,
  alpha: 0.05,
  fdr: false,
};
const ANSWER = refuse('too-short', 'no events');

/** A worker whose part the test plays. */
function fakeWorker() {
  const listeners = {
    message: [] as ((event: MessageEvent) => void)[],
    error: [] as ((event: MessageEvent) => void)[],
  };
  const worker = {
    asked: undefined as unknown,
    ended: 0,
    postMessage: (message: unknown) => {
      worker.asked = message;
    },
    addEventListener: (type: 'message' | 'error', listener: (event: MessageEvent) => void) =>
      void listeners[type].push(listener),
    terminate: () => void worker.ended++,
    say: (data: unknown) => {
      for (const listener of listeners.message) listener({ data } as MessageEvent);
    },
    fail: (message: string) => {
      for (const listener of listeners.error) listener({ message } as unknown as MessageEvent);
    },
  };
  return worker satisfies JobWorker;
}

test('a job is sent to a worker of its own, tells how far it is and how long it will take, and ends with its answer', async () => {
  const worker = fakeWorker();
  const heard: Progress[] = [];
  let now = 5_000;
  const job = startJob('findRepeats', INPUT, {
    worker: () => worker,
    now: () => now,
    onProgress: (progress) => heard.push(progress),
  });
  expect(worker.asked).toEqual({ name: 'findRepeats', input: INPUT });
  worker.say({ progress: [10, 100] });
  now += 2_000;
  worker.say({ progress: [20, 100] });
  expect(worker.ended).toBe(0);
  worker.say({ answer: ANSWER });
  expect(await job).toBe(ANSWER);
  expect(worker.ended).toBe(1);
  expect(heard).toEqual([
    { done: 10, total: 100, remainingMs: undefined },
    { done: 20, total: 100, remainingMs: 16_000 },
  ]);
});

test('cancelling ends the worker at once, and what it still says is not heard', async () => {
  const worker = fakeWorker();
  const stop = new AbortController();
  const heard: Progress[] = [];
  const job = startJob('findRepeats', INPUT, {
    worker: () => worker,
    signal: stop.signal,
    onProgress: (progress) => heard.push(progress),
  });
  stop.abort(new Error('not wanted any more'));
  expect(worker.ended).toBe(1);
  worker.say({ progress: [1, 2] });
  await expect(job).rejects.toThrow('not wanted any more');
  expect(heard).toEqual([]);
});

test('a job that was cancelled before it began needs no worker', async () => {
  const job = startJob('findRepeats', INPUT, {
    signal: AbortSignal.abort(new Error('too late')),
    worker: () => expect.fail('a worker was made'),
  });
  await expect(job).rejects.toThrow('too late');
});

test('work that throws, and a worker that cannot be fetched, fail the job and end the worker', async () => {
  const [thrown, lost] = [fakeWorker(), fakeWorker()];
  const first = startJob('findRepeats', INPUT, { worker: () => thrown });
  thrown.say({ error: 'RangeError: Invalid typed array length' });
  await expect(first).rejects.toThrow('Invalid typed array length');
  const second = startJob('findRepeats', INPUT, { worker: () => lost });
  lost.fail('404');
  await expect(second).rejects.toThrow('The worker of findRepeats failed: 404');
  expect([thrown.ended, lost.ended]).toEqual([1, 1]);
});

test('within the worker, rounds are told at most ten times a second, and what is thrown is handed on', () => {
  const posted: unknown[] = [];
  let now = 0;
  const work = (rounds: number, run: { onProgress?: ((done: number, total: number) => void) | undefined }) => {
    for (let round = 1; round <= rounds; round++) {
      now += 40;
      run.onProgress?.(round, rounds);
    }
    return 'done';
  };
  answerJob(
    work,
    8,
    (message) => posted.push(message),
    () => now,
  );
  expect(posted).toEqual([{ progress: [1, 8] }, { progress: [4, 8] }, { progress: [7, 8] }, { answer: 'done' }]);
  posted.length = 0;
  const broken = () => {
    throw new Error('no memory');
  };
  answerJob(broken, 0, (message) => posted.push(message));
  expect(posted).toEqual([{ error: 'Error: no memory' }]);
});
