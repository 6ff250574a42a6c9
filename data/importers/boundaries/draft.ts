import type { Position } from 'geojson';
import type { AreaFields } from './fields.ts';
import type { EntryKind, ReportEntry } from './report.ts';

/** A feature on its way to an area: what is known so far, and what is to be reported. */
export interface Draft {
  number: number;
  fields: AreaFields;
  polygons: Position[][][];
  code: string | undefined;
  bpsCode: string | null;
  name: string | null;
  entries: ReportEntry[];
  refused: boolean;
}

/** Notes something about a feature for the report. */
export function note(draft: Draft, kind: EntryKind, text: string): void {
  const name = draft.name ?? draft.fields.name ?? draft.fields.ward ?? draft.fields.names.desa ?? null;
  draft.entries.push({ feature: draft.number, kind, code: draft.code ?? null, name, note: text });
}

/** Takes a feature out, saying why. */
export function refuse(draft: Draft, reason: string, kind: 'refused' | 'unmatched' = 'refused'): void {
  if (draft.refused) return;
  draft.refused = true;
  draft.polygons = [];
  note(draft, kind, reason);
}
