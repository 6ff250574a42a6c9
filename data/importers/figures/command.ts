import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Db } from '../../../server/database/connection.ts';
import { KnownAreas } from '../boundaries/known-areas.ts';
import { areasInForce } from '../boundaries/queries.ts';
import { SHOWN } from '../boundaries/report.ts';
import { withFileName } from '../import-error.ts';
import type { Terminal } from '../terminal.ts';
import type { FigureMap } from './columns.ts';
import { storeHouseholds } from './queries.ts';
import { readFigures } from './read.ts';

export interface FigureOptions {
  map: FigureMap;
  /** Where the figures come from; the file's name when `undefined`. */
  source: string | undefined;
  dryRun: boolean;
  reportFile: string | undefined;
}

/** As an export of a filter that nothing matches, or of a sheet that is not the one with the data. */
const EMPTY =
  '  nothing is in the file but its header, so nothing was stored; save the sheet that has the rows as CSV, and import that';

/**
 * Imports tables of households by area, one after the other, each as a whole: a rate by the households of half a kota
 * would be wrong, so nothing is imported of a file with a bad row.
 *
 * @returns the exit code: 0, or 2 when rows were refused
 * @throws ImportError for a file that cannot be read; files before it stay imported
 */
export async function importFigures(
  db: Db,
  files: readonly string[],
  options: FigureOptions,
  terminal: Terminal,
): Promise<0 | 2> {
  const inForce = [];
  for await (const area of areasInForce(db)) inForce.push(area);
  const known = new KnownAreas(inForce);
  const reports = [];
  for (const path of files) {
    const file = basename(path);
    const { rows, figures, unknown, bad } = await withFileName(path, () => readFigures(path, options.map, known));
    reports.push({ file, rows, imported: bad.length > 0 || options.dryRun ? 0 : figures.length, unknown, bad });
    terminal.say(`${file}: ${rows} rows, ${figures.length} figures, ${bad.length} refused`);
    for (const { line, problem } of bad.slice(0, SHOWN)) terminal.say(`  refused: line ${line}: ${problem}`);
    if (bad.length > SHOWN) terminal.say(`  refused: ${bad.length - SHOWN} more; --report FILE lists them`);
    if (unknown > 0)
      terminal.say(`  ${unknown} are of areas that are not in force: they count once such areas are imported`);
    if (options.reportFile) writeFileSync(options.reportFile, `${JSON.stringify(reports, null, 1)}\n`);
    if (bad.length > 0) terminal.say('  rows were refused, so nothing of the file was imported');
    else if (rows === 0) terminal.say(EMPTY);
    else if (options.dryRun) terminal.say('  dry run: nothing was written');
    else {
      await storeHouseholds(db, figures, options.source ?? file);
      terminal.say('  stored');
    }
  }
  return reports.some(({ bad }) => bad.length > 0) ? 2 : 0;
}
