import type { Ground } from '../../shared/plans/ground.ts';

/**
 * What a simple method makes of the same areas, for comparison: each zone grows from the westernmost area that is left, always
 * by the neighbour nearest to where it began, until it has its share of the workload; what is left in the end goes to the
 * neighbouring zone with least.
 * @returns the zone of each area, from 0, connected each where all areas are
 */
export function greedyZones(ground: Ground, workload: Float64Array, zones: number): Int32Array {
  const { size, starts, neighbours, lon, lat } = ground;
  const share = workload.reduce((sum, value) => sum + value, 0) / zones;
  const zoneOf = new Int32Array(size).fill(-1);
  const loads = new Float64Array(zones);
  const put = (area: number, zone: number) => {
    zoneOf[area] = zone;
    loads[zone] = (loads[zone] ?? 0) + (workload[area] ?? 0);
  };
  const around = (area: number) => neighbours.subarray(starts[area], starts[area + 1]);
  const westward = Array.from({ length: size }, (_, area) => area).sort((a, b) => (lon[a] ?? 0) - (lon[b] ?? 0));
  for (let zone = 0; zone < zones; zone++) {
    const first = westward.find((area) => zoneOf[area] === -1);
    if (first === undefined) break;
    const away = (area: number) =>
      ((lon[area] ?? 0) - (lon[first] ?? 0)) ** 2 + ((lat[area] ?? 0) - (lat[first] ?? 0)) ** 2;
    const edge = new Set([first]);
    while (edge.size > 0) {
      const next: number = [...edge].sort((a, b) => away(a) - away(b))[0] ?? first;
      if ((loads[zone] ?? 0) + (workload[next] ?? 0) / 2 > share && next !== first) break;
      edge.delete(next);
      put(next, zone);
      for (const other of around(next)) if (zoneOf[other] === -1) edge.add(other);
    }
  }
  for (let left = true; left; ) {
    left = false;
    for (let area = 0; area < size; area++) {
      if (zoneOf[area] !== -1) continue;
      const beside = [...around(area)].map((other) => zoneOf[other] ?? -1).filter((zone) => zone >= 0);
      if (beside.length === 0) continue;
      put(
        area,
        beside.reduce((least, zone) => ((loads[zone] ?? 0) < (loads[least] ?? 0) ? zone : least)),
      );
      left = true;
    }
  }
  return zoneOf;
}
