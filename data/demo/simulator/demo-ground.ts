import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../../server/compiled.ts';
import { DEMO_SEED, generateArea } from '../area/generate.ts';
import type { LonLat, StreetLine } from './network.ts';

/** What units of the demonstration move along, and where they like to stop. */
export interface Ground {
  streets: StreetLine[];
  posts: LonLat[];
}

/** Draws the demonstration's streets and posts: over a second of work. */
function drawGround(): Ground {
  const { streets, places } = generateArea(DEMO_SEED);
  const posts = places.filter(({ kind }) => kind !== 'tps').map(({ lon, lat }): LonLat => [lon, lat]);
  return { streets, posts };
}

/** The demonstration's streets and posts, as this build of the program drew them before or draws them now. */
export function demoGround(): Ground {
  // Sources have no build that would tell when they changed.
  if (import.meta.url.endsWith('.ts')) return drawGround();
  const folder = join(projectFolder(), 'dist');
  return kept(join(folder, 'demo-ground.json'), statSync(join(folder, 'server/.tsbuildinfo')).mtimeMs, drawGround);
}

/**
 * What `make` gives for a key, read from a file where it was kept for the same key before. A file that cannot be read is
 * made anew, one that cannot be written is done without.
 */
export function kept<T>(file: string, key: number, make: () => T): T {
  try {
    const before = JSON.parse(readFileSync(file, 'utf8')) as { key: number; value: T };
    if (before.key === key) return before.value;
  } catch {
    // It is not there yet, or not whole.
  }
  const value = make();
  try {
    const partial = `${file}.${process.pid}`;
    writeFileSync(partial, JSON.stringify({ key, value }));
    renameSync(partial, file);
  } catch {
    // The next start draws again.
  }
  return value;
}
