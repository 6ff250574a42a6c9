import { expect, test } from 'vitest';
import { AreaWorker, type WorkerLike } from '../../../../client/analysis/area-worker.ts';
import type { AreaJob, AreaMessage } from '../../../../client/workers/area-messages.ts';

/** A worker that answers when the test says so. */
class HandWorker implements WorkerLike {
  onmessage: ((event: MessageEvent<AreaMessage>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  jobs: { id: number; job: AreaJob }[] = [];
  isEnded = false;
  postMessage(message: { id: number; job: AreaJob }): void {
    this.jobs.push(message);
  }
  terminate(): void {
    this.isEnded = true;
  }
  tell(message: AreaMessage): void {
    this.onmessage?.({ data: message } as MessageEvent<AreaMessage>);
  }
}

function setUp() {
  const workers: HandWorker[] = [];
  const line = new AreaWorker(() => {
    const worker = new HandWorker();
    workers.push(worker);
    return worker;
  });
  const last = () => {
    const worker = workers.at(-1);
    if (!worker) throw new Error('no worker was started');
    return worker;
  };
  return { workers, line, last };
}
const job = { kind: 'density' } as AreaJob;
const refusal = { ok: false, reason: 'all-zero', detail: 'no incident' } as const;

test('a question is answered, with its progress, and the worker is kept for the next', async () => {
  const { workers, line, last } = setUp();
  const progress: number[][] = [];
  const answer = line.ask(job, { onProgress: (...at) => progress.push(at) });
  last().tell({ id: 1, progress: [3, 9] });
  last().tell({ id: 1, outcome: refusal });
  expect(await answer).toEqual(refusal);
  expect(progress).toEqual([[3, 9]]);
  void line.ask(job);
  expect(workers.length).toBe(1);
  expect(last().jobs.map(({ id }) => id)).toEqual([1, 2]);
});

test('a newer question ends the older one with its worker; what that still says goes nowhere', async () => {
  const { workers, line, last } = setUp();
  const older = line.ask(job);
  const newer = line.ask(job);
  expect(await older).toBeUndefined();
  expect(workers.map(({ isEnded }) => isEnded)).toEqual([true, false]);
  last().tell({ id: 1, outcome: refusal });
  last().tell({ id: 2, outcome: { ...refusal, reason: 'no-areas' } });
  expect(await newer).toMatchObject({ reason: 'no-areas' });
});

test('a question that is wanted no longer is ended, one that followed it is not', async () => {
  const { workers, line, last } = setUp();
  const first = new AbortController();
  const given = line.ask(job, { signal: first.signal });
  first.abort();
  expect(await given).toBeUndefined();
  expect(workers[0]?.isEnded).toBe(true);

  const second = new AbortController();
  void line.ask(job, { signal: second.signal });
  const third = line.ask(job);
  second.abort();
  expect(last().isEnded).toBe(false);
  last().tell({ id: 3, outcome: refusal });
  expect(await third).toEqual(refusal);
});

test('a worker that fails is said to have failed, and the next question has another', async () => {
  const { workers, line, last } = setUp();
  const given = line.ask(job);
  last().onerror?.({ message: 'out of memory' } as ErrorEvent);
  await expect(given).rejects.toThrow('out of memory');
  void line.ask(job);
  expect(workers.length).toBe(2);
  const failing = line.ask(job);
  last().tell({ id: 3, error: 'RangeError: n' });
  await expect(failing).rejects.toThrow('RangeError: n');
});
