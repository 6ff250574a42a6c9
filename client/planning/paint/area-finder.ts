import { metresPerDegree } from '../../../shared/geo/grid.ts';
import type { PlanBorders } from '../../../shared/schemas/plan.ts';

/** A place, degrees. */
export type Place = readonly [lon: number, lat: number];

const UNIT = 1e-6;

/**
 * Finds areas by place from the borders of a ground, whatever tiles of the map are there. Borders are told apart by the
 * areas on both sides, so that an area's outline is all of its borders, in no order: a place lies within where a ray from
 * it crosses them an odd number of times.
 */
export class AreaFinder {
  private readonly size: number;
  /** Segments by area: `x0, y0, x1, y1` in metres from the corner of all. */
  private readonly outlines: Float64Array[];
  /** West, south, east, north of each area, metres. */
  private readonly boxes: Float64Array;
  private readonly west: number;
  private readonly south: number;
  private readonly scale: { east: number; north: number };

  /** @param size number of areas of the ground */
  constructor(size: number, borders: PlanBorders) {
    this.size = size;
    const { lon, lat } = absolute(borders);
    this.west = min(lon);
    this.south = min(lat);
    this.scale = metresPerDegree({ lat: (this.south + max(lat)) / 2 });
    const x = lon.map((value) => (value - this.west) * this.scale.east);
    const y = lat.map((value) => (value - this.south) * this.scale.north);
    const segments: number[][] = Array.from({ length: size }, () => []);
    for (const [border, a] of borders.a.entries()) {
      const b = borders.b[border] ?? -1;
      const [start, end] = [borders.start[border] ?? 0, borders.start[border + 1] ?? x.length];
      for (let at = start; at + 1 < end; at++) {
        for (const area of [a, b]) segments[area]?.push(x[at] ?? 0, y[at] ?? 0, x[at + 1] ?? 0, y[at + 1] ?? 0);
      }
    }
    this.outlines = segments.map((each) => Float64Array.from(each));
    this.boxes = new Float64Array(4 * size);
    for (const [area, outline] of this.outlines.entries()) this.boxes.set(boxOf(outline), 4 * area);
  }

  /** The area at a place; undefined where there is none. */
  at([lon, lat]: Place): number | undefined {
    const [x, y] = this.metres(lon, lat);
    return this.within([x, y, x, y]).find((area) => this.holds(area, x, y));
  }

  /** The areas that a round brush touches on its straight way between two places. @param radiusM metres; 0 for a point */
  along(from: Place, to: Place, radiusM: number): number[] {
    const [x0, y0] = this.metres(...from);
    const [x1, y1] = this.metres(...to);
    const box = [
      Math.min(x0, x1) - radiusM,
      Math.min(y0, y1) - radiusM,
      Math.max(x0, x1) + radiusM,
      Math.max(y0, y1) + radiusM,
    ] as const;
    return this.within(box).filter((area) => {
      if (this.holds(area, x0, y0) || this.holds(area, x1, y1)) return true;
      const outline = this.outlines[area] ?? [];
      for (let at = 0; at < outline.length; at += 4) {
        const [ax = 0, ay = 0, bx = 0, by = 0] = [outline[at], outline[at + 1], outline[at + 2], outline[at + 3]];
        if (segmentDistance(x0, y0, x1, y1, ax, ay, bx, by) <= radiusM) return true;
      }
      return false;
    });
  }

