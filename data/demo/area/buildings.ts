import type { Random } from '../random.ts';
import { density } from './plan/people.ts';
import { between, centroid, cyclic, distance, insideRing, type Point, signedArea } from './plane.ts';

/**
 * Footprints of houses along the streets around a block, as rings in metres: rows set back a little from the street,
 * close where people live densely. Gives none for blocks where hardly anybody lives.
 */
export function houses(ring: readonly Point[], random: Random): Point[][] {
  const dense = density(centroid(ring));
  if (dense < 420 || signedArea(ring) > 120_000) return [];
  const share = Math.min(0.92, 0.35 + dense / 5500);
  const out: Point[][] = [];
  for (let i = 0; i < ring.length; i++) {
    const [a, b] = [cyclic(ring, i), cyclic(ring, i + 1)];
    const length = distance(a, b);
    for (let along = 9; along < length - 9; ) {
      const front = random.between(8, 16);
      const depth = random.between(8, 14);
      if (along + front > length - 7) break;
      if (random.next() < share) {
        const house = footprint(a, b, along / length, (along + front) / length, random.between(5.5, 8), depth, length);
        if (clear(ring, house) && out.every((other) => apart(house, other))) out.push(house);
      }
      along += front + random.between(1.5, 2 + 9000 / dense);
    }
  }
  return out;
}

/** A rectangle on the left of a–b, where the inside of a counter-clockwise ring is. */
function footprint(
  a: Point,
  b: Point,
  from: number,
  to: number,
  setBack: number,
  depth: number,
  length: number,
): Point[] {
  const [nx, ny] = [-(b[1] - a[1]) / length, (b[0] - a[0]) / length];
  const [p, q] = [between(a, b, from), between(a, b, to)];
  const far = setBack + depth;
  return [
    [p[0] + nx * setBack, p[1] + ny * setBack],
    [q[0] + nx * setBack, q[1] + ny * setBack],
    [q[0] + nx * far, q[1] + ny * far],
    [p[0] + nx * far, p[1] + ny * far],
  ];
}

function clear(ring: readonly Point[], house: readonly Point[]): boolean {
  const middle = centroid(house);
  return house.every((corner) => insideRing(ring, between(middle, corner, 1.35)));
}

/** Whether a line along one of their sides keeps two rectangles apart. */
function apart(one: readonly Point[], other: readonly Point[]): boolean {
  return [one, other].some((box) =>
    [0, 1].some((side) => {
      const [a, b] = [cyclic(box, side), cyclic(box, side + 1)];
      const span = (points: readonly Point[]) => points.map(([x, y]) => x * (b[0] - a[0]) + y * (b[1] - a[1]));
      const [mine, theirs] = [span(one), span(other)];
      return Math.max(...mine) < Math.min(...theirs) || Math.max(...theirs) < Math.min(...mine);
    }),
  );
}
