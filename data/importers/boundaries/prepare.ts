import { basename } from 'node:path';
import type { Db } from '../../../server/database/connection.ts';
import { AREA_LEVELS, type AreaLevel, levelOfCode, parentOfCode } from '../../../shared/area-code.ts';
import { compactName } from '../../../shared/geo/names.ts';
import { readCode } from './codes.ts';
import { dayBefore, today } from './dates.ts';
import { type Draft, note, refuse } from './draft.ts';
import type { FieldMap } from './fields.ts';
import { GeometryChecker } from './geometry-checker.ts';
import { KnownAreas } from './known-areas.ts';
import type { PreparedArea } from './prepared.ts';
import { areasInForce } from './queries.ts';
import { readDrafts } from './read-drafts.ts';
import type { GoneArea, ImportReport } from './report.ts';
import { resolveCodes } from './resolve-codes.ts';
import { resolveWards } from './resolve-wards.ts';
import { goneAreas } from './succession.ts';
import { notInForceOn, readSuccessions, readValidity, type Succession } from './validity.ts';
import { writtenName } from './written-names.ts';

export interface PrepareOptions {
  /** Only areas of this level are taken; `rw` also says that the file describes RW. */
  level: AreaLevel | undefined;
  map: FieldMap;
  source: string | undefined;
  /** The day on which the areas are to be in force, ISO; today where absent. */
  day?: string;
  onProgress?: (features: number) => void;
}

/**
 * Reads a boundary file into areas that can be stored, without writing anything, and reports every feature that was
 * changed, matched or refused. Throws `ImportError` when the file as a whole cannot be read.
 */
export async function prepareFile(
  db: Db,
  path: string,
  options: PrepareOptions,
): Promise<{ areas: PreparedArea[]; report: ImportReport }> {
  const checker = new GeometryChecker();
  try {
    const { drafts, remarks } = await readDrafts(path, options.map, checker, options.onProgress ?? (() => {}));
    const inForce = [];
    for await (const area of areasInForce(db)) inForce.push(area);
    const known = new KnownAreas(inForce);
    if (describesWards(drafts, options.level)) await resolveWards(db, drafts, known);
    else resolveCodes(drafts, known, options.level);
    for (const draft of drafts) if (!draft.refused) nameDraft(draft, known);
    const { areas, successions, ended } = await mergeByCode(drafts, checker, options.day ?? today());
    const file = basename(path);
    const source = options.source ?? file;
    const gone = await findGone(db, source, areas, successions, ended);
    return { areas, report: writeReport(file, source, drafts, { areas, remarks, known, successions, gone }) };
  } finally {
    await checker.close();
  }
}

/** Whether a file is one of RW. A column RW beside a code of its own for each feature counts the RW of a desa instead. */
function describesWards(drafts: readonly Draft[], level: AreaLevel | undefined): boolean {
  if (level) return level === 'rw';
  if (!drafts.some(({ fields }) => fields.hasWard || fields.level === 'rw')) return false;
  const codes = drafts.map(({ fields }) => fields.kemendagri ?? fields.either);
  const ownCodes = codes.every((code) => code !== undefined) && new Set(codes).size === codes.length;
  return !ownCodes || codes.some((code) => /RW/i.test(String(code)));
}

function nameDraft(draft: Draft, known: KnownAreas): void {
  const code = draft.code ?? '';
  const level = levelOfCode(code) ?? 'desa';
  const { fields } = draft;
  const written = level === 'rw' ? (fields.ward ?? fields.name) : (fields.name ?? fields.names[level]);
  if (level === 'rw') draft.name = wardName(code);
  else if (written && writtenName(written, level)) draft.name = writtenName(written, level);
  else draft.name = known.byCode(code)?.name ?? code;
  // "RW 011" and "RW11" say no other than "RW 11".
  const isPlainWard = level === 'rw' && /^RW[\s.]*\d+[A-Z]?$/i.test(written ?? '');
  if (!written) note(draft, 'renamed', `it has no name and is called ${draft.name}`);
  else if (written !== draft.name && !isPlainWard) note(draft, 'renamed', `"${written}" is called ${draft.name}`);
  const parent = fields.parent === undefined ? undefined : readCode(fields.parent);
  if (parent?.kind === 'dotted' && level !== 'rw' && parent.code !== parentOfCode(code)) {
    note(draft, 'recoded', `its parent is given as ${parent.code}; its code says ${parentOfCode(code) ?? 'none'}`);
  }
}

/** `RW 05` for code `….RW005`, `RW 112` for `….RW112`. */
function wardName(code: string): string {
  return `RW ${code.slice(code.lastIndexOf('RW') + 2).replace(/^0/, '')}`;
}

