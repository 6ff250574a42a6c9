import { rmSync, statfsSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** Enough for the engine to recover and to close: a segment of its log, and the pages that a checkpoint writes. */
export const RESERVE_BYTES = 24 * 1024 * 1024;

const pathOf = (dataDir: string) => join(dataDir, 'reserve');

/** Bytes of the reserve that the data folder holds; less than {@link RESERVE_BYTES} when it was given up. */
export function reserveSize(dataDir: string): number {
  return statSync(pathOf(dataDir), { throwIfNoEntry: false })?.size ?? 0;
}

/** Sets space aside. Throws when there is none. */
export async function makeReserve(dataDir: string): Promise<void> {
  const file = await open(pathOf(dataDir), 'w', 0o600);
  try {
    const piece = Buffer.alloc(1024 * 1024);
    for (let size = 0; size < RESERVE_BYTES; size += piece.length) await file.write(piece);
  } finally {
    await file.close();
  }
}

/** Gives the reserve up when the engine could not open, recover or close without it. */
export function releaseReserve(dataDir: string): void {
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < RESERVE_BYTES) rmSync(pathOf(dataDir), { force: true });
}
