/**
 * A disk that can lose power, for the embedded engine's process: loaded into it before anything else
 * (`NODE_OPTIONS=--import`), it lets every file operation through and beside that keeps in `RONDA_POWER_CUT` what a disk
 * would hold at this moment if the power went: content of files and names in folders only from the last sync of each, plus
 * whatever the system happened to write back by itself, in any order and in pieces of 4 KiB. Killing the process is the
 * power cut; `afterPowerCut` in disk.ts then gives the folder as it would be found.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname, join, resolve, sep } from 'node:path';

const PAGE = 4096;
/** How often the system writes back by itself at a write, and commits all names at a change of names. */
const WRITE_BACK = 0.1;
const COMMIT_NAMES = 0.02;

const real = { ...fs };

/** A file or folder, whatever its name. */
interface Item {
  id: number;
  /** Pages written since the last sync began; pages of a sync under way; the smallest size since the last sync. */
  dirty: Set<number>;
  syncing: Set<number>;
  shortest: number;
  folder: boolean;
}

/** A change of names that is not on the disk yet: what a name in a folder stands for now. */
interface Change {
  folder: number;
  name: string;
  item: Item | undefined;
  /** A rename changes two names at once. */
  with?: Change;
}

class Disk {
  readonly #root: string;
  readonly #platter: string;
  readonly #names: number;
  /** By inode; a number that is used again after a removal gets another item. */
  readonly #items = new Map<number, Item>();
  readonly #open = new Map<number, Item>();
  #changes: Change[] = [];
  #ids = 0;

  constructor(root: string, platter: string) {
    this.#root = root;
    this.#platter = platter;
    // A power cut is final: the next start is with another disk.
    real.mkdirSync(platter);
    this.#names = real.openSync(join(platter, 'names'), 'a');
    real.mkdirSync(root, { recursive: true });
    this.#copy(root);
  }

  /** All that is there when the power comes is on the disk. */
  #copy(path: string): Item {
    const stat = real.lstatSync(path);
    const item = this.#add(stat);
    if (!item.folder) {
      real.copyFileSync(path, this.#contentOf(item));
      return item;
    }
    for (const name of real.readdirSync(path)) {
      if (!real.lstatSync(join(path, name)).isSocket()) this.#store(item.id, name, this.#copy(join(path, name)));
    }
    return item;
  }

  #add(stat: fs.Stats): Item {
    const item: Item = {
      id: this.#ids++,
      dirty: new Set(),
      syncing: new Set(),
      shortest: Number.POSITIVE_INFINITY,
      folder: stat.isDirectory(),
    };
    this.#items.set(stat.ino, item);
    if (!item.folder) real.writeFileSync(this.#contentOf(item), '');
    return item;
  }

  #contentOf(item: Item): string {
    return join(this.#platter, String(item.id));
  }

  /** Puts a name on the disk. */
  #store(folder: number, name: string, item: Item | undefined): void {
    real.writeSync(this.#names, `${JSON.stringify([folder, name, item?.id ?? null, item?.folder ?? false])}\n`);
  }

  has(path: string): boolean {
    return (resolve(path) + sep).startsWith(this.#root + sep);
  }

  #itemAt(path: string): Item | undefined {
    const stat = real.lstatSync(path, { throwIfNoEntry: false });
    return stat && this.#items.get(stat.ino);
  }

