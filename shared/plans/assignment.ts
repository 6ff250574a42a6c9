import type { Move, PlanContent } from '../schemas/plan.ts';
import type { Ground } from './ground.ts';

/** Which zone each area of a ground is in. */
export interface Assignment {
  /** Ids of the zones, in the order of the plan's list. */
  readonly zones: readonly string[];
  /** The zone of each area, as an index into `zones`; −1: in none. */
  readonly zoneOf: Int32Array;
  /** Codes that a zone names and the ground does not have, such as after an import of areas; an entry for each zone. */
  readonly unknown: readonly (readonly string[])[];
}

/** A plan's content by the areas of its ground. */
export function assignmentOf(ground: Ground, { zones }: PlanContent): Assignment {
  const zoneOf = new Int32Array(ground.size).fill(-1);
  const unknown = zones.map(({ codes }, zone) =>
    codes.filter((code) => {
      const area = ground.indexOf.get(code);
      if (area !== undefined) zoneOf[area] = zone;
      return area === undefined;
    }),
  );
  return { zones: zones.map(({ id }) => id), zoneOf, unknown };
}

/** The codes of each zone, ascending, as `PlanContent` holds them; those that the ground does not have stay. */
export function codesOf(ground: Ground, { zones, zoneOf, unknown }: Assignment): string[][] {
  const codes = zones.map((_, zone) => [...(unknown[zone] ?? [])]);
  for (const [area, zone] of zoneOf.entries()) if (zone >= 0) codes[zone]?.push(ground.code[area] ?? '');
  return codes.map((held) => held.sort());
}

/**
 * The moves that turn one assignment into another of the same zones, for a step `assign`: one for each pair of zones that
 * areas go between, and none where nothing moves.
 */
export function movesBetween(ground: Ground, before: Assignment, after: Int32Array): Move[] {
  const moves = new Map<string, Move>();
  for (const [area, to] of after.entries()) {
    const from = before.zoneOf[area] ?? -1;
    if (from === to) continue;
    const key = `${from} ${to}`;
    const move = moves.get(key) ?? { from: before.zones[from] ?? null, to: before.zones[to] ?? null, codes: [] };
    moves.set(key, move);
    move.codes.push(ground.code[area] ?? '');
  }
  return [...moves.values()];
}
