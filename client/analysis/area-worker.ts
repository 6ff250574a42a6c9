import type { FigureAnswer } from '../../shared/measures/compute.ts';
import type { Played } from '../../shared/measures/played.ts';
import type { Outcome } from '../../shared/stats/index.ts';
import type { AreaJob, AreaMessage } from '../workers/area-messages.ts';
import type { OrderedComparison } from './compare/name-order.ts';

/** What a worker has that its caller needs; tests bring their own. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<AreaMessage>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

type AnswerOf<Job extends AreaJob> = Job extends { kind: 'comparison' }
  ? OrderedComparison
  : Job extends { kind: 'steps' }
    ? Played
    : FigureAnswer;

/**
 * One line to the worker of area statistics: only the newest question counts. A question that comes while another is being
 * worked on ends that one with its worker, so that nobody waits for what is wanted no longer.
 */
export class AreaWorker {
  private readonly start: () => WorkerLike;
  private worker: WorkerLike | undefined;
  private asked = 0;
  private giveUp: (() => void) | undefined;

  constructor(start: () => WorkerLike = startWorker) {
    this.start = start;
  }

  /** Resolves to the answer; to undefined where another question came or it was cancelled. Rejects when the worker fails. */
  ask<Job extends AreaJob>(
    job: Job,
    { onProgress, signal }: { onProgress?: (done: number, total: number) => void; signal?: AbortSignal } = {},
  ): Promise<Outcome<AnswerOf<Job>> | undefined> {
    this.cancel();
    this.worker ??= this.start();
    const { worker } = this;
    const id = ++this.asked;
    // A question that has been followed by another is gone already.
    signal?.addEventListener('abort', () => id === this.asked && this.cancel(), { once: true });
    return new Promise((resolve, reject) => {
      this.giveUp = () => resolve(undefined);
      const end = () => {
        this.giveUp = undefined;
      };
      worker.onerror = (event) => {
        end();
        this.drop();
        reject(new Error(event.message));
      };
      worker.onmessage = ({ data }) => {
        if (data.id !== id) return;
        if ('progress' in data) return onProgress?.(...data.progress);
        end();
        if ('error' in data) reject(new Error(data.error));
        else resolve(data.outcome as Outcome<AnswerOf<Job>>);
      };
      worker.postMessage({ id, job });
    });
  }

  /** Ends what is being worked on, if anything. */
  cancel(): void {
    if (!this.giveUp) return;
    this.giveUp();
    this.giveUp = undefined;
    this.drop();
  }

  /** Ends the worker; the next question starts another. */
  close(): void {
    this.cancel();
    this.drop();
  }

  private drop(): void {
    this.worker?.terminate();
    this.worker = undefined;
  }
}

function startWorker(): WorkerLike {
  return new Worker(new URL('../workers/area-statistics.ts', import.meta.url), {
    type: 'module',
    name: 'area-statistics',
  });
}
