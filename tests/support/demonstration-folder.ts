import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { loadDemo } from '../../data/demo/load.ts';
import { openDatabase } from '../../server/database/connection.ts';
import { copyOf, dataFolder } from './data-folders.ts';

const LOADED = 'demonstration';

/** A new data folder with the demonstration in it, which the first to ask loads; end-to-end tests ask one after another. */
export async function demonstrationFolder(): Promise<string> {
  const template = join(inject('scratch'), LOADED);
  if (!existsSync(template)) {
    const folder = dataFolder();
    const { db, close } = await openDatabase({ databaseUrl: undefined, dataDir: folder });
    await loadDemo(db);
    await close();
    renameSync(folder, template);
  }
  return copyOf(LOADED);
}
