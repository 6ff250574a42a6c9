import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';

/**
 * Brings PostgreSQL's write-ahead log to the disk for many transactions at once. The engine asks for a file of the log to
 * be synced at each commit; that is noted, the engine goes on with the next request, and one `fdatasync` on another thread
 * serves everybody whose answer waits. Nothing else may reach the disk before the log that describes it: whoever is about
 * to write elsewhere calls {@link settle} first.
 */
export class LogSync {
  readonly #onFailed: (error: Error) => void;
  /** Open files of the log by path. A name is used once: a segment gets its name before anything is written to it. */
  readonly #files = new Map<string, number>();
  /** Of these, what has been asked for since the newest sync began. */
  #noted = new Set<string>();
  /** What the sync that is under way covers, when it ends, and whether {@link settle} was faster. */
  #running: { paths: Set<string>; done: Promise<void>; settled: boolean } | undefined;
  /** The sync that begins when the running one has ended. */
  #next: Promise<void> | undefined;

  /** `onFailed` is told when the disk refuses: what was committed cannot be acknowledged, and the process must end. */
  constructor(onFailed: (error: Error) => void) {
    this.#onFailed = onFailed;
  }

  /** Whether something is not on the disk yet. */
  get isPending(): boolean {
    return this.#noted.size > 0 || this.#running?.settled === false;
  }

  /** Notes that a file of the log has to reach the disk. */
  note(path: string): void {
    this.#noted.add(path);
    if (!this.#files.has(path)) this.#files.set(path, openSync(path, 'r'));
  }

  /** Brings all that was noted to the disk before it returns. */
  settle(): void {
    for (const path of new Set([...this.#noted, ...(this.#running?.paths ?? [])])) {
      const file = this.#files.get(path);
      if (file !== undefined) fdatasyncSync(file);
    }
    this.#noted.clear();
    if (this.#running) this.#running.settled = true;
  }

  /** Settles when all that was noted until now is on the disk; `undefined` when it already is. */
  flushed(): Promise<void> | undefined {
    if (this.#noted.size === 0) return this.#next ?? this.#running?.done;
    if (this.#next) return this.#next;
    if (!this.#running) return this.#begin();
    this.#next = this.#running.done.then(() => this.#begin());
    return this.#next;
  }

  /** Syncs what is noted; settles when it is done, or never when the disk refuses. */
  #begin(): Promise<void> {
    const paths = this.#noted;
    this.#noted = new Set();
    this.#next = undefined;
    const done = Promise.all([...paths].map((path) => this.#sync(path))).then(() => {
      this.#running = undefined;
      this.#closeOthers();
    });
    this.#running = { paths, done, settled: false };
    return done;
  }

  #sync(path: string): Promise<void> {
    return new Promise((resolve) => {
      fdatasync(this.#files.get(path) ?? -1, (error) => {
        if (error) this.#onFailed(error);
        else resolve();
      });
    });
  }

  /** The log is written from one file to the next: only the newest stays open. */
  #closeOthers(): void {
    const newest = [...this.#files.keys()].sort().at(-1);
    for (const [path, file] of this.#files) {
      if (path === newest || this.#noted.has(path)) continue;
      closeSync(file);
      this.#files.delete(path);
    }
  }
}
