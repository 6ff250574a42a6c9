import type { Position } from 'geojson';

interface Segment {
  ax: number;
  ay: number;
  bx: number;
  by: number;
  right: number;
}

/**
 * Whether edges of these polygons cross or lie on one another, be it within a ring or between rings. Rings that only
 * share a corner do not cross. Edges are compared where they overlap from west to east: quick for shapes of maps, and only
 * for those that we made ourselves.
 */
export function hasCrossing(polygons: Position[][][]): boolean {
  const segments: Segment[] = [];
  for (const ring of polygons.flat()) {
    let [ax = 0, ay = 0] = ring[0] ?? [];
    for (const [bx = 0, by = 0] of ring.slice(1)) {
      segments.push(ax <= bx ? { ax, ay, bx, by, right: bx } : { ax: bx, ay: by, bx: ax, by: ay, right: ax });
      ax = bx;
      ay = by;
    }
  }
  segments.sort((s, t) => s.ax - t.ax);
  let open: Segment[] = [];
  for (const segment of segments) {
    open = open.filter((other) => other.right >= segment.ax);
    if (open.some((other) => cross(segment, other))) return true;
    open.push(segment);
  }
  return false;
}

function cross(s: Segment, t: Segment): boolean {
  if (Math.max(s.ay, s.by) < Math.min(t.ay, t.by) || Math.max(t.ay, t.by) < Math.min(s.ay, s.by)) return false;
  const fromA = side(s, t.ax, t.ay);
  const fromB = side(s, t.bx, t.by);
  const toA = side(t, s.ax, s.ay);
  const toB = side(t, s.bx, s.by);
  if (fromA === 0 && fromB === 0) return overlap(s, t);
  // A shared corner is on both lines: the rest of each edge decides nothing.
  const sharesCorner =
    (s.ax === t.ax && s.ay === t.ay) ||
    (s.ax === t.bx && s.ay === t.by) ||
    (s.bx === t.ax && s.by === t.ay) ||
    (s.bx === t.bx && s.by === t.by);
  return !sharesCorner && fromA * fromB <= 0 && toA * toB <= 0;
}

/** Whether two edges on one line have more than a point in common. */
function overlap(s: Segment, t: Segment): boolean {
  const [sLow, sHigh] = [Math.min(s.ay, s.by), Math.max(s.ay, s.by)];
  const [tLow, tHigh] = [Math.min(t.ay, t.by), Math.max(t.ay, t.by)];
  return Math.min(s.bx, t.bx) > Math.max(s.ax, t.ax) || Math.min(sHigh, tHigh) > Math.max(sLow, tLow);
}

/** On which side of an edge's line a point lies: -1, 0 or 1. */
function side({ ax, ay, bx, by }: Segment, x: number, y: number): number {
  return Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
}