interface Merged {
  areas: PreparedArea[];
  successions: Succession[];
  /** Codes of areas that are no longer in force by the file, with their last day. */
  ended: Map<string, string>;
}

/**
 * One area for each code that is in force on a day; features that share one are united when they are called the same,
 * else refused.
 */
async function mergeByCode(drafts: readonly Draft[], checker: GeometryChecker, day: string): Promise<Merged> {
  const byCode = new Map<string, Draft[]>();
  for (const draft of drafts) {
    if (draft.refused || !draft.code) continue;
    const others = byCode.get(draft.code);
    if (others) others.push(draft);
    else byCode.set(draft.code, [draft]);
  }
  const merged: Merged = { areas: [], successions: [], ended: new Map() };
  for (const [code, drafts] of [...byCode].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const parts = drafts.map((draft) => ({ draft, validity: readValidity(draft) }));
    const live = parts.filter(({ draft, validity }) => {
      const reason = notInForceOn(day, validity);
      if (reason) note(draft, 'not in force', reason);
      return !reason;
    });
    const [first, ...others] = live;
    const level = levelOfCode(code);
    if (!first || !level) {
      const lastDays = parts.flatMap(({ validity }) =>
        validity.validTo && validity.validTo < day ? [validity.validTo] : [],
      );
      const lastDay = lastDays.sort().at(-1);
      if (lastDay) merged.ended.set(code, lastDay);
      continue;
    }
    const { draft, validity } = first;
    const rest = others.map((other) => other.draft);
    if (rest.length > 0 && !(await merge(draft, rest, checker))) continue;
    for (const part of live) merged.successions.push(...readSuccessions(part.draft, part.validity));
    merged.areas.push({
      code,
      level,
      name: draft.name ?? code,
      parentCode: parentOfCode(code) ?? null,
      bpsCode: draft.bpsCode,
      geometry: draft.polygons,
      ...validity,
    });
  }
  return merged;
}

/** What is in force of the source and no longer in the file, with the last day where the file tells it. */
async function findGone(
  db: Db,
  source: string,
  areas: readonly PreparedArea[],
  successions: readonly Succession[],
  ended: ReadonlyMap<string, string>,
): Promise<GoneArea[]> {
  const lastDays = new Map<string, string | null>(ended);
  for (const { oldCode, since } of successions) lastDays.set(oldCode, since && dayBefore(since));
  const gone = await goneAreas(db, source, areas, [...lastDays.keys()]);
  return gone.map((area) => ({ ...area, lastDay: lastDays.get(area.code) ?? null }));
}

async function merge(first: Draft, others: readonly Draft[], checker: GeometryChecker): Promise<boolean> {
  const all = [first, ...others];
  const numbers = all.map((draft) => draft.number).join(', ');
  const refuseAll = (reason: string) => {
    for (const draft of all) refuse(draft, reason);
    return false;
  };
  if (new Set(all.map((draft) => compactName(draft.name ?? ''))).size > 1) {
    return refuseAll(`features ${numbers} have the same code and different names: correct one of the codes`);
  }
  const verdict = await checker.unite(all.flatMap((draft) => draft.polygons));
  if (verdict.kind !== 'repaired') {
    return refuseAll(`features ${numbers} have the same code, and ${verdict.kind === 'refused' ? verdict.reason : ''}`);
  }
  first.polygons = verdict.polygons;
  for (const draft of all) note(draft, 'merged', `features ${numbers} are parts of one area and were united`);
  return true;
}

function writeReport(
  file: string,
  source: string,
  drafts: readonly Draft[],
  found: Pick<ImportReport, 'remarks' | 'successions' | 'gone'> & { areas: readonly PreparedArea[]; known: KnownAreas },
): ImportReport {
  const { areas: prepared, known, remarks, successions, gone } = found;
  const counts: Record<string, number> = {};
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const entries = drafts.flatMap((draft) => draft.entries);
  for (const draft of drafts) {
    for (const kind of new Set(draft.entries.map((entry) => entry.kind))) {
      if (kind !== 'matched') count(kind);
    }
    const how = draft.refused ? undefined : draft.entries.find((entry) => entry.kind === 'matched')?.note;
    if (how) count(`matched ${how.split(' ', 2).join(' ')}`);
  }
  const codes = new Set(prepared.map((area) => area.code));
  const parents = new Set(prepared.flatMap((area) => area.parentCode ?? []));
  const areas: Record<string, number> = {};
  for (const level of AREA_LEVELS) {
    const number = prepared.filter((area) => area.level === level).length;
    if (number > 0) areas[level] = number;
  }
  return {
    file,
    source,
    features: drafts.length,
    areas,
    counts,
    remarks,
    missingParents: [...parents].filter((code) => !codes.has(code) && !known.byCode(code)).sort(),
    successions,
    gone,
    entries,
  };
}
