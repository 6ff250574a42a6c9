import type { Assignment } from './assignment.ts';
import { type Ground, partsOf } from './ground.ts';

/**
 * Something to be said about a plan: why, and which areas to show. A plan with an error is not published; a warning is for
 * the planner to judge; a note is no fault.
 */
export type PlanCheck =
  /** Areas in no zone: those of one connected gap. */
  | { kind: 'gap'; severity: 'error'; codes: string[] }
  /** A zone names areas that are no longer there, since areas were imported. */
  | { kind: 'unknown'; severity: 'error'; zone: string; codes: string[] }
  /** A zone without areas. */
  | { kind: 'empty'; severity: 'error'; zone: string; codes: string[] }
  /**
   * A zone in several parts although they lie on one land: who patrols it crosses another zone. `parts` are its parts on
   * that land, the one with most areas first; `codes` the areas of all but the first.
   */
  | { kind: 'apart'; severity: 'warning'; zone: string; codes: string[]; parts: string[][] }
  /** A zone that reaches over water, or over a gap between the outlines: `codes` lie on other lands than most of it. */
  | { kind: 'island'; severity: 'note'; zone: string; codes: string[] };

/**
 * What there is to say about a plan, errors first, then warnings, then notes; greater gaps first, zones in their order.
 * The same rules decide in the page and on the server, where a plan with an error is not published.
 *
 * Takes time in proportion to the number of borders: under a millisecond or two for the RW of Jakarta.
 */
export function checkPlan(ground: Ground, assignment: Assignment): PlanCheck[] {
  const { zones, zoneOf, unknown } = assignment;
  const { part, count } = partsOf(ground, zoneOf);
  const parts: number[][] = Array.from({ length: count }, () => []);
  for (const [area, its] of part.entries()) parts[its]?.push(area);
  const gaps: number[][] = [];
  const partsByZone: number[][][] = zones.map(() => []);
  for (const areas of parts) (partsByZone[zoneOf[areas[0] ?? 0] ?? -1] ?? gaps).push(areas);

  const codes = (areas: readonly number[]) => areas.map((area) => ground.code[area] ?? '');
  const errors: PlanCheck[] = gaps
    .sort(larger)
    .map((areas) => ({ kind: 'gap', severity: 'error', codes: codes(areas) }));
  const warnings: PlanCheck[] = [];
  const notes: PlanCheck[] = [];
  for (const [index, zone] of zones.entries()) {
    const gone = unknown[index] ?? [];
    const held = partsByZone[index] ?? [];
    if (gone.length > 0) errors.push({ kind: 'unknown', severity: 'error', zone, codes: [...gone] });
    else if (held.length === 0) errors.push({ kind: 'empty', severity: 'error', zone, codes: [] });
    if (held.length < 2) continue;
    const [main = [], ...others] = byLand(ground, held);
    for (const lying of [main, ...others]) {
      if (lying.length < 2) continue;
      const named = lying.map(codes);
      warnings.push({ kind: 'apart', severity: 'warning', zone, codes: named.slice(1).flat(), parts: named });
    }
    if (others.length > 0) notes.push({ kind: 'island', severity: 'note', zone, codes: codes(others.flat(2)) });
  }
  return [...errors, ...warnings, ...notes];
}

/** A zone's parts by the land they lie on; the land with most areas, and on each the part with most, first. */
function byLand(ground: Ground, parts: readonly number[][]): number[][][] {
  const lands = new Map<number, number[][]>();
  for (const part of parts) {
    const land = ground.land[part[0] ?? 0] ?? 0;
    const lying = lands.get(land) ?? [];
    lands.set(land, lying);
    lying.push(part);
  }
  for (const lying of lands.values()) lying.sort(larger);
  return [...lands.values()].sort((one, other) => larger(one.flat(), other.flat()));
}

/** Descending by the number of areas; what is equal stays in its order. */
function larger(one: readonly unknown[], other: readonly unknown[]): number {
  return other.length - one.length;
}
