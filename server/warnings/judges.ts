import { Worker } from 'node:worker_threads';
import { compiled } from '../compiled.ts';
import type { FamilyCounts, FamilyVerdict } from './family.ts';

/** Whoever judges families: the worker thread, or a test's own. */
export interface Judges {
  judge(counts: FamilyCounts): Promise<FamilyVerdict>;
  close(): Promise<void>;
}

/** Starts the thread that judges one family after another. */
export function startJudges(): Judges {
  const worker = new Worker(compiled('server/warnings/worker.js'));
  worker.unref();
  let waiting: { resolve(verdict: FamilyVerdict): void; reject(error: Error): void } | undefined;
  const fail = (error: Error) => {
    waiting?.reject(error);
    waiting = undefined;
  };
  worker.on('message', (verdict: FamilyVerdict) => {
    waiting?.resolve(verdict);
    waiting = undefined;
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the thread that judges early warnings ended')));
  return {
    judge: (counts) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        worker.postMessage(counts);
      }),
    async close() {
      await worker.terminate();
    },
  };
}
