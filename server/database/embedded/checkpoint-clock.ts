import { statfsSync } from 'node:fs';

/** Bytes of log after which a checkpoint is worth its cost, and which recovery may have to read. */
const LOG_BYTES = 256 * 1024 * 1024;
/** On a small disk the log may take this share of what is free, but a segment in any case. */
const LOG_SHARE = 0.125;
const SEGMENT_BYTES = 16 * 1024 * 1024;

/**
 * Tells when the engine should make a checkpoint. It has no process of its own for that: without being asked it would keep
 * the whole log since its start.
 */
export class CheckpointClock {
  readonly #logBytes: () => number;
  readonly #folder: string;
  #due: number;

  /** `logBytes` tells how much has been written to the log; `folder` is on its disk. */
  constructor(logBytes: () => number, folder: string) {
    this.#logBytes = logBytes;
    this.#folder = folder;
    this.#due = this.#next();
  }

  isDue(): boolean {
    return this.#logBytes() >= this.#due;
  }

  restart(): void {
    this.#due = this.#next();
  }

  #next(): number {
    const { bavail, bsize } = statfsSync(this.#folder);
    return this.#logBytes() + Math.max(SEGMENT_BYTES, Math.min(LOG_BYTES, bavail * bsize * LOG_SHARE));
  }
}
