import type { Assignment } from './assignment.ts';
import { matchZones } from './match.ts';

/** Two plans on one ground side by side. Zones are indexes into the lists of the two, null: none. */
export interface PlanComparison {
  /** Zones that are one in both, then those of the first alone, then those of the second alone. */
  pairs: { before: number | null; after: number | null }[];
  /** Areas, by index, that are in another zone than the one that became theirs; most areas first. */
  moved: { from: number | null; to: number | null; areas: number[] }[];
}

/**
 * What moved from one plan to another. Zones with the same id are one, as in a plan and its copy; of the others, those are
 * taken for one that share most areas.
 */
export function comparePlans(before: Assignment, after: Assignment): PlanComparison {
  const indexBefore = new Map(before.zones.map((id, index) => [id, index]));
  const sameId = new Map(
    after.zones.flatMap((id, index) => {
      const one = indexBefore.get(id);
      return one === undefined ? [] : [[index, one] as const];
    }),
  );
  const kept = new Set(sameId.values());
  const matched = matchZones(before.zoneOf, after.zoneOf, (one, other) => !kept.has(one) && !sameId.has(other));
  const becameOf = new Map([...sameId, ...matched].map(([other, one]) => [one, other]));
  const found = new Set(becameOf.values());
  const pairs = [
    ...before.zones.map((_, one) => ({ before: one, after: becameOf.get(one) ?? null })),
    ...after.zones.flatMap((_, other) => (found.has(other) ? [] : [{ before: null, after: other }])),
  ];
  const moved = new Map<string, { from: number | null; to: number | null; areas: number[] }>();
  for (const [area, to] of after.zoneOf.entries()) {
    const from = before.zoneOf[area] ?? -1;
    if (to === (from < 0 ? -1 : (becameOf.get(from) ?? -2))) continue;
    const key = `${from} ${to}`;
    const move = moved.get(key) ?? { from: from < 0 ? null : from, to: to < 0 ? null : to, areas: [] };
    moved.set(key, move);
    move.areas.push(area);
  }
  return {
    pairs: pairs.sort((one, other) => order(one) - order(other)),
    moved: [...moved.values()].sort((one, other) => other.areas.length - one.areas.length),
  };
}

function order({ before, after }: PlanComparison['pairs'][number]): number {
  return before === null ? 2 : after === null ? 1 : 0;
}
