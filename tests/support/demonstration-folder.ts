import { existsSync, mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inject } from 'vitest';
import { loadDemo } from '../../data/demo/load.ts';
import { openDatabase } from '../../server/database/connection.ts';
import { copyOf, dataFolder } from './data-folders.ts';

const LOADED = 'demonstration';

/** A new data folder with the demonstration in it, which the first to ask loads, and all others wait for. */
export async function demonstrationFolder(): Promise<string> {
  const template = join(inject('scratch'), LOADED);
  while (!existsSync(template)) {
    if (isClaimed(template)) await delay(100);
    else await load(template);
  }
  return copyOf(LOADED);
}

/** Whether another test loads it; if none does, it is claimed for this one. */
function isClaimed(template: string): boolean {
  try {
    mkdirSync(`${template}-claimed`);
    return false;
  } catch {
    return true;
  }
}

async function load(template: string): Promise<void> {
  try {
    // It may have come between the look and the claim.
    if (existsSync(template)) return;
    const folder = dataFolder();
    const { db, close } = await openDatabase({ databaseUrl: undefined, dataDir: folder });
    await loadDemo(db);
    await close();
    renameSync(folder, template);
  } finally {
    // Where it failed, the next to ask tries again.
    rmdirSync(`${template}-claimed`);
  }
}
