import { Worker } from 'node:worker_threads';
import type { Position } from 'geojson';
import { compiled } from '../../../server/compiled.ts';
import { encodeMultiPolygon } from '../wkb.ts';
import type { GeometryRequest } from './geometry-worker.ts';
import type { Verdict } from './repair.ts';

interface Job {
  request: GeometryRequest;
  resolve: (verdict: Verdict) => void;
}

/** Requests that the worker has in hand at most: enough to keep it busy, few enough to send again. */
const IN_HAND = 16;

/**
 * Judges and repairs geometries by GEOS in a thread of its own. A geometry that takes longer than the budget is refused
 * and the thread replaced, because hostile polygons keep it busy for minutes.
 */
export class GeometryChecker {
  readonly #budgetMs: number;
  #worker: Worker | undefined;
  #ready = false;
  #waiting: Job[] = [];
  /** Sent to the worker, in order; the first is the one it works on. */
  #sent: Job[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(budgetMs = 5_000) {
    this.#budgetMs = budgetMs;
  }

  /** Whether polygons are valid, and how they are repaired where not. Resolves always. */
  judge(polygons: Position[][][]): Promise<Verdict> {
    return this.#ask('judge', polygons);
  }

  /** Unites valid polygons of several features. Resolves always. */
  unite(polygons: Position[][][]): Promise<Verdict> {
    return this.#ask('unite', polygons);
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#worker?.terminate();
  }

  #ask(task: GeometryRequest['task'], polygons: Position[][][]): Promise<Verdict> {
    return new Promise((resolve) => {
      this.#waiting.push({ request: { task, wkb: encodeMultiPolygon(polygons) }, resolve });
      this.#feed();
    });
  }

  #feed(): void {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    while (this.#ready && this.#sent.length < IN_HAND) {
      const job = this.#waiting.shift();
      if (!job) return;
      this.#sent.push(job);
      worker.postMessage(job.request);
      if (this.#sent.length === 1) this.#watch();
    }
  }

  #start(): Worker {
    const worker = new Worker(compiled('data/importers/boundaries/geometry-worker.js'));
    worker.on('message', (message: Verdict | 'ready') => {
      if (message === 'ready') this.#ready = true;
      else {
        this.#sent.shift()?.resolve(message);
        if (this.#sent.length > 0) this.#watch();
        else clearTimeout(this.#timer);
      }
      this.#feed();
    });
    worker.on('error', (error) => this.#replace(worker, `it broke the check (${error.message})`));
    return worker;
  }

  #watch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#worker) {
        this.#replace(this.#worker, `checking it took longer than ${this.#budgetMs / 1000} s; simplify or split it`);
      }
    }, this.#budgetMs);
  }

  /** Ends a worker; what it worked on is refused, the rest is asked again. */
  #replace(worker: Worker, reason: string): void {
    if (worker !== this.#worker) return;
    clearTimeout(this.#timer);
    worker.removeAllListeners();
    worker.on('error', () => {});
    void worker.terminate();
    this.#ready = false;
    this.#worker = undefined;
    const [culprit, ...rest] = this.#sent;
    // Without one in hand the thread itself cannot run: nothing can be checked, so nothing is let through.
    const refused = culprit ? [culprit] : this.#waiting.splice(0);
    this.#waiting.unshift(...rest);
    this.#sent = [];
    for (const job of refused) job.resolve({ kind: 'refused', reason });
    if (this.#waiting.length > 0) this.#feed();
  }
}
