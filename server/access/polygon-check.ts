import type { PolygonCoordinates } from '../../shared/schemas/jurisdiction.ts';

type Position = [number, number];

/** What is wrong with a polygon, where within its coordinates, and where on the map (degrees, longitude first). */
export interface PolygonFault {
  /** As the rest of a sentence that begins with the ring. */
  problem: string;
  /** Polygon and ring of it, both from 0. */
  polygon: number;
  ring: number;
  at: Position;
}

/** Most vertices of a drawn polygon with all its rings. */
export const MOST_VERTICES = 2_000;

/** A side of a ring, its ends by their order from the west. */
interface Side {
  polygon: number;
  ring: number;
  /** Place in its ring, and how many sides that has. */
  index: number;
  count: number;
  from: Position;
  to: Position;
  west: number;
  east: number;
}

/**
 * Checks a MultiPolygon before any geometry library sees it: repairing or testing a hostile one there takes minutes.
 * Stricter than the standard: rings may not even touch, nor one ring itself. Costs at most some ten milliseconds.
 */
export function polygonFault(coordinates: PolygonCoordinates): PolygonFault | undefined {
  const sides: Side[] = [];
  for (const [polygon, rings] of coordinates.entries()) {
    for (const [ring, positions] of rings.entries()) {
      const fault = ringFault(positions);
      if (fault) return { ...fault, polygon, ring };
      sides.push(...sidesOf(positions, polygon, ring));
      if (sides.length > MOST_VERTICES) {
        const problem = `has, with those before it, more than ${MOST_VERTICES} vertices; simplify it, or draw several parts`;
        return { problem, polygon, ring, at: positionAt(positions, 0) };
      }
    }
  }
  return crossing(sides) ?? nesting(coordinates);
}

function ringFault(ring: Position[]): Pick<PolygonFault, 'problem' | 'at'> | undefined {
  const first = positionAt(ring, 0);
  for (const at of ring) {
    const [lon, lat] = at;
    if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) {
      return { problem: 'has a vertex that is no place on earth; longitude comes first', at: [0, 0] };
    }
  }
  const last = positionAt(ring, ring.length - 1);
  if (first[0] !== last[0] || first[1] !== last[1]) {
    return { problem: 'is not closed; end it with its first vertex', at: last };
  }
  if (ring.length < 4) return { problem: 'has fewer than three corners', at: first };
  for (let index = 1; index < ring.length; index++) {
    const [before, at] = [positionAt(ring, index - 1), positionAt(ring, index)];
    if (before[0] === at[0] && before[1] === at[1])
      return { problem: 'has a vertex twice in a row; leave one out', at };
    if (Math.abs(before[0] - at[0]) > 180) return { problem: 'crosses the 180th meridian; split it there', at };
  }
  return undefined;
}

function sidesOf(ring: Position[], polygon: number, ringNumber: number): Side[] {
  const count = ring.length - 1;
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [positionAt(ring, index), positionAt(ring, index + 1)];
    const [west, east] = from[0] < to[0] ? [from[0], to[0]] : [to[0], from[0]];
    return { polygon, ring: ringNumber, index, count, from, to, west, east };
  });
}

/** Two sides that meet where they should not: swept from west to east, so that only neighbours are compared. */
function crossing(sides: Side[]): PolygonFault | undefined {
  sides.sort((a, b) => a.west - b.west);
  let open: Side[] = [];
  for (const side of sides) {
    open = open.filter((other) => other.east >= side.west);
    for (const other of open) {
      const at = meeting(other, side);
      if (!at) continue;
      const isOwn = other.polygon === side.polygon && other.ring === side.ring;
      const problem = isOwn ? 'crosses or touches itself here' : 'crosses or touches another ring here';
      return { problem: `${problem}; move its vertices apart`, polygon: side.polygon, ring: side.ring, at };
    }
    open.push(side);
  }
  return undefined;
}

