import { cpSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { MIGRATED } from './templates.ts';

/** A new folder with nothing in it. */
export function emptyFolder(): string {
  return mkdtempSync(join(inject('scratch'), 'data-'));
}

/** A new data folder, whose embedded database has all migrations and no data. */
export function dataFolder(): string {
  return copyOf(MIGRATED);
}

/** A copy of a folder in the run's own. */
export function copyOf(name: string): string {
  const folder = emptyFolder();
  cpSync(join(inject('scratch'), name), folder, { recursive: true });
  return folder;
}
