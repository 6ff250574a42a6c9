import { openFeatures } from '../read/open.ts';
import type { Draft } from './draft.ts';
import { note, refuse } from './draft.ts';
import { type FieldMap, readFields } from './fields.ts';
import type { GeometryChecker } from './geometry-checker.ts';
import { readPolygons } from './structure.ts';

/** Geometries under judgement at once: what limits memory while a file is read. */
const UNDER_JUDGEMENT = 64;

/** Reads a file's features, each with its geometry checked and repaired or refused. Throws `ImportError` for the file. */
export async function readDrafts(
  path: string,
  map: FieldMap,
  checker: GeometryChecker,
  onProgress: (done: number) => void,
): Promise<{ drafts: Draft[]; remarks: string[] }> {
  const source = openFeatures(path);
  const drafts: Draft[] = [];
  const pending: Promise<void>[] = [];
  for await (const { number, properties, geometry } of source.features) {
    const draft: Draft = {
      number,
      fields: readFields(properties, map),
      polygons: [],
      code: undefined,
      bpsCode: null,
      name: null,
      entries: [],
      refused: false,
    };
    drafts.push(draft);
    const structure = readPolygons(geometry);
    if (!structure.polygons) {
      refuse(draft, structure.reason);
      continue;
    }
    draft.polygons = structure.polygons;
    for (const repair of structure.repairs) note(draft, 'repaired', repair);
    pending.push(judge(draft, checker));
    if (pending.length >= UNDER_JUDGEMENT) await pending.shift();
    if (number % 100 === 0) onProgress(number);
  }
  await Promise.all(pending);
  onProgress(drafts.length);
  return { drafts, remarks: source.remarks };
}

async function judge(draft: Draft, checker: GeometryChecker): Promise<void> {
  const verdict = await checker.judge(draft.polygons);
  if (verdict.kind === 'refused') refuse(draft, verdict.reason);
  if (verdict.kind === 'repaired') {
    draft.polygons = verdict.polygons;
    note(draft, 'repaired', verdict.note);
  }
}