/** Where two sides meet, other than neighbours at their common corner. */
function meeting(a: Side, b: Side): Position | undefined {
  if (Math.max(a.from[1], a.to[1]) < Math.min(b.from[1], b.to[1])) return undefined;
  if (Math.min(a.from[1], a.to[1]) > Math.max(b.from[1], b.to[1])) return undefined;
  if (a.polygon === b.polygon && a.ring === b.ring) {
    if ((a.index + 1) % a.count === b.index) return turnsBack(a, b) ? b.from : undefined;
    if ((b.index + 1) % b.count === a.index) return turnsBack(b, a) ? a.from : undefined;
  }
  const [fromSide, toSide] = [sideOf(a, b.from), sideOf(a, b.to)];
  const [otherFrom, otherTo] = [sideOf(b, a.from), sideOf(b, a.to)];
  if (fromSide * toSide > 0 || otherFrom * otherTo > 0) return undefined;
  if (fromSide === 0 && isBetween(a, b.from)) return b.from;
  if (toSide === 0 && isBetween(a, b.to)) return b.to;
  if (otherFrom === 0 && isBetween(b, a.from)) return a.from;
  if (otherTo === 0 && isBetween(b, a.to)) return a.to;
  // On one line, but apart.
  if (fromSide === 0 && toSide === 0) return undefined;
  return intersection(a, b);
}

/** Whether a side runs back over the one before it. */
function turnsBack(before: Side, after: Side): boolean {
  if (sideOf(before, after.to) !== 0) return false;
  const [x, y] = [before.to[0] - before.from[0], before.to[1] - before.from[1]];
  return x * (after.to[0] - after.from[0]) + y * (after.to[1] - after.from[1]) < 0;
}

/** On which side of a line a point lies: 1 or −1; 0 on it, or so near that arithmetic does not tell. */
function sideOf({ from, to }: Side, [x, y]: Position): number {
  const left = (to[0] - from[0]) * (y - from[1]);
  const right = (to[1] - from[1]) * (x - from[0]);
  const cross = left - right;
  return Math.abs(cross) <= 1e-15 * (Math.abs(left) + Math.abs(right)) ? 0 : Math.sign(cross);
}

function isBetween({ from, to }: Side, [x, y]: Position): boolean {
  return (
    Math.min(from[0], to[0]) <= x &&
    x <= Math.max(from[0], to[0]) &&
    Math.min(from[1], to[1]) <= y &&
    y <= Math.max(from[1], to[1])
  );
}

function intersection(a: Side, b: Side): Position {
  const [ax, ay] = [a.to[0] - a.from[0], a.to[1] - a.from[1]];
  const [bx, by] = [b.to[0] - b.from[0], b.to[1] - b.from[1]];
  const share = ((b.from[0] - a.from[0]) * by - (b.from[1] - a.from[1]) * bx) / (ax * by - ay * bx);
  return [a.from[0] + share * ax, a.from[1] + share * ay];
}

/** Holes that lie outside, in one another, and polygons within others; rings are known not to cross. */
function nesting(polygons: Position[][][]): PolygonFault | undefined {
  const shells = polygons.map(([shell = []]) => shell);
  for (const [polygon, rings] of polygons.entries()) {
    const [shell = [], ...holes] = rings;
    for (const [index, hole] of holes.entries()) {
      const at = positionAt(hole, 0);
      const place = { polygon, ring: index + 1, at };
      if (!isInside(shell, at)) return { problem: 'is a hole outside of its polygon; leave it out', ...place };
      if (holes.some((other) => other !== hole && isInside(other, at))) {
        return { problem: 'is a hole within a hole; leave it out', ...place };
      }
    }
    const at = positionAt(shell, 0);
    const isWithin = polygons.some(
      ([outer = [], ...gaps]) => outer !== shell && isInside(outer, at) && !gaps.some((gap) => isInside(gap, at)),
    );
    if (isWithin) return { problem: 'lies within another polygon; leave it out', polygon, ring: 0, at };
  }
  return shells.length === 0 ? { problem: 'is empty', polygon: 0, ring: 0, at: [0, 0] } : undefined;
}

function isInside(ring: Position[], [x, y]: Position): boolean {
  let inside = false;
  for (let index = 1; index < ring.length; index++) {
    const [a, b] = [positionAt(ring, index - 1), positionAt(ring, index)];
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
  }
  return inside;
}

function positionAt(ring: Position[], index: number): Position {
  return ring[index] ?? [Number.NaN, Number.NaN];
}
