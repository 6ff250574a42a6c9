import { statfs } from 'node:fs/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { makeReserve, RESERVE_BYTES, reserveSize } from './database/embedded/reserve.ts';
import { diskIsFull } from './errors.ts';

/** Below this share of free space nothing more is stored; with so much more it is again. */
const STOP_SHARE = 0.05;
const RESUME = 1.2;
/** However small the disk: reading may begin another segment of the database's log, 16 MiB. */
const STOP_BYTES = 20 * 1024 * 1024;
const POLL_MS = 1_000;

export interface Room {
  freeBytes: number;
  totalBytes: number;
}

export interface StorageState {
  /** Bytes left on the data folder's disk before the reserve is touched; `undefined` until it was looked at. */
  freeBytes: number | undefined;
  /** Nothing more is stored, so that what is stored stays safe and readable. */
  readOnly: boolean;
}

/** Watches the room on the disk of the embedded engine's folder, and keeps the reserve that it opens and closes with. */
export class Storage {
  readonly #dataDir: string;
  readonly #look: (folder: string) => Promise<Room>;
  #state: StorageState = { freeBytes: undefined, readOnly: false };
  #timer: NodeJS.Timeout | undefined;
  #making = false;

  /** `look` tells how much room there is; tests give their own. */
  constructor(dataDir: string, look: (folder: string) => Promise<Room> = lookAtDisk) {
    this.#dataDir = dataDir;
    this.#look = look;
  }

  get state(): Readonly<StorageState> {
    return this.#state;
  }

  /** Looks now, and every second until {@link close}. */
  watch(): void {
    void this.check();
    this.#timer = setInterval(() => void this.check(), POLL_MS).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Looks once. What is missing of the reserve counts as taken: without it there would be no way back from a full disk. */
  async check(): Promise<void> {
    const room = await this.#look(this.#dataDir).catch(() => undefined);
    if (!room) return;
    const missing = RESERVE_BYTES - reserveSize(this.#dataDir);
    const freeBytes = Math.max(0, room.freeBytes - missing);
    const least = Math.max(STOP_BYTES, room.totalBytes * STOP_SHARE);
    const readOnly = freeBytes < (this.#state.readOnly ? least * RESUME : least);
    this.#state = { freeBytes, readOnly };
    if (missing > 0 && !readOnly) await this.#makeReserve();
  }

  async #makeReserve(): Promise<void> {
    if (this.#making) return;
    this.#making = true;
    try {
      await makeReserve(this.#dataDir);
    } catch {
      // Somebody else was faster with the space, or the folder is gone; the next look tells.
    } finally {
      this.#making = false;
    }
  }
}

/** Answers whoever wants something stored 507 while there is no room for it. */
export function refuseWhenFull(http: FastifyInstance, storage: Storage): void {
  http.addHook('onRequest', (request, _reply, done) => {
    done(storage.state.readOnly && stores(request) ? diskIsFull() : undefined);
  });
}

/** Phones report by GET as well; signing in and out takes next to nothing, and someone has to look after the disk. */
function stores({ method, url }: FastifyRequest): boolean {
  if (url.startsWith('/api/access/')) return false;
  return url.startsWith('/api/ingest/') || !['GET', 'HEAD', 'OPTIONS'].includes(method);
}

async function lookAtDisk(folder: string): Promise<Room> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}
