import { writeFileSync } from 'node:fs';
import type { Db } from '../../../server/database/connection.ts';
import type { AreaLevel } from '../../../shared/area-code.ts';
import { withFileName } from '../import-error.ts';
import type { Terminal } from '../terminal.ts';
import { dayBefore, today } from './dates.ts';
import type { FieldMap } from './fields.ts';
import { prepareFile } from './prepare.ts';
import { hasRefusals, type ImportReport, printReport, SHOWN } from './report.ts';
import { storeAreas } from './store.ts';

export interface BoundaryOptions {
  level: AreaLevel | undefined;
  map: FieldMap;
  source: string | undefined;
  dryRun: boolean;
  strict: boolean;
  /** Ends the validity of areas that the file no longer has. */
  retire: boolean;
  reportFile: string | undefined;
}

/**
 * Imports boundary files, one after the other, each whole or not at all.
 *
 * @returns the exit code: 0, or 2 when features were refused
 * @throws ImportError for a file that cannot be read; files before it stay imported
 */
export async function importBoundaries(
  db: Db,
  files: readonly string[],
  options: BoundaryOptions,
  terminal: Terminal,
): Promise<0 | 2> {
  let refused = false;
  const reports: ImportReport[] = [];
  for (const file of files) {
    const onProgress = (features: number) => terminal.progress('checking', features, 0);
    const { areas, report } = await withFileName(file, () => prepareFile(db, file, { ...options, onProgress }));
    reports.push(report);
    for (const line of printReport(report)) terminal.say(line);
    if (options.reportFile) writeFileSync(options.reportFile, `${JSON.stringify(reports, null, 1)}\n`);
    refused ||= hasRefusals(report);
    const ended = endedBy(report, options.retire);
    for (const line of sayGone(report, ended, options)) terminal.say(line);
    if (areas.length + ended.length === 0) terminal.say('  no area of it can be imported; nothing was changed');
    else if (options.strict && hasRefusals(report)) {
      terminal.say('  --strict: features were refused, so nothing of the file was imported');
    } else if (options.dryRun) terminal.say('  dry run: nothing was written');
    else {
      const stored = await storeAreas(db, areas, {
        fileName: report.file,
        source: report.source,
        report,
        changes: { ended, successions: report.successions },
        onProgress: (done, total) => terminal.progress('writing', done, total),
      });
      terminal.say(
        stored.outcome === 'unchanged'
          ? '  unchanged: all of it is in force already'
          : `  published as version ${stored.version} (switch ${stored.switchMs.toFixed(0)} ms, slowest batch ${stored.slowestBatchMs.toFixed(0)} ms)`,
      );
    }
  }
  return refused ? 2 : 0;
}

/** What is to be taken out of force: nothing while a refused feature may be one of these areas. */
function endedBy(report: ImportReport, retire: boolean): { code: string; lastDay: string }[] {
  if (!retire || hasRefusals(report)) return [];
  const yesterday = dayBefore(today());
  return report.gone.map(({ code, lastDay }) => ({ code, lastDay: lastDay ?? yesterday }));
}

function sayGone(
  { gone }: ImportReport,
  ended: readonly { code: string; lastDay: string }[],
  { retire, dryRun }: BoundaryOptions,
): string[] {
  if (gone.length === 0) return [];
  const list = (texts: string[]) => `${texts.slice(0, SHOWN).join(', ')}${texts.length > SHOWN ? ', …' : ''}`;
  const names = gone.map(({ code, name }) => `${code} ${name}`);
  const lines = [`  ${gone.length} areas in force of this source are not in the file: ${list(names)}`];
  if (!retire) lines.push('  they stay in force; --retire ends them');
  else if (ended.length === 0) {
    lines.push('  --retire: features were refused, and these areas may be among them: none was ended');
  } else {
    const days = list(ended.map(({ code, lastDay }) => `${code} after ${lastDay}`));
    lines.push(`  --retire: ${ended.length} areas ${dryRun ? 'would end' : 'end'}: ${days}`);
  }
  return lines;
}
