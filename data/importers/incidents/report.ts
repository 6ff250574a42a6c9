import { SHOWN } from '../boundaries/report.ts';

/** What is told of a row. */
export type RowKind = 'refused' | 'changed' | 'personal data';

export interface RowEntry {
  /** Line of a CSV file, or place of a GeoJSON feature. */
  row: number;
  kind: RowKind;
  /** The field that is wrong; `null` where it is the whole row. */
  field: string | null;
  value: string;
  problem: string;
}

/** What an import of incidents found and did. */
export interface IncidentReport {
  file: string;
  source: string;
  unit: 'line' | 'feature';
  rows: number;
  counts: {
    /** New here. */
    imported: number;
    /** There already, with the same content. */
    known: number;
    /** There already with other content, which stays. */
    changed: number;
    /** The same row again in this file. */
    repeated: number;
    refused: number;
    /** Of those imported: in no imported area. */
    'in no area': number;
  };
  /** Column by field. */
  columns: Record<string, string>;
  /** Value by field, of rows that have none of their own. */
  assumed: Record<string, string>;
  entries: RowEntry[];
  /** How many more entries there were than are kept. */
  left: number;
}

/** Entries kept of one file: a table of a million wrong rows is not told row by row. */
const MOST_ENTRIES = 20_000;

export function emptyReport(file: string, source: string, unit: 'line' | 'feature'): IncidentReport {
  const counts = { imported: 0, known: 0, changed: 0, repeated: 0, refused: 0, 'in no area': 0 };
  return { file, source, unit, rows: 0, counts, columns: {}, assumed: {}, entries: [], left: 0 };
}

export function tell(report: IncidentReport, entry: RowEntry): void {
  if (report.entries.length < MOST_ENTRIES) report.entries.push(entry);
  else report.left++;
}

/** The report in lines, for the terminal. */
export function printIncidentReport({
  file,
  unit,
  rows,
  counts,
  columns,
  assumed,
  entries,
  left,
}: IncidentReport): string[] {
  const columnTexts = Object.entries(columns).map(([field, column]) => `${field}=${column}`);
  const countTexts = Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []));
  const lines = [`${file}: ${rows} rows, ${countTexts.join(', ') || 'none'}`];
  if (columnTexts.length > 0) lines.push(`  columns: ${columnTexts.join(', ')}`);
  const assumedTexts = Object.entries(assumed).map(([field, value]) => `${field}=${value}`);
  if (assumedTexts.length > 0)
    lines.push(`  not in the file, and so taken: ${assumedTexts.join(', ')} (--set says otherwise)`);
  if (counts['in no area'] > 0) {
    lines.push('  in no area: import the boundaries first, so that such incidents are given their desa');
  }
  for (const kind of ['refused', 'changed', 'personal data'] as const) {
    const found = entries.filter((entry) => entry.kind === kind);
    for (const { row, field, value, problem } of found.slice(0, SHOWN)) {
      const what = field === null ? '' : ` ${field}${value === '' ? '' : ` "${value}"`}`;
      lines.push(`  ${kind}: ${unit} ${row}:${what} ${problem}`);
    }
    if (found.length > SHOWN) lines.push(`  ${kind}: ${found.length - SHOWN} more; --report FILE lists them`);
  }
  if (left > 0) lines.push(`  ${left} more are not listed`);
  return lines;
}
