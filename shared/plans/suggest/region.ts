import type { Ground } from '../ground.ts';

/** The areas that a suggestion divides, by an index of their own, and which of them can be in one zone. */
export interface Region {
  readonly size: number;
  /** The area of the ground that each is. */
  readonly area: Uint32Array;
  /** The neighbours of i are `neighbours[starts[i]]` to `neighbours[starts[i + 1] - 1]`. */
  readonly starts: Uint32Array;
  readonly neighbours: Uint32Array;
  /** Length of the border with each of them, metres; 0 where it is a link over water, or over what is not to be divided. */
  readonly borderM: Float64Array;
  readonly areaM2: Float64Array;
  readonly outlineM: Float64Array;
  /** Of each, no more than `target`: one that has more fills a zone by itself. */
  readonly workload: Float64Array;
  /** Workload of a zone when all have the same. */
  readonly target: number;
  /** The parts that zones do not cross between, each connected, with how many zones it is divided into. */
  readonly parts: readonly { areas: readonly number[]; zones: number }[];
  /** Lands that are too small for a zone of their own, each linked by its area `from` to the area `to` of another. */
  readonly linked: readonly Link[];
}

/**
 * The region that k zones are to be drawn in. Lands of less than half a zone's workload, and as many more of the smallest as
 * there are too many lands for the zones, are linked to the area that is nearest by label points; each of the others has
 * the number of zones that its workload asks for (the divisor method of Webster and Sainte-Laguë, at least one).
 * @param free whether each area of the ground is to be divided; at least `zones` of them are
 * @param workload of each area of the ground, 0 or more, not all 0 in what is free
 */
export function regionOf(
  ground: Ground,
  free: (area: number) => boolean,
  workload: Float64Array,
  zones: number,
): Region {
  const area = Uint32Array.from(ground.code.keys()).filter(free);
  const size = area.length;
  const local = new Int32Array(ground.size).fill(-1);
  for (const [index, one] of area.entries()) local[one] = index;
  const { capped, target } = cap(
    Float64Array.from(area, (one) => workload[one] ?? 0),
    zones,
  );
  const lists: { to: number; border: number }[][] = Array.from({ length: size }, () => []);
  for (const [index, one] of area.entries()) {
    for (let entry = ground.starts[one] ?? 0; entry < (ground.starts[one + 1] ?? 0); entry++) {
      const to = local[ground.neighbours[entry] ?? 0] ?? -1;
      if (to >= 0) lists[index]?.push({ to, border: ground.borderM[entry] ?? 0 });
    }
  }
  const { lands, linked } = linkLands(landsOf(lists), capped, target, zones, placesOf(ground, area));
  for (const { from, to } of linked) {
    lists[from]?.push({ to, border: 0 });
    lists[to]?.push({ to: from, border: 0 });
  }
  const starts = new Uint32Array(size + 1);
  for (const [index, list] of lists.entries()) starts[index + 1] = (starts[index] ?? 0) + list.length;
  return {
    size,
    area,
    starts,
    neighbours: Uint32Array.from(lists.flatMap((list) => list.map(({ to }) => to))),
    borderM: Float64Array.from(lists.flatMap((list) => list.map(({ border }) => border))),
    areaM2: Float64Array.from(area, (one) => ground.areaM2[one] ?? 0),
    outlineM: Float64Array.from(area, (one) => ground.outlineM[one] ?? 0),
    workload: capped,
    target,
    parts: apportion(lands, capped, zones),
    linked,
  };
}

/** Takes from areas what is more than a zone's share, so that the others are compared with what is left for their zones. */
function cap(workload: Float64Array, zones: number): { capped: Float64Array; target: number } {
  const descending = [...workload].sort((one, other) => other - one);
  let rest = workload.reduce((sum, value) => sum + value, 0);
  let left = zones;
  for (const value of descending) {
    if (left === 1 || value * left <= rest) break;
    rest -= value;
    left--;
  }
  // Nothing but such areas has any workload: the smallest of them is the measure.
  const target = rest > 0 ? rest / left : (descending[zones - left - 1] ?? 0);
  return { capped: workload.map((value) => Math.min(value, target)), target };
}

