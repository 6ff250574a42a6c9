import type { LongRun } from '../long-run.ts';
import { done, type Outcome, refuse } from '../result.ts';
import { type EdgeMass, edgeMass } from './edge.ts';
import { type DensityGrid, type DensityPoints, refuseBandwidth, refuseGrid, refusePoints } from './grid.ts';
import { createKernel, type KernelName } from './kernel.ts';
import { gaussianLattice, gaussianLatticeSize, NODES_PER_SIGMA, valuesOnGrid } from './lattice.ts';
import { exactSum } from './sum.ts';
import { gridWindow, type Ring, type StudyWindow, studyWindow } from './window.ts';

/** What is done about events beyond the border, which nobody recorded. */
export type EdgeCorrection = 'off' | 'uniform' | 'diggle';

export interface DensityOptions extends LongRun {
  kernel: KernelName;
  /** Standard deviation of the kernel along either axis, in metres; a quartic's search radius is √8 times that. */
  bandwidth: number;
  edge?: EdgeCorrection;
  /** The ground on which events are recorded; the grid's rectangle when it is left out. Points off it are left out. */
  window?: readonly Ring[];
  /** `exact` to rounding, `lattice` for many points (gaussian only); chosen by the work of each when left out. */
  method?: 'exact' | 'lattice';
}

/** Events a square metre, at the centres of the cells. */
export interface Density {
  grid: DensityGrid;
  /** Row-major, row 0 the southernmost; 0 where `inside` is. */
  values: Float64Array;
  /** 1 where the centre of the cell is on the ground. */
  inside: Uint8Array;
  /** The greatest value. */
  max: number;
  /** Points that were left out, being off the ground. */
  outside: number;
  method: 'exact' | 'lattice';
}

/**
 * Kernel density: the expected number of events a square metre, λ(u) = Σ wᵢ K(u − xᵢ).
 *
 * Edge corrections as spatstat's `density.ppp` (P. Diggle, "A kernel method for smoothing point process data", Applied Statistics 34,
 * 1985; M. C. Jones, "Simple boundary correction for kernel density estimation", 1993), with e(u) the part of a kernel at u that
 * lies on the ground: `uniform` divides λ(u) by e(u) and is right for an even density; `diggle` divides each point's kernel by
 * e(xᵢ) and keeps the number of events: the sum over the ground is that of the points.
 *
 * The `lattice` method is within about 5e-4 of the height of one point's kernel for each point near (in sum, far less).
 * A density is a picture, not a test: it has peaks for points strewn at random too.
 *
 * Refuses `length-mismatch`, `not-finite`, `negative-count` (a weight), `all-zero` (no points, or none on the ground), `out-of-range` (grid,
 * bandwidth, a lattice for a quartic), `no-areas` and `no-variance` (a window without area), and `cancelled`.
 */
export function kernelDensity(points: DensityPoints, grid: DensityGrid, options: DensityOptions): Outcome<Density> {
  const { kernel, bandwidth, edge = 'off' } = options;
  const refused = refuseGrid(grid) ?? refuseBandwidth(bandwidth) ?? refusePoints(points);
  if (refused) return refused;
  if (options.method === 'lattice' && kernel === 'quartic')
    return refuse('out-of-range', 'method: a quartic is not a product of two; its lattice would not be faster.');
  const prepared = options.window ? studyWindow(options.window) : done(gridWindow(grid));
  if (!prepared.ok) return prepared;
  const window = prepared.value;
  const bounded = edge !== 'off' || options.window !== undefined;
  const used = bounded ? within(points, window) : points;
  if (used.x.length === 0) return refuse('all-zero', 'No point is on the ground of the window.');

  const places = grid.columns * grid.rows + used.x.length;
  const mass = edge === 'off' ? undefined : edgeMass(window, kernel, bandwidth, grid, places);
  const weighted = edge === 'diggle' && mass ? dividedByMass(used, mass) : used;
  const method = options.method ?? cheaper(used.x.length, grid, kernel, bandwidth);
  const values =
    method === 'lattice'
      ? valuesOnGrid(gaussianLattice(weighted, grid, bandwidth), grid).map((value) => Math.max(0, value))
      : exactSum(weighted, grid, kernel, bandwidth, options);
  if (!values) return refuse('cancelled', 'Stopped before all points were summed.');
  const inside = cellsInside(grid, options.window ? window : undefined);
  if (edge === 'uniform' && mass) divide(values, mass.onGrid(grid));
  const max = blankOutside(values, inside);
  return done({ grid, values, inside, max, outside: points.x.length - used.x.length, method });
}

/** 1 for each cell whose centre is on the ground; all of them where there is no window. */
export function cellsInside(grid: DensityGrid, window: StudyWindow | undefined): Uint8Array {
  const inside = new Uint8Array(grid.columns * grid.rows);
  if (!window) return inside.fill(1);
  for (let row = 0; row < grid.rows; row++) {
    const y = grid.south + (row + 0.5) * grid.cellHeight;
    for (let column = 0; column < grid.columns; column++)
      if (window.contains(grid.west + (column + 0.5) * grid.cellWidth, y)) inside[row * grid.columns + column] = 1;
  }
  return inside;
}

/** Sets what is outside to 0; the greatest of the rest. */
export function blankOutside(values: Float64Array, inside: Uint8Array): number {
  let max = 0;
  for (let cell = 0; cell < values.length; cell++) {
    if (inside[cell] === 0) values[cell] = 0;
    max = Math.max(max, values[cell] as number);
  }
  return max;
}

/** The points on the ground. */
export function within({ x, y, weights }: DensityPoints, window: StudyWindow): DensityPoints {
  const kept: number[] = [];
  for (let i = 0; i < x.length; i++) if (window.contains(x[i] as number, y[i] as number)) kept.push(i);
  const pick = (from: ArrayLike<number>) => Float64Array.from(kept, (i) => from[i] as number);
  return { x: pick(x), y: pick(y), weights: weights && pick(weights) };
}

/** Of a place on the ground some of the kernel is there too, whatever rounding makes of it. */
const LEAST_MASS = 1e-6;

function dividedByMass({ x, y, weights }: DensityPoints, mass: EdgeMass): DensityPoints {
  const divided = Float64Array.from(
    { length: x.length },
    (_, i) => (weights ? (weights[i] as number) : 1) / Math.max(LEAST_MASS, mass.at(x[i] as number, y[i] as number)),
  );
  return { x, y, weights: divided };
}

/** Where no kernel reaches the ground at all, there is no density either. */
function divide(values: Float64Array, mass: Float64Array): void {
  for (let cell = 0; cell < values.length; cell++) {
    const part = mass[cell] as number;
    values[cell] = part > 0 ? (values[cell] as number) / part : 0;
  }
}

/** Cell updates that take longer than they can be noticed. */
const NOTICEABLE = 20_000_000;

function cheaper(points: number, grid: DensityGrid, name: KernelName, sigma: number): 'exact' | 'lattice' {
  if (name === 'quartic') return 'exact';
  const { reach } = createKernel(name, sigma);
  const cells =
    Math.min(grid.columns, (2 * reach) / grid.cellWidth) * Math.min(grid.rows, (2 * reach) / grid.cellHeight);
  const exact = points * cells;
  const lattice = points * 16 + gaussianLatticeSize(grid, sigma) * 24 * NODES_PER_SIGMA;
  return exact <= NOTICEABLE || exact <= lattice ? 'exact' : 'lattice';
}