  #changeAt(path: string, item: Item | undefined): Change {
    const folder = this.#itemAt(dirname(path));
    if (!folder) throw new Error(`${path} is in a folder that this disk has not seen`);
    return { folder: folder.id, name: basename(path), item };
  }

  /** A file or folder may have come to be at this path. */
  created(path: string): Item {
    const known = this.#itemAt(path);
    if (known) return known;
    const item = this.#add(real.lstatSync(path));
    this.#changed(this.#changeAt(path, item));
    return item;
  }

  /** Gives what must be done after the removal. */
  removing(path: string): () => void {
    const stat = real.lstatSync(path, { throwIfNoEntry: false });
    if (!stat) return () => {};
    const change = this.#changeAt(path, undefined);
    return () => {
      this.#items.delete(stat.ino);
      this.#changed(change);
    };
  }

  renaming(from: string, to: string): () => void {
    const item = this.#itemAt(from);
    const replaced = real.lstatSync(to, { throwIfNoEntry: false });
    const change = { ...this.#changeAt(to, item), with: this.#changeAt(from, undefined) };
    return () => {
      if (replaced) this.#items.delete(replaced.ino);
      this.#changed(change);
    };
  }

  #changed(change: Change): void {
    this.#changes.push(change);
    if (Math.random() < COMMIT_NAMES) this.#commit(() => true);
  }

  #commit(which: (change: Change) => boolean): void {
    const kept: Change[] = [];
    for (const change of this.#changes) {
      if (!which(change)) {
        kept.push(change);
        continue;
      }
      if (change.with) this.#store(change.with.folder, change.with.name, change.with.item);
      this.#store(change.folder, change.name, change.item);
    }
    this.#changes = kept;
  }

  opened(descriptor: number, path: string): void {
    this.#open.set(descriptor, this.created(path));
  }

  closed(descriptor: number): void {
    this.#open.delete(descriptor);
  }

  of(descriptor: number): Item | undefined {
    return this.#open.get(descriptor);
  }

  wrote(descriptor: number, position: number, length: number): void {
    const item = this.of(descriptor);
    if (!item || length === 0) return;
    for (let page = Math.floor(position / PAGE); page * PAGE < position + length; page++) item.dirty.add(page);
    if (Math.random() >= WRITE_BACK) return;
    const some = [...item.dirty].filter(() => Math.random() < 0.5);
    this.#write(item, `/proc/self/fd/${descriptor}`, some);
  }

  /** A whole file was written at once. */
  wroteAll(path: string): void {
    const item = this.created(path);
    const { size } = real.statSync(path);
    item.shortest = 0;
    for (let page = 0; page * PAGE < size; page++) item.dirty.add(page);
  }

  truncated(item: Item | undefined, size: number): void {
    if (!item) return;
    item.shortest = Math.min(item.shortest, size);
    item.dirty.add(Math.floor(size / PAGE));
  }

  /** Puts pages of a file on the disk. */
  #write(item: Item, path: string, pages: Iterable<number>): void {
    const source = real.openSync(path, 'r');
    const target = real.openSync(this.#contentOf(item), 'r+');
    const bytes = Buffer.alloc(PAGE);
    for (const page of pages) {
      const length = real.readSync(source, bytes, 0, PAGE, page * PAGE);
      real.writeSync(target, bytes, 0, length, page * PAGE);
    }
    real.closeSync(target);
    real.closeSync(source);
  }

  /** A sync begins: what is written after this may miss it. */
  syncing(descriptor: number): void {
    const item = this.of(descriptor);
    if (!item) return;
    for (const page of item.dirty) item.syncing.add(page);
    item.dirty.clear();
  }

  /** A sync has ended: the file is on the disk, and the name it was made under; of a folder, its names. */
  synced(descriptor: number): void {
    const item = this.of(descriptor);
    if (!item) return;
    if (item.folder) {
      this.#commit(({ folder, with: other }) => folder === item.id || other?.folder === item.id);
    } else {
      const path = `/proc/self/fd/${descriptor}`;
      if (Number.isFinite(item.shortest)) real.truncateSync(this.#contentOf(item), item.shortest);
      item.shortest = Number.POSITIVE_INFINITY;
      this.#write(item, path, item.syncing);
      real.truncateSync(this.#contentOf(item), real.statSync(path).size);
      item.syncing.clear();
    }
    for (let made: Item | undefined = item; made; made = this.#commitName(made));
  }

  /** Puts the name of a new file or folder on the disk; gives the folder it is in. */
  #commitName(item: Item): Item | undefined {
    const change = this.#changes.find((one) => one.item === item);
    if (!change) return undefined;
    this.#commit((one) => one === change);
    return [...this.#items.values()].find(({ id }) => id === change.folder);
  }
}

type Call = (...args: never[]) => unknown;

/** Puts the disk between the process and its files: the synchronous calls that the engine makes, and `fdatasync`. */
function install(disk: Disk): void {
  const removing = (path: string, remove: () => void) => {
    const removed = disk.has(path) ? disk.removing(path) : undefined;
    remove();
    removed?.();
  };
  const syncing = (descriptor: number, sync: (descriptor: number) => void) => {
    disk.syncing(descriptor);
    sync(descriptor);
    disk.synced(descriptor);
  };
  const patched: Record<string, Call> = {
    openSync(path: string, flags: fs.OpenMode, mode?: fs.Mode) {
      const descriptor = real.openSync(path, flags, mode);
      if (disk.has(path)) disk.opened(descriptor, path);
      return descriptor;
    },
    closeSync(descriptor: number) {
      disk.closed(descriptor);
      real.closeSync(descriptor);
    },
    writeSync(descriptor: number, bytes: NodeJS.ArrayBufferView, offset: number, length: number, position: number) {
      const written = real.writeSync(descriptor, bytes, offset, length, position);
      disk.wrote(descriptor, position, written);
      return written;
    },
    writeFileSync(path: string, data: string, options?: fs.WriteFileOptions) {
      real.writeFileSync(path, data, options);
      if (disk.has(path)) disk.wroteAll(path);
    },
    truncateSync(path: string, size = 0) {
      real.truncateSync(path, size);
      if (disk.has(path)) disk.truncated(disk.created(path), size);
    },
    ftruncateSync(descriptor: number, size = 0) {
      real.ftruncateSync(descriptor, size);
      disk.truncated(disk.of(descriptor), size);
    },
    mkdirSync(path: string, options?: fs.MakeDirectoryOptions) {
      real.mkdirSync(path, options);
      if (disk.has(path)) disk.created(path);
    },
    unlinkSync: (path: string) => removing(path, () => real.unlinkSync(path)),
    rmdirSync: (path: string) => removing(path, () => real.rmdirSync(path)),
    rmSync(path: string, options?: fs.RmOptions) {
      const isFolder = real.lstatSync(path, { throwIfNoEntry: false })?.isDirectory();
      if (isFolder && disk.has(path)) for (const name of real.readdirSync(path)) fs.rmSync(join(path, name), options);
      removing(path, () => real.rmSync(path, options));
    },
    renameSync(from: string, to: string) {
      const renamed = disk.has(from) && disk.has(to) ? disk.renaming(from, to) : undefined;
      real.renameSync(from, to);
      renamed?.();
    },
    fsyncSync: (descriptor: number) => syncing(descriptor, real.fsyncSync),
    fdatasyncSync: (descriptor: number) => syncing(descriptor, real.fdatasyncSync),
    fdatasync(descriptor: number, done: fs.NoParamCallback) {
      disk.syncing(descriptor);
      real.fdatasync(descriptor, (error) => {
        if (!error) disk.synced(descriptor);
        done(error);
      });
    },
  };
  Object.assign(fs, patched);
  syncBuiltinESMExports();
}

const [, program = '', folder = ''] = process.argv;
const platter = process.env.RONDA_POWER_CUT;
if (platter && program.endsWith(join('embedded', 'process.js'))) install(new Disk(resolve(folder), platter));
