import type { Db } from '../database/connection.ts';
import { dropDaysBefore } from '../database/position-days.ts';
import { createPartition, trimQuarantine } from './queries.ts';

const DAY_MS = 86_400_000;
/** Days made ahead, so that no fix at midnight waits for its table. */
const DAYS_AHEAD = 2;

/** The daily partitions of positions: made ahead and on demand, dropped when their time is over. */
export class Partitions {
  readonly #db: Db;
  readonly #made = new Set<number>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** Makes the partitions that these fixes need and that are not known to exist. */
  async ensure(fixes: readonly { time: number }[]): Promise<void> {
    let last = Number.NaN;
    for (const { time } of fixes) {
      const day = Math.floor(time / DAY_MS);
      if (day === last || this.#made.has(day)) continue;
      last = day;
      await createPartition(this.#db, day * DAY_MS);
      this.#made.add(day);
    }
  }

  /** As {@link ensure}, but asks the database again. */
  async renew(fixes: readonly { time: number }[]): Promise<void> {
    this.#made.clear();
    await this.ensure(fixes);
  }

  /** Makes the next days' partitions, and drops what is older than `retentionMs` before `now` (milliseconds). */
  async maintain(now: number, retentionMs: number): Promise<void> {
    for (let ahead = -1; ahead <= DAYS_AHEAD; ahead++) await this.ensure([{ time: now + ahead * DAY_MS }]);
    const oldest = now - retentionMs;
    await dropDaysBefore(this.#db, oldest);
    for (const day of this.#made) if ((day + 1) * DAY_MS <= oldest) this.#made.delete(day);
    await trimQuarantine(this.#db, oldest);
  }
}
