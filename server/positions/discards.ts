import type { Db } from '../database/connection.ts';
import { addDiscards, loadDiscards } from './discards.queries.ts';

/**
 * How many fixes came from units off duty, by unit: the fixes are not kept, only counted. The counts outlive the server,
 * and what was answered is counted: await what {@link add} gives before the answer.
 */
export class Discards {
  readonly #db: Db;
  readonly #counts: Map<number, number>;
  /** What the next statement will write, once the one under way is done. */
  #next: { counts: Map<number, number>; written: Promise<void> } | undefined;
  #last: Promise<void> = Promise.resolve();

  private constructor(db: Db, counts: Map<number, number>) {
    this.#db = db;
    this.#counts = counts;
  }

  /** The counts as the database has them. */
  static async load(db: Db): Promise<Discards> {
    return new Discards(db, await loadDiscards(db));
  }

  /** Counts one fix. Resolves when that is stored; many who wait share a statement. Rejects when it cannot be stored. */
  add(unitId: number): Promise<void> {
    this.#next ??= this.#begin();
    const { counts, written } = this.#next;
    counts.set(unitId, (counts.get(unitId) ?? 0) + 1);
    return written;
  }

  /** The stored counts, in the order of the units. */
  list(): { unitId: number; count: number }[] {
    return [...this.#counts].map(([unitId, count]) => ({ unitId, count })).sort((a, b) => a.unitId - b.unitId);
  }

  #begin(): { counts: Map<number, number>; written: Promise<void> } {
    const counts = new Map<number, number>();
    const written = this.#last.then(() => {
      this.#next = undefined;
      return this.#write(counts);
    });
    // What could not be stored is not counted: its sender is told so, and sends it again.
    this.#last = written.catch(() => {});
    return { counts, written };
  }

  async #write(counts: ReadonlyMap<number, number>): Promise<void> {
    await addDiscards(this.#db, counts);
    for (const [unitId, count] of counts) this.#counts.set(unitId, (this.#counts.get(unitId) ?? 0) + count);
  }
}