function landsOf(lists: readonly (readonly { to: number }[])[]): number[][] {
  const seen = new Uint8Array(lists.length);
  const lands: number[][] = [];
  for (let first = 0; first < lists.length; first++) {
    if (seen[first]) continue;
    seen[first] = 1;
    const land = [first];
    for (const one of land) {
      for (const { to } of lists[one] ?? []) {
        if (seen[to]) continue;
        seen[to] = 1;
        land.push(to);
      }
    }
    lands.push(land);
  }
  return lands;
}

interface Link {
  areas: readonly number[];
  from: number;
  to: number;
}

/** Label points on a plane, in degrees of latitude, near enough for telling what is nearest. */
function placesOf(ground: Ground, area: Uint32Array): { x: Float64Array; y: Float64Array } {
  const narrower = Math.cos(((ground.lat[area[0] ?? 0] ?? 0) * Math.PI) / 180);
  return {
    x: Float64Array.from(area, (one) => (ground.lon[one] ?? 0) * narrower),
    y: Float64Array.from(area, (one) => ground.lat[one] ?? 0),
  };
}

/** Links the smallest lands to what is nearest, until each of the others can have a zone. */
function linkLands(
  all: readonly number[][],
  workload: Float64Array,
  target: number,
  zones: number,
  { x, y }: { x: Float64Array; y: Float64Array },
): { lands: number[][]; linked: Link[] } {
  const sum = (areas: readonly number[]) => areas.reduce((total, one) => total + (workload[one] ?? 0), 0);
  const lands = all.map((areas) => ({ areas: [...areas], own: areas, sum: sum(areas) }));
  const landOf = new Int32Array(x.length);
  for (const [land, areas] of all.entries()) for (const one of areas) landOf[one] = land;
  /** The areas, one of a land and one of another, whose label points are nearest to one another. */
  const nearest = (land: number) => {
    let [from, to, least] = [0, 0, Number.POSITIVE_INFINITY];
    for (const one of lands[land]?.areas ?? []) {
      const [east = 0, north = 0] = [x[one], y[one]];
      for (let other = 0; other < x.length; other++) {
        const away = ((x[other] ?? 0) - east) ** 2 + ((y[other] ?? 0) - north) ** 2;
        if (away < least && landOf[other] !== land) [from, to, least] = [one, other, away];
      }
    }
    return { from, to };
  };
  const linked: Link[] = [];
  const left = new Set(lands.keys());
  while (left.size > 1) {
    let smallest = -1;
    for (const land of left)
      if (smallest < 0 || (lands[land]?.sum ?? 0) <= (lands[smallest]?.sum ?? 0)) smallest = land;
    const land = lands[smallest];
    if (!land || (land.sum >= target / 2 && left.size <= zones)) break;
    const { from, to } = nearest(smallest);
    const host = landOf[to] ?? 0;
    for (const one of land.areas) landOf[one] = host;
    const widened = lands[host];
    if (!widened) break;
    widened.areas.push(...land.areas);
    widened.sum += land.sum;
    left.delete(smallest);
    linked.push({ areas: land.own, from, to });
  }
  return { lands: [...left].map((land) => lands[land]?.areas ?? []), linked };
}

/** How many zones each land is divided into: one, and the next always to where a zone's share is greatest, by Webster. */
function apportion(lands: readonly number[][], workload: Float64Array, zones: number): Region['parts'] {
  const parts = lands.map((areas) => ({
    areas,
    zones: 1,
    sum: areas.reduce((total, one) => total + (workload[one] ?? 0), 0),
  }));
  for (let given = parts.length; given < zones; given++) {
    let [next, most] = [parts[0], -1];
    for (const part of parts) {
      const claim = part.sum / (2 * part.zones + 1);
      if (part.zones === part.areas.length || claim <= most) continue;
      [next, most] = [part, claim];
    }
    if (next) next.zones++;
  }
  return parts;
}
