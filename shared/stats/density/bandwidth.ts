import type { LongRun } from '../long-run.ts';
import { done, type Outcome, type Refusal, refuse } from '../result.ts';
import { edgeMass } from './edge.ts';
import { type DensityGrid, type DensityPoints, refusePoints } from './grid.ts';
import { createKernel } from './kernel.ts';
import { kernelDensity, within } from './kernel-density.ts';
import { addNeighbours, neighbours } from './points.ts';
import { type Ring, type StudyWindow, studyWindow } from './window.ts';

/**
 * Scott's rule of thumb (D. Scott, "Multivariate density estimation", 1992) for points in a plane: n^(−1/6) times the standard
 * deviation along each axis; `both` is their geometric mean, for a kernel as wide as it is high. Right for one normal
 * cloud of points; too smooth for several. Metres. Points weigh 1 each.
 *
 * Refuses `too-short` (fewer than 2 points), `no-variance` (all on one line along an axis), `length-mismatch` and `not-finite`.
 */
export function scottBandwidth(points: DensityPoints): Outcome<{ x: number; y: number; both: number }> {
  const refused = check(points, 2);
  if (refused) return refused;
  const scale = points.x.length ** (-1 / 6);
  const [x, y] = [Math.sqrt(variance(points.x)) * scale, Math.sqrt(variance(points.y)) * scale];
  if (!(x > 0 && y > 0)) return refuse('no-variance', 'All points have one x or one y.');
  return done({ x, y, both: Math.sqrt(x * y) });
}

/**
 * The default search radius of ArcGIS's Kernel Density: 0.9 · min(SD, Dm · √(1/ln 2)) · n^(−1/5), SD the standard distance (divided by
 * n), Dm the median distance to the mean centre. It is a quartic's radius: its bandwidth is this over √8. Metres.
 *
 * Refuses as {@link scottBandwidth}, `no-variance` where all points are at one place.
 */
export function searchRadius(points: DensityPoints): Outcome<number> {
  const refused = check(points, 2);
  if (refused) return refused;
  const n = points.x.length;
  const [centreX, centreY] = [mean(points.x), mean(points.y)];
  const distances = Float64Array.from({ length: n }, (_, i) =>
    Math.hypot((points.x[i] as number) - centreX, (points.y[i] as number) - centreY),
  ).sort();
  const standard = Math.sqrt(distances.reduce((sum, distance) => sum + distance * distance, 0) / n);
  const median = ((distances[(n - 1) >> 1] as number) + (distances[n >> 1] as number)) / 2;
  // Where half of the points are at one place, the median says nothing.
  const spread = median > 0 ? Math.min(standard, median * Math.sqrt(1 / Math.LN2)) : standard;
  return spread > 0 ? done(0.9 * spread * n ** -0.2) : refuse('no-variance', 'All points are at one place.');
}

/** Bandwidths tried. */
const TRIED = 16;

/**
 * Bandwidth by likelihood cross-validation (C. Loader, "Local regression and likelihood", 1999, as spatstat's `bw.ppl`): of 16
 * bandwidths in geometric steps from the least distance of two points to half the window's diameter, the one that maximises
 * Σ log λ₋ᵢ(xᵢ) − ∫ λ(u) du, with λ₋ᵢ(xᵢ) the density at a point from the others, gaussian with uniform edge correction. Metres.
 *
 * Work and memory grow with the square of the points: for some thousands.
 *
 * Refuses `too-short` (fewer than 3 points on the ground), `no-variance` (all at one place), those of the window, and `cancelled`.
 */
export function likelihoodBandwidth(points: DensityPoints, rings: readonly Ring[], run: LongRun = {}): Outcome<number> {
  const prepared = studyWindow(rings);
  if (!prepared.ok) return prepared;
  const window = prepared.value;
  const refused = check(points, 0);
  if (refused) return refused;
  const used = within(points, window);
  const n = used.x.length;
  if (n < 3) return refuse('too-short', `${n} points are on the ground; give at least 3.`);
  const pairs = neighbours(used, Infinity);
  const least = pairs.squared.reduce((a, b) => (b > 0 ? Math.min(a, b) : a), Infinity);
  if (least === Infinity) return refuse('no-variance', 'All points are at one place.');
  const first = Math.sqrt(least);
  const ratio = (diameter(window) / 2 / first) ** (1 / (TRIED - 1));
  let best = { bandwidth: first, likelihood: -Infinity };
  for (let k = 0; k < TRIED; k++) {
    if (run.cancelled?.()) return refuse('cancelled', `Stopped after ${k} of ${TRIED} bandwidths.`);
    const bandwidth = first * ratio ** k;
    const density = new Float64Array(n);
    addNeighbours(density, pairs, createKernel('gaussian', bandwidth).at);
    const grid = coarseGrid(window);
    const mass = edgeMass(window, 'gaussian', bandwidth, grid, n);
    let likelihood = -wholeOf(used, grid, bandwidth, rings);
    for (let i = 0; i < n; i++)
      likelihood += Math.log((density[i] as number) / mass.at(used.x[i] as number, used.y[i] as number));
    if (likelihood > best.likelihood) best = { bandwidth, likelihood };
    run.onProgress?.(k + 1, TRIED);
  }
  return done(best.bandwidth);
}

function check(points: DensityPoints, least: number): Refusal | undefined {
  if (points.x.length < least)
    return refuse('too-short', `There are ${points.x.length} points; give at least ${least}.`);
  return refusePoints(points);
}

/** ∫ λ over the ground, by the cells of a grid; where the kernel is narrower than a cell, all of it is on the ground. */
function wholeOf(points: DensityPoints, grid: DensityGrid, bandwidth: number, window: readonly Ring[]): number {
  const cell = Math.max(grid.cellWidth, grid.cellHeight);
  if (bandwidth < cell) return points.x.length;
  const density = kernelDensity(points, grid, { kernel: 'gaussian', bandwidth, edge: 'uniform', window });
  if (!density.ok) return points.x.length;
  return density.value.values.reduce((sum, value) => sum + value, 0) * grid.cellWidth * grid.cellHeight;
}

function coarseGrid({ bounds }: StudyWindow): DensityGrid {
  const { west, south, east, north } = bounds;
  return { west, south, cellWidth: (east - west) / 64, cellHeight: (north - south) / 64, columns: 64, rows: 64 };
}

/** Greatest distance of two corners. */
function diameter({ edges }: StudyWindow): number {
  let squared = 0;
  for (let a = 0; a < edges.length; a += 4)
    for (let b = 0; b < a; b += 4)
      squared = Math.max(
        squared,
        ((edges[a] as number) - (edges[b] as number)) ** 2 + ((edges[a + 1] as number) - (edges[b + 1] as number)) ** 2,
      );
  return Math.sqrt(squared);
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

function variance(values: ArrayLike<number>): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += ((values[i] as number) - centre) ** 2;
  return sum / (values.length - 1);
}
