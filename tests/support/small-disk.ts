import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, statfsSync, writeFileSync } from 'node:fs';

/** A disk of a given size in memory. */
export class SmallDisk {
  readonly folder: string;

  /** Mounts it on `folder`. Throws where that is not allowed: ask {@link canMount} first. */
  constructor(folder: string, bytes: number) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder]);
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.folder);
    return bavail * bsize;
  }

  resize(bytes: number): void {
    execFileSync('mount', ['-o', `remount,size=${bytes}`, this.folder]);
  }

  /** Takes all space but `left` bytes with a file of this name. */
  fill(name: string, left: number): void {
    const piece = Buffer.alloc(64 * 1024);
    while (this.freeBytes > left + piece.length) writeFileSync(`${this.folder}/${name}`, piece, { flag: 'a' });
  }

  unmount(): void {
    execFileSync('umount', ['-l', this.folder]);
  }
}

/** Whether this process may mount a disk in memory (`folder` is used to try). */
export function canMount(folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0;
  if (mounted) spawnSync('umount', [folder]);
  return mounted;
}
