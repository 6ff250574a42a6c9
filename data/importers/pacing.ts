/** The longest that one statement of an import may keep the database from others: the embedded one runs one at a time. */
const GOAL_MS = 20;
const LARGEST = 4096;

/**
 * Sizes batches so that each takes about 20 ms: grows the size while they are quick, shrinks it at once when one was slow.
 * The size is in any unit that time grows with (bytes, rows).
 */
export class Pace {
  size: number;
  #largest: number;
  slowestMs = 0;
  batches = 0;

  constructor(first: number, largest = LARGEST) {
    this.size = first;
    this.#largest = largest;
  }

  /** Runs one batch of `size` units, and learns from its time. */
  async run<T>(units: number, batch: () => Promise<T>): Promise<T> {
    const begin = performance.now();
    const result = await batch();
    const took = performance.now() - begin;
    this.slowestMs = Math.max(this.slowestMs, took);
    this.batches++;
    const fitting = (units * GOAL_MS) / Math.max(took, 0.5);
    this.size = Math.max(1, Math.min(this.#largest, fitting, this.size * 1.5));
    return result;
  }
}
