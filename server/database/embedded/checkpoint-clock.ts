/** Bytes of log after which a checkpoint is worth its cost, and which recovery may have to read. */
const LOG_BYTES = 256 * 1024 * 1024;

/**
 * Tells when the engine should make a checkpoint. It has no process of its own for that: without being asked it would keep
 * the whole log since its start.
 */
export class CheckpointClock {
  readonly #logBytes: () => number;
  #since: number;

  /** `logBytes` tells how much has been written to the log. */
  constructor(logBytes: () => number) {
    this.#logBytes = logBytes;
    this.#since = logBytes();
  }

  isDue(): boolean {
    return this.#logBytes() - this.#since >= LOG_BYTES;
  }

  restart(): void {
    this.#since = this.#logBytes();
  }
}
