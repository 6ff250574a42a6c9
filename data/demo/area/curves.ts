import type { Random } from '../random.ts';
import { between, cyclic, distance, type Point } from './plane.ts';

/** A smooth curve through the control points (centripetal enough for even spacing), sampled about every `step` metres. */
export function smooth(points: readonly Point[], closed: boolean, step: number): Point[] {
  const at = (i: number) => (closed ? cyclic(points, i) : cyclic(points, Math.max(0, Math.min(points.length - 1, i))));
  const out: Point[] = [];
  const spans = closed ? points.length : points.length - 1;
  for (let i = 0; i < spans; i++) {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const count = Math.max(1, Math.round(distance(p1, p2) / step));
    for (let k = 0; k < count; k++) {
      const t = k / count;
      const spline = (axis: 0 | 1) =>
        0.5 *
        (2 * p1[axis] +
          (p2[axis] - p0[axis]) * t +
          (2 * p0[axis] - 5 * p1[axis] + 4 * p2[axis] - p3[axis]) * t * t +
          (3 * p1[axis] - p0[axis] - 3 * p2[axis] + p3[axis]) * t ** 3);
      out.push([spline(0), spline(1)]);
    }
  }
  if (!closed) out.push(at(points.length - 1));
  return out;
}

/**
 * Fractal midpoint displacement of a polyline: every span is halved and its middle pushed aside by up to `roughness` of
 * its length, until spans are shorter than `finest` metres. Roughness may differ from place to place.
 */
export function fractal(
  points: readonly Point[],
  closed: boolean,
  roughness: (at: Point) => number,
  finest: number,
  random: Random,
): Point[] {
  const spans = closed ? points.length : points.length - 1;
  const out: Point[] = [];
  const divide = (a: Point, b: Point) => {
    const length = distance(a, b);
    if (length < finest) return;
    const middle = between(a, b, 0.5);
    const push = random.normal() * 0.5 * roughness(middle);
    const moved: Point = [middle[0] - (b[1] - a[1]) * push, middle[1] + (b[0] - a[0]) * push];
    divide(a, moved);
    out.push(moved);
    divide(moved, b);
  };
  for (let i = 0; i < spans; i++) {
    const [a, b] = [cyclic(points, i), cyclic(points, i + 1)];
    out.push(a);
    divide(a, b);
  }
  if (!closed) out.push(cyclic(points, points.length - 1));
  return out;
}

/** A gently bent way from a to b: `bend` is the largest aside as a fraction of the length. Gives the points between. */
export function bent(a: Point, b: Point, bend: number, random: Random): Point[] {
  const length = distance(a, b);
  if (bend === 0 || length < 60) return [];
  const aside = (t: number, amount: number): Point => {
    const [x, y] = between(a, b, t);
    return [x - (b[1] - a[1]) * amount, y + (b[0] - a[0]) * amount];
  };
  const first = random.normal() * 0.5 * bend;
  const second = random.next() < 0.6 ? first * random.between(0.3, 1.1) : -first * random.between(0.2, 0.8);
  const curve = smooth([a, aside(0.33, first), aside(0.67, second), b], false, Math.max(35, length / 8));
  return curve.slice(1, -1);
}

/** Strip of varying half-width around a line, as a ring: a river's water. */
export function ribbon(line: readonly Point[], halfWidth: (fraction: number) => number): Point[] {
  const left: Point[] = [];
  const right: Point[] = [];
  line.forEach((point, i) => {
    const before = line[Math.max(0, i - 1)] ?? point;
    const after = line[Math.min(line.length - 1, i + 1)] ?? point;
    const length = distance(before, after) || 1;
    const wide = halfWidth(i / (line.length - 1));
    const dx = ((after[1] - before[1]) / length) * wide;
    const dy = ((after[0] - before[0]) / length) * wide;
    left.push([point[0] - dx, point[1] + dy]);
    right.unshift([point[0] + dx, point[1] - dy]);
  });
  return [...left, ...right];
}
