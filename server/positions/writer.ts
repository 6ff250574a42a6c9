import type pg from 'pg';
import { RondaError } from '../../shared/errors.ts';
import type { LivePosition } from '../../shared/schemas/position.ts';
import type { Partitions } from './partitions.ts';
import type { PendingFix, QuarantinedFix } from './pending.ts';
import { supersedes, type Tracks } from './track.ts';
import { flushFixes, storeHeartbeats, storeQuarantine } from './writer.queries.ts';

/** What a request brings: answered as a whole, when all of it is durable. */
export interface Delivery {
  fixes: PendingFix[];
  quarantined: QuarantinedFix[];
  /** A unit heard without a place, and when (milliseconds). */
  heartbeat: { unitId: number; at: number } | undefined;
}

export interface WriterOptions {
  pool: pg.Pool;
  tracks: Tracks;
  partitions: Partitions;
  /** Told of the fixes that became their unit's newest, after they are durable. */
  onMoved: (positions: LivePosition[]) => void;
  /** Flushes under way at once: the embedded engine runs one statement at a time. */
  depth: number;
  /** Whether each connection has a session of its own, which can keep a prepared statement. */
  prepared: boolean;
  /** Rows that may wait or be under way. */
  capacity?: number;
}

interface Job extends Delivery {
  cost: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Rows of one flush: beyond this a statement only takes longer, and everybody in it waits for all of it. */
const FLUSH_ROWS = 2_000;
/** Rows that are worth a flush of their own while another is under way. */
const LARGE_FLUSH_ROWS = 500;
const CAPACITY = 20_000;
/** Characters of attributes that weigh as much as a row. */
const ATTRIBUTES_PER_ROW = 256;
/** PostgreSQL: what was given breaks a rule (classes 22 and 23), so trying again is of no use. */
const BAD_DATA = /^(22|23)/;
/** PostgreSQL: two transactions were in each other's way; the same again will do. */
const TRY_AGAIN = /^40(P01|001)$/;

/** Writes fixes in groups: whatever arrives while a flush is under way goes with the next one. */
export class PositionWriter {
  readonly #options: WriterOptions;
  #jobs: Job[] = [];
  /** Rows delivered and not yet written; of these, rows whose flush has not begun. */
  #pending = 0;
  #waiting = 0;
  #running = 0;
  #scheduled = false;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /**
   * Settles when everything delivered is durable; each fix then has its outcome.
   * Throws `overloaded` at once when too much is waiting, and the database's error when that is gone.
   */
  write(delivery: Delivery): Promise<void> {
    const cost = costOf(delivery);
    if (this.#pending + cost > (this.#options.capacity ?? CAPACITY)) {
      throw new RondaError(
        'overloaded',
        'More fixes are waiting than the database takes; nothing was stored. Send again later.',
        {
          retryAfterSeconds: 2,
        },
      );
    }
    this.#pending += cost;
    return new Promise((resolve, reject) => {
      const { fixes, quarantined, heartbeat } = delivery;
      this.#jobs.push({ fixes, quarantined, heartbeat, cost, resolve, reject });
      this.#waiting += delivery.fixes.length;
      this.#schedule();
    });
  }

  /** Rows that wait or are under way. */
  get pending(): number {
    return this.#pending;
  }