  /** West, south, east and north of some areas together, degrees; undefined of none. */
  boundsOf(areas: Iterable<number>): [number, number, number, number] | undefined {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const area of areas) {
      west = Math.min(west, this.boxes[4 * area] ?? west);
      south = Math.min(south, this.boxes[4 * area + 1] ?? south);
      east = Math.max(east, this.boxes[4 * area + 2] ?? east);
      north = Math.max(north, this.boxes[4 * area + 3] ?? north);
    }
    if (west > east) return undefined;
    const lon = (x: number) => this.west + x / this.scale.east;
    const lat = (y: number) => this.south + y / this.scale.north;
    return [lon(west), lat(south), lon(east), lat(north)];
  }

  /** Areas whose box touches another, metres; each once. */
  private within([west, south, east, north]: readonly [number, number, number, number]): number[] {
    const found: number[] = [];
    for (let area = 0; area < this.size; area++) {
      const touches =
        (this.boxes[4 * area] ?? 0) <= east &&
        (this.boxes[4 * area + 2] ?? 0) >= west &&
        (this.boxes[4 * area + 1] ?? 0) <= north &&
        (this.boxes[4 * area + 3] ?? 0) >= south;
      if (touches) found.push(area);
    }
    return found;
  }

  private holds(area: number, x: number, y: number): boolean {
    const outline = this.outlines[area] ?? [];
    let isWithin = false;
    for (let at = 0; at < outline.length; at += 4) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = [outline[at], outline[at + 1], outline[at + 2], outline[at + 3]];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isWithin = !isWithin;
    }
    return isWithin;
  }

  private metres(lon: number, lat: number): [number, number] {
    return [(lon - this.west) * this.scale.east, (lat - this.south) * this.scale.north];
  }
}

/** Whether a place lies within a ring of places, closed or not. */
export function isInRing([lon, lat]: Place, ring: readonly Place[]): boolean {
  let isWithin = false;
  for (const [at, [ax, ay]] of ring.entries()) {
    const [bx, by] = ring[at === 0 ? ring.length - 1 : at - 1] ?? [ax, ay];
    if (ay > lat !== by > lat && lon < ((bx - ax) * (lat - ay)) / (by - ay) + ax) isWithin = !isWithin;
  }
  return isWithin;
}

/** The points of all borders, degrees. */
export function absolute({ start, lon, lat }: Pick<PlanBorders, 'start' | 'lon' | 'lat'>): {
  lon: Float64Array;
  lat: Float64Array;
} {
  const firsts = new Set(start);
  const sum = (steps: readonly number[]) => {
    const out = new Float64Array(steps.length);
    let now = 0;
    for (const [at, step] of steps.entries()) {
      now = firsts.has(at) ? step : now + step;
      out[at] = now * UNIT;
    }
    return out;
  };
  return { lon: sum(lon), lat: sum(lat) };
}

/** West, south, east, north of segments; the empty box is inside out. */
function boxOf(segments: Float64Array): [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < segments.length; at += 2) {
    west = Math.min(west, segments[at] ?? west);
    east = Math.max(east, segments[at] ?? east);
    south = Math.min(south, segments[at + 1] ?? south);
    north = Math.max(north, segments[at + 1] ?? north);
  }
  return [west, south, east, north];
}

const min = (values: Float64Array) => values.reduce((least, value) => Math.min(least, value), Infinity);
const max = (values: Float64Array) => values.reduce((most, value) => Math.max(most, value), -Infinity);

/** Distance of two segments in a plane; 0 where they cross. */
function segmentDistance(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): number {
  const side = (px: number, py: number, qx: number, qy: number, rx: number, ry: number) =>
    (qx - px) * (ry - py) - (qy - py) * (rx - px);
  const crosses =
    side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) < 0 &&
    side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) < 0;
  if (crosses) return 0;
  return Math.min(
    pointDistance(ax, ay, cx, cy, dx, dy),
    pointDistance(bx, by, cx, cy, dx, dy),
    pointDistance(cx, cy, ax, ay, bx, by),
    pointDistance(dx, dy, ax, ay, bx, by),
  );
}

/** Distance of a point from a segment. */
function pointDistance(px: number, py: number, ax: number, ay: number, bx: number, by: number): number {
  const [vx, vy] = [bx - ax, by - ay];
  const length = vx * vx + vy * vy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * vx + (py - ay) * vy) / length));
  return Math.hypot(px - ax - share * vx, py - ay - share * vy);
}
