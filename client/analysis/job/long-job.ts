import type { LongRun } from '../../../shared/stats/long-run.ts';
import type { JobAnswer, JobInput, JobName } from './jobs.ts';

/** How far a job is. */
export interface Progress {
  /** Rounds done, of how many. */
  done: number;
  total: number;
  /** How long the rest will take if it goes on as it did; undefined as long as nobody can tell. */
  remainingMs: number | undefined;
}

type Message<Answer> = { progress: [done: number, total: number] } | { answer: Answer } | { error: string };

/** The worker's rounds may be far shorter than what anybody reads. */
const TELL_MS = 100;

/** Within the worker: does the work, and tells how far it is some times a second. */
export function answerJob<Input, Answer>(
  work: (input: Input, run: LongRun) => Answer,
  input: Input,
  post: (message: Message<Answer>) => void,
  now: () => number = () => performance.now(),
): void {
  let told = -Infinity;
  try {
    const answer = work(input, {
      onProgress(done, total) {
        if (now() - told < TELL_MS) return;
        told = now();
        post({ progress: [done, total] });
      },
    });
    post({ answer });
  } catch (error) {
    post({ error: String(error) });
  }
}

/** What a job needs of a worker. */
export interface JobWorker {
  postMessage(message: unknown): void;
  addEventListener(type: 'message' | 'error', listener: (event: MessageEvent) => void): void;
  terminate(): void;
}

interface JobOptions {
  onProgress?(progress: Progress): void;
  /** Ends the worker, and with it the work, at once. */
  signal?: AbortSignal;
  /** For tests. */
  worker?: () => JobWorker;
  now?: () => number;
}

const newWorker = (): JobWorker =>
  new Worker(new URL('../../workers/statistics.ts', import.meta.url), { type: 'module', name: 'statistics' });

/**
 * Starts a job in a worker of its own, which ends with it. Rejects with the signal's reason when it is aborted, and with an
 * Error when the work threw or the worker could not be fetched.
 */
export function startJob<Name extends JobName>(
  name: Name,
  input: JobInput<Name>,
  { onProgress, signal, worker: make = newWorker, now = () => performance.now() }: JobOptions = {},
): Promise<JobAnswer<Name>> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const worker = make();
    const stop = () => {
      worker.terminate();
      reject(signal?.reason);
    };
    const end = () => {
      worker.terminate();
      signal?.removeEventListener('abort', stop);
    };
    signal?.addEventListener('abort', stop, { once: true });
    let first: { done: number; at: number } | undefined;
    worker.addEventListener('message', ({ data }: MessageEvent<Message<JobAnswer<Name>>>) => {
      if (signal?.aborted) return;
      if ('progress' in data) {
        const [done, total] = data.progress;
        const at = now();
        onProgress?.({ done, total, remainingMs: first && remaining(first, { done, at }, total) });
        first ??= { done, at };
        return;
      }
      end();
      if ('error' in data) reject(new Error(data.error));
      else resolve(data.answer);
    });
    worker.addEventListener('error', (event) => {
      end();
      reject(new Error(`The worker of ${name} failed: ${(event as unknown as ErrorEvent).message ?? 'not fetched'}`));
    });
    worker.postMessage({ name, input });
  });
}

/** What went before the first round that was told (reading, sorting) does not come again. */
function remaining(first: { done: number; at: number }, last: { done: number; at: number }, total: number) {
  const rounds = last.done - first.done;
  return rounds > 0 ? ((last.at - first.at) / rounds) * (total - last.done) : undefined;
}
