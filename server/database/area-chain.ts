import { AREA_LEVELS, type AreaLevel, parentOfCode } from '../../shared/area-code.ts';
import type { AreaHit } from '../../shared/schemas/area.ts';

/** An area near a point: it covers the point, or lies `distanceM` metres from it. */
export interface AreaCandidate {
  code: string;
  name: string;
  level: AreaLevel;
  parentCode: string | null;
  areaM2: number;
  covers: boolean;
  /** Metres from the point to the area's edge; 0 when it covers the point. */
  distanceM: number;
}

/** An area that is not in the answer because no chain needs it, fetched by code when one does. */
export type AreaRow = Pick<AreaCandidate, 'code' | 'name' | 'level' | 'parentCode'>;

/**
 * Chooses one area of every level for a point, so that each lies in the one before it. Real boundaries overlap, leave
 * gaps and do not nest, so the rule is fixed:
 *
 * 1. Every area that covers the point heads a chain of itself and the areas above it. Taken is the chain of which most
 *    members cover the point; then the one with fewest members that do not; then the one with the smaller head; then
 *    the lower code. Its members count as `inside`: who is in a desa is in its kecamatan, whatever the coarser line says.
 * 2. Below the head, level by level, the nearest area within reach that belongs to the chain continues it as `nearest`.
 * 3. Where nothing covers the point, the nearest desa heads the chain, else the nearest kecamatan, and so on upwards,
 *    an RW last; all its members are `nearest`, at the distance of the head.
 *
 * @param candidates areas that cover the point or lie within reach of it
 * @param ancestor   finds an area by code that is not among the candidates
 * @returns widest first; empty when nothing is in reach
 */
export function chooseChain(candidates: AreaCandidate[], ancestor: (code: string) => AreaRow | undefined): AreaHit[] {
  const byCode = new Map(candidates.map((candidate) => [candidate.code, candidate]));
  const find = (code: string) => byCode.get(code) ?? ancestor(code);
  const covering = candidates.filter((candidate) => candidate.covers);
  const head = covering.length > 0 ? bestHead(covering, byCode, find) : nearestHead(candidates);
  if (!head) return [];
  const match = head.covers ? 'inside' : 'nearest';
  const chain: AreaHit[] = [...ancestorsOf(head, find).reverse(), head].map(({ code, name, level }) => ({
    code,
    name,
    level,
    match,
    distanceM: roundCentimetres(head.distanceM),
  }));
  let tail: AreaRow = head;
  for (const level of AREA_LEVELS.slice(AREA_LEVELS.indexOf(head.level) + 1)) {
    const inTail = candidates.filter(
      (candidate) => candidate.level === level && !candidate.covers && candidate.code.startsWith(`${tail.code}.`),
    );
    const next = inTail.sort(byDistance)[0];
    if (!next) continue;
    chain.push({
      code: next.code,
      name: next.name,
      level,
      match: 'nearest',
      distanceM: roundCentimetres(next.distanceM),
    });
    tail = next;
  }
  return chain;
}

/** Codes of the areas that chains of these candidates may need and that are not among them. */
export function missingAncestors(candidates: AreaCandidate[]): string[] {
  const known = new Set(candidates.map((candidate) => candidate.code));
  const missing = new Set<string>();
  for (const candidate of candidates) {
    for (let code = parentOfCode(candidate.code); code; code = parentOfCode(code)) {
      if (!known.has(code)) missing.add(code);
    }
    if (candidate.parentCode && !known.has(candidate.parentCode)) missing.add(candidate.parentCode);
  }
  return [...missing];
}

/** The areas above one, nearest first, as far as they are known. A level that was never imported is passed over by the code. */
function ancestorsOf(area: AreaRow, find: (code: string) => AreaRow | undefined): AreaRow[] {
  const found: AreaRow[] = [];
  const seen = new Set([area.code]);
  let code = area.parentCode ?? parentOfCode(area.code);
  while (code && !seen.has(code)) {
    seen.add(code);
    const above = find(code);
    if (above) found.push(above);
    code = above?.parentCode ?? parentOfCode(code);
  }
  return found;
}

function bestHead(
  covering: AreaCandidate[],
  byCode: Map<string, AreaCandidate>,
  find: (code: string) => AreaRow | undefined,
): AreaCandidate | undefined {
  const rated = covering.map((area) => {
    const above = ancestorsOf(area, find);
    const covered = above.filter((other) => byCode.get(other.code)?.covers).length;
    return { area, covered, uncovered: above.length - covered };
  });
  rated.sort(
    (a, b) =>
      b.covered - a.covered ||
      a.uncovered - b.uncovered ||
      a.area.areaM2 - b.area.areaM2 ||
      compareCodes(a.area.code, b.area.code),
  );
  return rated[0]?.area;
}

function nearestHead(candidates: AreaCandidate[]): AreaCandidate | undefined {
  for (const level of ['desa', 'kecamatan', 'kabkota', 'provinsi', 'rw']) {
    const nearest = candidates.filter((candidate) => candidate.level === level).sort(byDistance)[0];
    if (nearest) return nearest;
  }
  return undefined;
}

function byDistance(a: AreaCandidate, b: AreaCandidate): number {
  return a.distanceM - b.distanceM || a.areaM2 - b.areaM2 || compareCodes(a.code, b.code);
}

function compareCodes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function roundCentimetres(metres: number): number {
  return Math.round(metres * 100) / 100;
}
