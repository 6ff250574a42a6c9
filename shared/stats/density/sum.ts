import type { LongRun } from '../long-run.ts';
import type { DensityGrid, DensityPoints } from './grid.ts';
import { createKernel, type Kernel, type KernelName } from './kernel.ts';

/** Points between two calls of who waits. */
const ROUND = 4096;

/**
 * The sum of the points' kernels at the centres of the cells, exact to rounding. `sigma` is one for all or one a point.
 * Undefined when it was cancelled.
 */
export function exactSum(
  { x, y, weights }: DensityPoints,
  grid: DensityGrid,
  name: KernelName,
  sigma: number | ArrayLike<number>,
  run: LongRun = {},
): Float64Array | undefined {
  const values = new Float64Array(grid.columns * grid.rows);
  const across = new Float64Array(grid.columns);
  let kernel = createKernel(name, typeof sigma === 'number' ? sigma : 1);
  for (let i = 0; i < x.length; i++) {
    if (i % ROUND === 0) {
      if (run.cancelled?.()) return undefined;
      run.onProgress?.(i, x.length);
    }
    const weight = weights ? (weights[i] as number) : 1;
    if (weight === 0) continue;
    if (typeof sigma !== 'number') kernel = createKernel(name, sigma[i] as number);
    const add = name === 'gaussian' ? addGaussian : addQuartic;
    add(values, grid, across, kernel, x[i] as number, y[i] as number, weight);
  }
  run.onProgress?.(x.length, x.length);
  return values;
}

/** First and last cell whose centre may be within reach of a place; last < first where none is. */
function span(place: number, reach: number, edge: number, size: number, count: number): [first: number, last: number] {
  const first = Math.max(0, Math.ceil((place - reach - edge) / size - 0.5));
  return [first, Math.min(count - 1, Math.floor((place + reach - edge) / size - 0.5))];
}

/** A gaussian is the product of one along each axis. */
function addGaussian(
  values: Float64Array,
  grid: DensityGrid,
  across: Float64Array,
  { sigma, reach, at }: Kernel,
  x: number,
  y: number,
  weight: number,
): void {
  const { west, south, cellWidth, cellHeight, columns, rows } = grid;
  const [left, right] = span(x, reach, west, cellWidth, columns);
  const [bottom, top] = span(y, reach, south, cellHeight, rows);
  const rate = -0.5 / (sigma * sigma);
  const height = weight * at(0);
  for (let column = left; column <= right; column++) {
    const dx = west + (column + 0.5) * cellWidth - x;
    across[column] = height * Math.exp(rate * dx * dx);
  }
  for (let row = bottom; row <= top; row++) {
    const dy = south + (row + 0.5) * cellHeight - y;
    const factor = Math.exp(rate * dy * dy);
    const start = row * columns;
    for (let column = left; column <= right; column++)
      values[start + column] = (values[start + column] as number) + factor * (across[column] as number);
  }
}

function addQuartic(
  values: Float64Array,
  grid: DensityGrid,
  across: Float64Array,
  { reach, at }: Kernel,
  x: number,
  y: number,
  weight: number,
): void {
  const { west, south, cellWidth, cellHeight, columns, rows } = grid;
  const [left, right] = span(x, reach, west, cellWidth, columns);
  const [bottom, top] = span(y, reach, south, cellHeight, rows);
  const height = weight * at(0);
  for (let column = left; column <= right; column++) {
    const dx = (west + (column + 0.5) * cellWidth - x) / reach;
    across[column] = dx * dx;
  }
  for (let row = bottom; row <= top; row++) {
    const dy = (south + (row + 0.5) * cellHeight - y) / reach;
    const room = 1 - dy * dy;
    const start = row * columns;
    for (let column = left; column <= right; column++) {
      const rest = Math.max(0, room - (across[column] as number));
      values[start + column] = (values[start + column] as number) + height * rest * rest;
    }
  }
}
