import { writeFileSync } from 'node:fs';
import type { Db } from '../../../server/database/connection.ts';
import { hasRefusals, type ImportReport, printReport } from '../boundaries/report.ts';
import { withFileName } from '../import-error.ts';
import { isGone, thisOwner } from '../owner.ts';
import { Pace } from '../pacing.ts';
import type { Terminal } from '../terminal.ts';
import { prepareStreets } from './prepare.ts';
import {
  beginStreets,
  forgetStreets,
  hiddenStreets,
  type PreparedStreet,
  publishStreets,
  removeStreets,
  stageStreets,
  streetsInForce,
} from './queries.ts';

export interface StreetOptions {
  source: string | undefined;
  dryRun: boolean;
  strict: boolean;
  reportFile: string | undefined;
}

/**
 * Imports files of street lines, each whole or not at all, in place of what was imported of the same source before.
 *
 * @returns the exit code: 0, or 2 when features were refused
 * @throws ImportError for a file that cannot be read; files before it stay imported
 */
export async function importStreets(
  db: Db,
  files: readonly string[],
  options: StreetOptions,
  terminal: Terminal,
): Promise<0 | 2> {
  let refused = false;
  const reports: ImportReport[] = [];
  for (const path of files) {
    const { streets, contentHash, report } = await withFileName(path, () => prepareStreets(path, options.source));
    reports.push(report);
    for (const line of printReport(report)) terminal.say(line);
    if (options.reportFile) writeFileSync(options.reportFile, `${JSON.stringify(reports, null, 1)}\n`);
    refused ||= hasRefusals(report);
    if (streets.length === 0) terminal.say('  no street of it can be imported; nothing was changed');
    else if (options.strict && hasRefusals(report)) {
      terminal.say('  --strict: features were refused, so nothing of the file was imported');
    } else if (options.dryRun) terminal.say('  dry run: nothing was written');
    else {
      const version = await storeStreets(db, streets, contentHash, report, terminal);
      terminal.say(
        version === undefined ? '  unchanged: all of it is there already' : `  published as version ${version}`,
      );
    }
  }
  return refused ? 2 : 0;
}

async function storeStreets(
  db: Db,
  streets: readonly PreparedStreet[],
  contentHash: string,
  report: ImportReport,
  terminal: Terminal,
): Promise<number | undefined> {
  await removeHidden(db);
  if ((await streetsInForce(db, report.source)) === contentHash) return undefined;
  const { file: fileName, source } = report;
  const importId = await beginStreets(db, { fileName, source, contentHash, owner: thisOwner(), report });
  try {
    const pace = new Pace(50, 1000);
    for (let from = 0; from < streets.length; ) {
      const part = streets.slice(from, from + Math.ceil(pace.size));
      await pace.run(part.length, () => stageStreets(db, importId, part));
      from += part.length;
      terminal.progress('writing', from, streets.length);
    }
    const version = await publishStreets(db, importId, source);
    await removeHidden(db);
    return version;
  } catch (error) {
    await remove(db, importId).catch(() => {});
    throw error;
  }
}

/** Removes lines that were replaced, and those of imports whose process is gone. */
async function removeHidden(db: Db): Promise<void> {
  for (const { id, isReplaced, owner, silent } of await hiddenStreets(db)) {
    if (isReplaced || isGone(owner, silent)) await remove(db, id);
  }
}

async function remove(db: Db, importId: number): Promise<void> {
  const pace = new Pace(50, 2000);
  for (;;) {
    const limit = Math.ceil(pace.size);
    if ((await pace.run(limit, () => removeStreets(db, importId, limit))) < limit) break;
  }
  await forgetStreets(db, importId);
}
