import { done, type Outcome, refuse } from '../result.ts';
import { type DensityPoints, refusePoints } from './grid.ts';
import { within } from './kernel-density.ts';
import { neighbours } from './points.ts';
import { type Ring, type StudyWindow, studyWindow } from './window.ts';

/** Distances at which Ripley's K is known, from 0 to the greatest. */
const STEPS = 512;
/** No pair counts for more than this many, however little of its circle is on the ground. */
const MOST_WEIGHT = 100;

/**
 * Bandwidth of least mean square error for a Cox process (P. Diggle 1985; M. Berman, P. Diggle, "Estimating weighted integrals
 * of the second-order intensity", J. R. Stat. Soc. B 51, 1989; as spatstat's `bw.diggle`), from Ripley's K with his isotropic
 * edge correction: half the radius h ≤ r/2 that minimises (1/λ − 2K(h)) / πh² + J(h) / (πh²)². Gives small bandwidths, in metres;
 * those of the upper end of the range say that there is no clustering to find.
 *
 * Work and memory grow with the pairs of points within a quarter of the window's shorter side. Refuses `too-short` (fewer
 * than 3 points on the ground) and what {@link refusePoints} and {@link studyWindow} do.
 */
export function meanSquareBandwidth(points: DensityPoints, rings: readonly Ring[]): Outcome<number> {
  const prepared = studyWindow(rings);
  if (!prepared.ok) return prepared;
  const window = prepared.value;
  const refused = points.x.length > 0 ? refusePoints(points) : undefined;
  if (refused) return refused;
  const used = within(points, window);
  const n = used.x.length;
  if (n < 3) return refuse('too-short', `${n} points are on the ground; give at least 3.`);
  const { west, south, east, north } = window.bounds;
  const lambda = n / window.area;
  const greatest = Math.min(Math.min(east - west, north - south) / 4, Math.sqrt(1000 / (Math.PI * lambda)));
  const step = greatest / (STEPS - 1);
  const k = ripleyK(used, window, greatest, step);
  let best = { h: step, error: Infinity };
  for (let i = 1; i <= (STEPS - 1) / 2; i++) {
    const h = i * step;
    const circle = Math.PI * h * h;
    const error = (1 / lambda - 2 * (k[i] as number)) / circle + overlap(k, i, step) / circle ** 2;
    if (error < best.error) best = { h, error };
  }
  return done(best.h / 2);
}

/** ∫ of the area that two discs of radius h share, by the distance of their centres, over dK. */
function overlap(k: Float64Array, i: number, step: number): number {
  const h = i * step;
  let sum = 0;
  for (let j = 0; j < Math.min(2 * i + 1, k.length - 1); j++) {
    const ratio = Math.min(1, (j * step) / (2 * h));
    sum += ((k[j + 1] as number) - (k[j] as number)) * (Math.acos(ratio) - ratio * Math.sqrt(1 - ratio * ratio));
  }
  return 2 * h * h * sum;
}

/** Ripley's K at multiples of `step`, each ordered pair weighed by the part of its circle that is on the ground. */
function ripleyK(points: DensityPoints, window: StudyWindow, greatest: number, step: number): Float64Array {
  const n = points.x.length;
  const k = new Float64Array(STEPS);
  const pairs = neighbours(points, greatest * (1 + 1e-12));
  for (let pair = 0; pair < pairs.count; pair++) {
    const distance = Math.sqrt(pairs.squared[pair] as number);
    const bin = Math.ceil(distance / step - 1e-9);
    if (bin >= STEPS) continue;
    for (const i of [pairs.first[pair] as number, pairs.second[pair] as number]) {
      const part = circlePart(window, points.x[i] as number, points.y[i] as number, distance);
      k[bin] = (k[bin] as number) + Math.min(MOST_WEIGHT, 1 / part);
    }
  }
  const scale = window.area / (n * (n - 1));
  let sum = 0;
  return k.map((weight) => {
    sum += weight * scale;
    return sum;
  });
}

/** The part of a circle's line that is on the ground. */
function circlePart(window: StudyWindow, x: number, y: number, radius: number): number {
  if (radius === 0) return 1;
  const { edges } = window;
  const angles: number[] = [];
  for (let e = 0; e < edges.length; e += 4) {
    const x1 = (edges[e] as number) - x;
    const y1 = (edges[e + 1] as number) - y;
    const dx = (edges[e + 2] as number) - x - x1;
    const dy = (edges[e + 3] as number) - y - y1;
    const a = dx * dx + dy * dy;
    const b = x1 * dx + y1 * dy;
    const root = b * b - a * (x1 * x1 + y1 * y1 - radius * radius);
    if (root <= 0) continue;
    for (const t of [(-b - Math.sqrt(root)) / a, (-b + Math.sqrt(root)) / a])
      if (t >= 0 && t <= 1) angles.push(Math.atan2(y1 + t * dy, x1 + t * dx));
  }
  if (angles.length === 0) return 1;
  angles.sort((one, other) => one - other);
  let covered = 0;
  angles.forEach((from, i) => {
    const to = angles[i + 1] ?? (angles[0] as number) + 2 * Math.PI;
    const middle = (from + to) / 2;
    if (window.contains(x + radius * Math.cos(middle), y + radius * Math.sin(middle))) covered += to - from;
  });
  return covered / (2 * Math.PI);
}
