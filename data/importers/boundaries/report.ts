import type { AreaLevel } from '../../../shared/area-code.ts';
import type { Succession } from './validity.ts';

/** What happened to a feature that was not simply taken as it stood. */
export type EntryKind =
  | 'repaired'
  | 'renamed'
  | 'recoded'
  | 'matched'
  | 'merged'
  | 'dated'
  | 'not in force'
  | 'unmatched'
  | 'refused';

export interface ReportEntry {
  /** Place in the file, from 1. */
  feature: number;
  kind: EntryKind;
  code: string | null;
  name: string | null;
  note: string;
}

/** An area that is in force, though no longer in the file. */
export interface GoneArea {
  code: string;
  name: string;
  level: AreaLevel;
  /** Its last day in force by the file; `null` where that does not say. */
  lastDay: string | null;
}

/** What an import found and did: printed in short, kept whole with the import and by `--report`. */
export interface ImportReport {
  file: string;
  source: string;
  features: number;
  /** Areas that came of them, by level. */
  areas: Record<string, number>;
  /** Features by what happened to them; RW by how they found their kelurahan. */
  counts: Record<string, number>;
  remarks: string[];
  /** Codes above the imported areas that are not in force, nor in the file. */
  missingParents: string[];
  /**
   * Areas in force of the same source, level and parent that the file no longer has, and those that it says were
   * replaced or ended: what `--retire` ends.
   */
  gone: GoneArea[];
  /** Old codes and the new ones, as the file gives them. */
  successions: Succession[];
  entries: ReportEntry[];
}

/** How many of a kind are printed; the others are in the JSON. */
export const SHOWN = 10;

/** The report in lines, for the terminal. */
export function printReport(report: ImportReport): string[] {
  const areas = Object.entries(report.areas).map(([level, count]) => `${count} ${level}`);
  const lines = [`${report.file}: ${report.features} features, ${areas.join(', ') || 'no area'}`];
  for (const remark of report.remarks) lines.push(`  ${remark}`);
  if (report.missingParents.length > 0) {
    const shown = report.missingParents.slice(0, SHOWN).join(', ');
    const more = report.missingParents.length > SHOWN ? ', …' : '';
    lines.push(`  ${report.missingParents.length} areas above these are not imported yet: ${shown}${more}`);
  }
  if (report.successions.length > 0) lines.push(`  ${report.successions.length} old codes have successors`);
  const counts = Object.entries(report.counts).map(([what, count]) => `${count} ${what}`);
  if (counts.length > 0) lines.push(`  ${counts.join(', ')}`);
  for (const kind of [
    'refused',
    'unmatched',
    'not in force',
    'dated',
    'repaired',
    'recoded',
    'merged',
    'renamed',
  ] as const) {
    const entries = report.entries.filter((entry) => entry.kind === kind);
    for (const entry of entries.slice(0, SHOWN)) {
      const what = [entry.code, entry.name].filter(Boolean).join(' ');
      lines.push(`  ${kind}: feature ${entry.feature}${what ? ` (${what})` : ''}: ${entry.note}`);
    }
    if (entries.length > SHOWN) lines.push(`  ${kind}: ${entries.length - SHOWN} more; --report FILE lists all`);
  }
  return lines;
}

/** Whether any feature of the file did not become visible. */
export function hasRefusals(report: ImportReport): boolean {
  return report.entries.some((entry) => entry.kind === 'refused' || entry.kind === 'unmatched');
}
