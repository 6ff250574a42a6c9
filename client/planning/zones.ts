import type { Assignment } from '../../shared/plans/assignment.ts';
import type { Ground } from '../../shared/plans/ground.ts';
import {
  MOST_ZONES,
  type Move,
  type PlanContent,
  type PlanEdit,
  type PlanStep,
  ZONE_COLOURS,
  type Zone,
} from '../../shared/schemas/plan.ts';

/**
 * The colour of a zone that is to be made: of those that none of its neighbours has, the one that fewest zones have.
 * @param colours of the zones there are @param neighbours indexes of those that it will touch; none where that is not known
 */
export function freeColour(colours: readonly number[], neighbours: Iterable<number> = []): number {
  const near = new Set([...neighbours].map((zone) => colours[zone]));
  const used = Array.from({ length: ZONE_COLOURS }, (_, colour) => colours.filter((each) => each === colour).length);
  const free = used.flatMap((count, colour) => (near.has(colour) ? [] : [{ colour, count }]));
  const candidates = free.length > 0 ? free : used.map((count, colour) => ({ colour, count }));
  return candidates.reduce(
    (best, each) => (each.count < best.count ? each : best),
    candidates[0] ?? { colour: 0, count: 0 },
  ).colour;
}

/** The first of `Zona 1`, `Zona 2`, … that no zone is called. @param name the name by its number */
export function freeName(names: readonly string[], name: (number: number) => string): string {
  const taken = new Set(names);
  let number = names.length + 1;
  while (taken.has(name(number))) number++;
  return name(number);
}

/** The zones that areas touch, by their index. */
export function zonesAround(ground: Ground, zoneOf: Int32Array, areas: Iterable<number>): Set<number> {
  const found = new Set<number>();
  for (const area of areas) {
    for (let entry = ground.starts[area] ?? 0; entry < (ground.starts[area + 1] ?? 0); entry++) {
      const zone = zoneOf[ground.neighbours[entry] ?? 0] ?? -1;
      if (zone >= 0) found.add(zone);
    }
  }
  return found;
}

/** The edit that makes a new zone without areas at the end of the list. */
export function addZone(content: PlanContent, id: string, name: (number: number) => string): PlanEdit {
  if (content.zones.length >= MOST_ZONES) return [];
  const zone: Zone = {
    id,
    name: freeName(
      content.zones.map((each) => each.name),
      name,
    ),
    colour: freeColour(content.zones.map(({ colour }) => colour)),
    locked: false,
    codes: [],
  };
  return [{ kind: 'add', zone, at: content.zones.length }];
}

/** The edit that takes a zone away; its areas are in none then. */
export function removeZone(content: PlanContent, id: string): PlanEdit {
  const at = content.zones.findIndex((zone) => zone.id === id);
  const zone = content.zones[at];
  return zone ? [{ kind: 'remove', zone, at }] : [];
}

/** The edit that locks a zone, or unlocks it. */
export function lockEdit(content: PlanContent, id: string): PlanEdit {
  const zone = content.zones.find((each) => each.id === id);
  if (!zone) return [];
  const { locked } = zone;
  return [{ kind: 'change', zone: id, before: { locked }, after: { locked: !locked } }];
}

/**
 * The edit that makes a plan's zones those of a division: zones that are there keep id, name and colour, those without areas
 * go, further ones are added.
 * @param zoneOf the zone of each area in the division, as an index: below the number of zones there are, that zone; from
 * there on a new one
 */
export function adoptDivision(
  { ground, content, assignment }: { ground: Ground; content: PlanContent; assignment: Assignment },
  zoneOf: Int32Array,
  { newId, name }: { newId(): string; name(number: number): string },
): PlanEdit {
  const { zones } = content;
  const areasOf = new Map<number, number[]>();
  for (const [area, zone] of zoneOf.entries()) {
    const held = areasOf.get(zone);
    if (held) held.push(area);
    else areasOf.set(zone, [area]);
  }
  const made: Zone[] = zones.map((zone) => ({ ...zone }));
  const adds: PlanStep[] = [];
  const idOf = new Map<number, string>(zones.map(({ id }, index) => [index, id]));
  const indexOf = new Map<number, number>(zones.map((_, index) => [index, index]));
  for (const [index, areas] of [...areasOf].sort(([a], [b]) => a - b)) {
    if (index < zones.length) continue;
    const around = [...zonesAround(ground, zoneOf, areas)].flatMap((each) => indexOf.get(each) ?? []);
    const zone: Zone = {
      id: newId(),
      name: freeName(
        made.map((each) => each.name),
        name,
      ),
      colour: freeColour(
        made.map(({ colour }) => colour),
        around,
      ),
      locked: false,
      codes: [],
    };
    adds.push({ kind: 'add', zone, at: Math.min(made.length, MOST_ZONES) });
    idOf.set(index, zone.id);
    indexOf.set(index, made.length);
    made.push(zone);
  }
  const moves = new Map<string, Move>();
  for (const [area, to] of zoneOf.entries()) {
    const from = assignment.zoneOf[area] ?? -1;
    if (from === to) continue;
    const key = `${from} ${to}`;
    const move = moves.get(key) ?? { from: idOf.get(from) ?? null, to: idOf.get(to) ?? null, codes: [] };
    moves.set(key, move);
    move.codes.push(ground.code[area] ?? '');
  }
  const emptied = zones.flatMap((zone, at): PlanStep[] =>
    zone.locked || areasOf.has(at) || (assignment.unknown[at]?.length ?? 0) > 0
      ? []
      : [{ kind: 'remove', zone: { ...zone, codes: [] }, at }],
  );
  const assign: PlanStep[] = moves.size > 0 ? [{ kind: 'assign', moves: [...moves.values()] }] : [];
  // The last first, so that undoing puts each back where it was.
  return [...adds, ...assign, ...emptied.reverse()];
}
