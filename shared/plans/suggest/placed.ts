import type { Assignment } from '../assignment.ts';
import { matchZones } from '../match.ts';

/**
 * A suggestion in the place of a plan's zones: locked zones stay, and each zone that is not locked becomes the suggested one
 * that it shares most areas with, so that it keeps its name and colour.
 * @param locked of each zone of the plan
 * @param suggested the suggested zone of each area, −1 where it is locked
 * @returns the zone of each area: an index into the plan's zones, from their number on a new one
 */
export function placeSuggestion(
  { zones, zoneOf }: Assignment,
  locked: readonly boolean[],
  suggested: Int32Array,
): Int32Array {
  const matched = matchZones(zoneOf, suggested, (zone) => !locked[zone]);
  let next = zones.length;
  // A plan's zones without areas take what is left before new ones are made.
  const held = new Set([...zoneOf, ...matched.values()]);
  const empty = zones.flatMap((_, zone) => (locked[zone] || held.has(zone) ? [] : [zone]));
  const names = new Map(matched);
  for (const zone of [...new Set(suggested)].sort((one, other) => one - other))
    if (zone >= 0 && !names.has(zone)) names.set(zone, empty.shift() ?? next++);
  return suggested.map((zone, area) => (zone < 0 ? (zoneOf[area] ?? -1) : (names.get(zone) ?? -1)));
}
