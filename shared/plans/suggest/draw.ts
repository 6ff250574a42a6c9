import type { Region } from './region.ts';
import type { TreeCutter } from './tree.ts';

/** Trees that are tried for a cut; the best counts. */
const TREES = 12;

/**
 * A first division of a region: each part is cut in two along random trees, and the pieces again, until each piece is one
 * zone. A cut is the better the less the workload on either side is from that of a whole number of zones.
 * @param zoneOf filled with the zone of each area, connected each, none empty
 * @returns before each tree, how many zones are drawn
 */
export function* drawZones(region: Region, cutter: TreeCutter, zoneOf: Int32Array): Generator<number, void, void> {
  let drawn = 0;
  const waiting = region.parts.map(({ areas, zones }) => ({ areas, zones }));
  for (let piece = waiting.pop(); piece; piece = waiting.pop()) {
    const { areas, zones } = piece;
    if (zones === 1) {
      for (const area of areas) zoneOf[area] = drawn;
      drawn++;
      continue;
    }
    const total = areas.reduce((sum, area) => sum + (region.workload[area] ?? 0), 0);
    const share = total / zones;
    /** How many zones a side is for. */
    const zonesFor = (count: number, workload: number) => {
      const fitting = share > 0 ? Math.round(workload / share) : count;
      const least = Math.max(1, zones - (areas.length - count));
      return Math.max(least, Math.min(fitting, zones - 1, count));
    };
    const unfit = (count: number, workload: number) => {
      const its = zonesFor(count, workload);
      // The fewer zones must make up for what is missing, the worse; halves leave most to choose from later.
      return (
        Math.abs(workload - its * share) / Math.min(its, zones - its) +
        (share / 1e3) * (1 - Math.min(its, zones - its) / zones)
      );
    };
    let best: { side: number[]; workload: number } | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (let tree = 0; tree < TREES; tree++) {
      yield drawn;
      const cut = cutter.cut(areas, unfit);
      const found = cut ? unfit(cut.side.length, cut.workload) : Number.POSITIVE_INFINITY;
      if (cut && found < least) [best, least] = [cut, found];
    }
    if (!best) throw new Error(`${areas.length} areas have no cut`);
    const its = zonesFor(best.side.length, best.workload);
    const inside = new Set(best.side);
    waiting.push(
      { areas: best.side, zones: its },
      { areas: areas.filter((area) => !inside.has(area)), zones: zones - its },
    );
  }
}
