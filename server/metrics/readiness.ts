import { statfs } from 'node:fs/promises';
import type { Database } from '../database/connection.ts';
import { roundTrip } from './queries.ts';

/** Below this share of free space nothing more should be taken. */
const LEAST_FREE = 0.05;
/** The database has this long to answer. */
const DATABASE_MS = 2_000;
/** The log of events is read every second; a few may fail. */
const BUS_MS = 10_000;
/** How long an answer serves for all who ask. */
const FRESH_MS = 1_000;

export interface Readiness {
  ready: boolean;
  parts: {
    database: { ready: boolean; seconds: number | null };
    bus: { ready: boolean; silentSeconds: number };
    disk: { ready: boolean; freeBytes: number | null; freeShare: number | null };
    draining: boolean;
  };
}

export interface ReadinessOptions {
  database: Pick<Database, 'db'>;
  /** Folder whose disk must have room. */
  dataDir: string;
  /** Whether nothing more is stored because the disk is about to be full. */
  isFull: () => boolean;
  /** When the log of events was last read, milliseconds since 1970. */
  busHeardAt: () => number;
  now: () => number;
}

/** Finds out whether the server can do its work; one question at a time, asked once a second at most. */
export class ReadinessCheck {
  /** Whether the server is about to stop. */
  draining = false;
  private readonly options: ReadinessOptions;
  private answer: Promise<Readiness> | undefined;
  private askedAt = Number.NEGATIVE_INFINITY;

  constructor(options: ReadinessOptions) {
    this.options = options;
  }

  ask(): Promise<Readiness> {
    const now = performance.now();
    if (!this.answer || now - this.askedAt >= FRESH_MS) {
      this.askedAt = now;
      this.answer = this.look();
    }
    return this.answer;
  }

  private async look(): Promise<Readiness> {
    const { database, dataDir, busHeardAt, isFull, now } = this.options;
    const [seconds, disk] = await Promise.all([roundTrip(database.db, DATABASE_MS), freeSpace(dataDir)]);
    const silentMs = now() - busHeardAt();
    const parts = {
      database: { ready: seconds !== undefined, seconds: seconds ?? null },
      bus: { ready: silentMs <= BUS_MS, silentSeconds: silentMs / 1000 },
      disk: { ...disk, ready: disk.ready && !isFull() },
      draining: this.draining,
    };
    return { ready: parts.database.ready && parts.bus.ready && parts.disk.ready && !this.draining, parts };
  }
}

async function freeSpace(folder: string): Promise<Readiness['parts']['disk']> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    const freeShare = blocks > 0 ? bavail / blocks : 1;
    return { ready: freeShare >= LEAST_FREE, freeBytes: bavail * bsize, freeShare };
  } catch (error) {
    // Beside a served database there may be no folder yet: nothing is kept in it.
    return { ready: (error as NodeJS.ErrnoException).code === 'ENOENT', freeBytes: null, freeShare: null };
  }
}
