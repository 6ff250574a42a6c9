import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Db } from '../../../server/database/connection.ts';
import { withFileName } from '../import-error.ts';
import type { Terminal } from '../terminal.ts';
import { type ColumnMap, type Field, hasNoHeader, locate, requireFields } from './columns.ts';
import { DEFAULTS, type DraftOptions, hashOf, holdsPersonalData, readDraft, stableId } from './draft.ts';
import { emptyReport, type IncidentReport, printIncidentReport, tell } from './report.ts';
import { openRows, type Row } from './rows.ts';
import { type Candidate, IncidentStage } from './stage.ts';

export interface IncidentOptions extends DraftOptions {
  map: ColumnMap;
  /** The register that the ids are of; the file's name when `undefined`. */
  source: string | undefined;
  /** Of times that do not tell theirs; that of each place when `undefined`. */
  zone: string | undefined;
  dryRun: boolean;
  strict: boolean;
  reportFile: string | undefined;
  /** Unix milliseconds. */
  now: number;
}

/**
 * Imports files of incidents, one after the other, each so that it becomes visible whole or not at all.
 *
 * @returns the exit code: 0, or 2 when rows were refused
 * @throws ImportError for a file that cannot be read; files before it stay imported
 */
export async function importIncidents(
  db: Db,
  files: readonly string[],
  options: IncidentOptions,
  terminal: Terminal,
): Promise<0 | 2> {
  const reports: IncidentReport[] = [];
  for (const path of files) {
    const file = basename(path);
    const source = options.source ?? file;
    const stage = await withFileName(path, () => IncidentStage.open(db, { ...options, file, source }));
    try {
      const report = await withFileName(path, () => stageFile(path, { file, source }, stage, options, terminal));
      reports.push(report);
      for (const line of printIncidentReport(report)) terminal.say(line);
      if (options.reportFile) writeFileSync(options.reportFile, `${JSON.stringify(reports, null, 1)}\n`);
      terminal.say(`  ${await conclude(report, stage, options)}`);
    } catch (error) {
      await stage.discard().catch(() => {});
      throw error;
    }
  }
  return reports.some(({ counts }) => counts.refused > 0) ? 2 : 0;
}

/** Publishes what was staged, or gives it up. Returns what to say. */
async function conclude(report: IncidentReport, stage: IncidentStage, options: IncidentOptions): Promise<string> {
  const { entries, left, ...kept } = report;
  const { imported, refused } = report.counts;
  if (options.dryRun) return 'dry run: nothing was written';
  if (imported > 0 && !(options.strict && refused > 0)) {
    const begin = performance.now();
    await stage.publish(kept);
    const switchMs = (performance.now() - begin).toFixed(0);
    return `published (switch ${switchMs} ms, slowest batch ${stage.slowestBatchMs.toFixed(0)} ms)`;
  }
  await stage.discard();
  if (imported > 0) return '--strict: rows were refused, so nothing of the file was imported';
  return refused > 0 ? 'no row of it can be imported; nothing was changed' : 'unchanged: all of it is there already';
}

async function stageFile(
  path: string,
  { file, source }: { file: string; source: string },
  stage: IncidentStage,
  options: IncidentOptions,
  terminal: Terminal,
): Promise<IncidentReport> {
  const header = !hasNoHeader(options.map);
  const { unit, rows, percent } = await openRows(path, header);
  const report = emptyReport(file, source, unit);
  const seen = new Map<string, { row: number; contentHash: string }>();
  const same = new Map<string, number>();
  let batch: Candidate[] = [];
  const write = async () => {
    const written = await stage.write(batch);
    for (const [index, outcome] of written.entries()) count(report, batch[index]?.row ?? 0, outcome);
    batch = [];
    terminal.progress('percent of the file', percent(), 100);
  };
  const read = reader(report, options);
  for await (const row of rows) {
    report.rows++;
    const draft = read(row);
    if (!draft) continue;
    const contentHash = hashOf(draft, options.zone);
    const before = draft.ownId === undefined ? (same.get(contentHash) ?? 0) : 0;
    if (draft.ownId === undefined) same.set(contentHash, before + 1);
    const id = stableId(source, draft.ownId, contentHash, before);
    const earlier = seen.get(id);
    if (earlier?.contentHash === contentHash) report.counts.repeated++;
    else if (earlier) {
      const problem = `is that of ${unit} ${earlier.row} too, which says something else; give each incident an id of its own`;
      refuse(report, row.number, { field: 'id', value: draft.ownId ?? '', problem });
    } else {
      seen.set(id, { row: row.number, contentHash });
      if (holdsPersonalData(draft)) {
        const problem = 'a text of it seems to hold personal data; leave out who it is about';
        tell(report, { row: row.number, kind: 'personal data', field: null, value: '', problem });
      }
      batch.push({ row: row.number, id, contentHash, draft });
      if (batch.length >= stage.batchSize) await write();
    }
  }
  if (batch.length > 0) await write();
  return report;
}

/** Reads rows into drafts; notes what was refused, and by which columns they were read. */
function reader(report: IncidentReport, options: IncidentOptions) {
  let names: readonly string[] | undefined;
  let found: Partial<Record<Field, number>> = {};
  return (row: Row) => {
    if (row.names !== names) {
      names = row.names;
      found = locate(names, options.map);
      if (report.unit === 'line') requireFields(names, found, options);
      for (const [field, value] of Object.entries(DEFAULTS)) {
        if (!(field in found || field in options.set)) report.assumed[field] = value;
      }
      for (const [field, index] of Object.entries(found)) report.columns[field] ??= names[index] ?? '';
    }
    if (row.problem !== undefined) {
      refuse(report, row.number, { field: null, value: '', problem: row.problem });
      return undefined;
    }
    const text = (field: Field) => {
      const index = found[field];
      return index === undefined ? '' : (row.cells[index] ?? '').trim();
    };
    const draft = readDraft(text, options);
    if (!Array.isArray(draft)) return draft;
    report.counts.refused++;
    for (const problem of draft) tell(report, { row: row.number, kind: 'refused', ...problem });
    return undefined;
  };
}

function count(
  report: IncidentReport,
  row: number,
  outcome: Awaited<ReturnType<IncidentStage['write']>>[number],
): void {
  if (typeof outcome !== 'string') {
    refuse(report, row, outcome);
    return;
  }
  report.counts[outcome]++;
  if (outcome === 'in no area') report.counts.imported++;
  if (outcome === 'changed') {
    const problem = 'is here already and says something else; it stays as it is: change it in the operations room';
    tell(report, { row, kind: 'changed', field: null, value: '', problem });
  }
}

function refuse(
  report: IncidentReport,
  row: number,
  problem: { field: string | null; value: string; problem: string },
): void {
  report.counts.refused++;
  tell(report, { row, kind: 'refused', ...problem });
}