  /** Everything that has been delivered is written or refused. */
  async drain(): Promise<void> {
    while (this.#pending > 0) await new Promise((resolve) => setImmediate(resolve));
  }

  #schedule(): void {
    if (this.#scheduled || this.#jobs.length === 0 || this.#running >= this.#options.depth) return;
    // A flush beside another pays only when it is large: small ones wait and go together, which costs the database less.
    if (this.#running > 0 && this.#waiting < LARGE_FLUSH_ROWS) return;
    this.#scheduled = true;
    // Requests that came with the same reading of the sockets go together.
    setImmediate(() => {
      this.#scheduled = false;
      void this.#flush(this.#take());
      this.#schedule();
    });
  }

  #take(): Job[] {
    let rows = 0;
    let count = 0;
    for (const { fixes } of this.#jobs) {
      if (count > 0 && rows + fixes.length > FLUSH_ROWS) break;
      rows += fixes.length;
      count++;
    }
    this.#waiting -= rows;
    return this.#jobs.splice(0, count);
  }

  async #flush(jobs: Job[]): Promise<void> {
    this.#running++;
    try {
      const rows = jobs.length === 1 ? (jobs[0]?.fixes ?? []) : jobs.flatMap((job) => job.fixes);
      const quarantined: QuarantinedFix[] = [];
      const heartbeats = new Map<number, number>();
      for (const job of jobs) {
        if (job.quarantined.length > 0) quarantined.push(...job.quarantined);
        if (job.heartbeat) heartbeats.set(job.heartbeat.unitId, job.heartbeat.at);
      }
      if (rows.length > 0) {
        await this.#options.partitions.ensure(rows);
        await this.#store(rows, quarantined, true);
      }
      if (quarantined.length > 0) await storeQuarantine(this.#options.pool, quarantined);
      if (heartbeats.size > 0) await storeHeartbeats(this.#options.pool, heartbeats);
      for (const job of jobs) job.resolve();
    } catch (error) {
      for (const job of jobs) job.reject(error);
    } finally {
      for (const job of jobs) this.#pending -= job.cost;
      this.#running--;
      this.#schedule();
    }
  }

  /** Stores rows; one that breaks the statement is found by halving and goes into quarantine. */
  async #store(rows: readonly PendingFix[], quarantined: QuarantinedFix[], first: boolean): Promise<void> {
    try {
      this.#markNewest(rows);
      const { stored, ordinals, moved } = await flushFixes(this.#options.pool, rows, this.#options.prepared);
      const all = stored === rows.length;
      for (const row of rows) row.outcome = all ? 'stored' : 'duplicate';
      for (const ordinal of ordinals ?? []) {
        const row = rows[ordinal - 1];
        if (row) row.outcome = 'stored';
      }
      this.#tell(rows, new Set(moved ?? []));
    } catch (error) {
      const { code = '' } = error as { code?: string };
      if (TRY_AGAIN.test(code)) return this.#store(rows, quarantined, first);
      if (!BAD_DATA.test(code)) throw error;
      if (first) {
        // It may only be that a day's partition is gone.
        await this.#options.partitions.renew(rows);
        return this.#store(rows, quarantined, false);
      }
      const [row] = rows;
      if (rows.length === 1 && row) {
        row.outcome = 'rejected';
        quarantined.push({
          device: row.device,
          fix: row.fix,
          receivedAt: row.receivedAt,
          reason: 'rejected_by_database',
        });
        return;
      }
      const middle = rows.length >> 1;
      await this.#store(rows.slice(0, middle), quarantined, false);
      await this.#store(rows.slice(middle), quarantined, false);
    }
  }

  #markNewest(rows: readonly PendingFix[]): void {
    const newest = new Map<number, PendingFix>();
    for (const row of rows) {
      row.newest = false;
      const { unitId } = row.device;
      const alarmed = row.fix.alarm !== '';
      const best = newest.get(unitId);
      const isBest = best
        ? supersedes(row.time, alarmed, best.time, best.fix.alarm !== '')
        : this.#options.tracks.isNewest(unitId, row.time, alarmed);
      if (isBest) newest.set(unitId, row);
    }
    for (const row of newest.values()) row.newest = true;
  }

  #tell(rows: readonly PendingFix[], moved: ReadonlySet<number>): void {
    const positions: LivePosition[] = [];
    for (const { device, fix, time, newest } of rows) {
      if (!newest || !moved.has(device.unitId)) continue;
      if (!this.#options.tracks.advance(device.unitId, time, fix.alarm !== '')) continue;
      positions.push({
        unitId: device.unitId,
        time,
        lon: fix.lon,
        lat: fix.lat,
        speed: fix.speed,
        heading: fix.heading,
        status: device.status,
        alarm: fix.alarm,
        flags: fix.flags,
      });
    }
    if (positions.length > 0) this.#options.onMoved(positions);
  }
}

/** How much of the buffer a delivery takes, in rows. */
function costOf({ fixes, quarantined, heartbeat }: Delivery): number {
  let cost = fixes.length + quarantined.length * 2 + (heartbeat ? 1 : 0);
  for (const { fix } of fixes) {
    if (!fix.attributes) continue;
    let characters = 0;
    for (const key in fix.attributes) characters += key.length + (fix.attributes[key]?.length ?? 0);
    cost += characters / ATTRIBUTES_PER_ROW;
  }
  return cost;
}
