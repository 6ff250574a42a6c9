/** Plane geometry of the demonstration area: metres east and north of its centre. */
export type Point = readonly [x: number, y: number];

/** The item at an index that is known to exist; wraps around for rings. */
export function cyclic<T>(items: readonly T[], index: number): T {
  const item = items[((index % items.length) + items.length) % items.length];
  if (item === undefined) throw new RangeError('an empty list has no items');
  return item;
}

export const distance = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1]);
export const between = (a: Point, b: Point, t: number): Point => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];

/** Area of a ring (not closed by repeating its first point); positive when counter-clockwise. */
export function signedArea(ring: readonly Point[]): number {
  let doubled = 0;
  for (let i = 0; i < ring.length; i++) {
    const [ax, ay] = cyclic(ring, i);
    const [bx, by] = cyclic(ring, i + 1);
    doubled += ax * by - bx * ay;
  }
  return doubled / 2;
}

export function perimeter(ring: readonly Point[]): number {
  return ring.reduce((sum, point, i) => sum + distance(point, cyclic(ring, i + 1)), 0);
}

export function centroid(ring: readonly Point[]): Point {
  let x = 0;
  let y = 0;
  let doubled = 0;
  for (let i = 0; i < ring.length; i++) {
    const [ax, ay] = cyclic(ring, i);
    const [bx, by] = cyclic(ring, i + 1);
    const cross = ax * by - bx * ay;
    doubled += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  return [x / (3 * doubled), y / (3 * doubled)];
}

export function insideRing(ring: readonly Point[], [x, y]: Point): boolean {
  let inside = false;
  for (let i = 0; i < ring.length; i++) {
    const [ax, ay] = cyclic(ring, i);
    const [bx, by] = cyclic(ring, i + 1);
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

export function distanceToSegment(point: Point, a: Point, b: Point): number {
  const length = distance(a, b) ** 2;
  const t = length === 0 ? 0 : ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length;
  return distance(point, between(a, b, Math.max(0, Math.min(1, t))));
}

/** Where segment a–b meets c–d, as fractions along both, or `undefined`; parallel segments never meet here. */
export function crossing(a: Point, b: Point, c: Point, d: Point): { t: number; u: number } | undefined {
  const rx = b[0] - a[0];
  const ry = b[1] - a[1];
  const sx = d[0] - c[0];
  const sy = d[1] - c[1];
  const denominator = rx * sy - ry * sx;
  if (denominator === 0) return undefined;
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / denominator;
  const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / denominator;
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? { t, u } : undefined;
}
