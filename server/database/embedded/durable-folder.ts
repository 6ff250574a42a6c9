import { closeSync, fdatasyncSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import type { LogSync } from './log-sync.ts';

type Init = NodeFS['init'];

/** What of Emscripten's file system is used here. */
interface Node {
  name: string;
  parent: Node;
  mode: number;
}
interface Stream {
  node: Node;
  /** The file's descriptor on the host; directories have none. */
  nfd?: number;
}
type Operation = (...args: never[]) => unknown;
interface NodeFiles {
  realPath(node: Node): string;
  node_ops: Record<string, Operation>;
  stream_ops: Record<string, Operation> & {
    write(stream: Stream, ...rest: unknown[]): number;
    fsync?(stream: Stream): number;
  };
}

/** PGlite's own parameters, but with `fsync`, by the operation given here: Emscripten's `fdatasync` does nothing. */
export const DURABLE_START = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
];

/** Where the write-ahead log is, and the names of its files. */
const LOG_FOLDER = 'pg_wal';
const SEGMENT = /^[0-9A-F]{24}$/;
/** Errors as the engine's C library numbers them. */
const EIO = 29;
const ENOSPC = 51;

/**
 * A data folder that survives a power cut. The engine's own `fsync` ends at Emscripten, whose files on the host know no such
 * operation; this one gives it to them, so that PostgreSQL's rules hold: the log before the answer, the log before the
 * data, the data before the log is given up. Only the syncing of the log at a commit is put off, by {@link LogSync}, and
 * made up for before anything else is written.
 */
export class DurableFolder extends NodeFS {
  readonly #log: LogSync;
  readonly #onFull: () => never;
  /** Bytes written to the log since the process began. */
  logBytes = 0;

  /** `onFull` is called when the log cannot be continued for want of room; the process must end. */
  constructor(dataDir: string, log: LogSync, onFull: () => never) {
    super(dataDir);
    this.#log = log;
    this.#onFull = onFull;
  }

  override async init(...[db, options]: Parameters<Init>): ReturnType<Init> {
    const { emscriptenOpts } = await super.init(db, options);
    const preRun = emscriptenOpts.preRun ?? [];
    return {
      emscriptenOpts: {
        ...emscriptenOpts,
        preRun: [...preRun, ({ FS }) => this.#extend(FS.filesystems.NODEFS as unknown as NodeFiles)],
      },
    };
  }

  #extend(files: NodeFiles): void {
    const log = this.#log;
    const { node_ops, stream_ops } = files;
    for (const name of ['mknod', 'rename', 'unlink', 'rmdir', 'symlink', 'setattr']) {
      const operation = node_ops[name];
      if (!operation) throw new Error(`Emscripten's files have no ${name}`);
      node_ops[name] = (...args) => {
        if (log.isPending) log.settle();
        return operation(...args);
      };
    }
    const { write } = stream_ops;
    stream_ops.write = (stream, ...rest) => {
      const inLog = isLog(stream.node);
      if (!inLog && log.isPending) log.settle();
      try {
        const written = write(stream, ...rest);
        if (inLog) this.logBytes += written;
        return written;
      } catch (error) {
        // Also of a segment that is only being made.
        if ((error as { errno?: number }).errno === ENOSPC && stream.node.parent.name === LOG_FOLDER) this.#onFull();
        throw error;
      }
    };
    stream_ops.fsync = (stream) => {
      try {
        if (isLog(stream.node)) {
          log.note(files.realPath(stream.node));
          return 0;
        }
        if (log.isPending) log.settle();
        if (stream.nfd === undefined) syncPath(files.realPath(stream.node));
        else fdatasyncSync(stream.nfd);
        return 0;
      } catch (error) {
        console.error(`The embedded database cannot bring a file to the disk: ${(error as Error).message}`);
        return EIO;
      }
    };
  }
}

function isLog({ name, parent }: Node): boolean {
  return parent.name === LOG_FOLDER && SEGMENT.test(name);
}

/** Brings a file's content to the disk, or a folder's list of names. */
export function syncPath(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Brings a folder and all that is in it to the disk. */
export function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else syncPath(path);
  }
  syncPath(folder);
}
