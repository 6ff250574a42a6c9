import { normalCdf } from '../normal.ts';
import type { DensityGrid } from './grid.ts';
import { createKernel, type KernelName, quarticRadius } from './kernel.ts';
import { createLattice, type Lattice, latticeSize, valueAt, valuesOnGrid } from './lattice.ts';
import type { StudyWindow } from './window.ts';

/** How much of a kernel at a place lies on the ground: e(u) = ∫ K(u − v) dv over the window, 0…1. */
export interface EdgeMass {
  at(x: number, y: number): number;
  /** At the centres of the grid's cells, row-major. */
  onGrid(grid: DensityGrid): Float64Array;
}

/** Evaluations of an edge beyond which the mass is computed on a lattice and interpolated. */
const MOST_EVALUATIONS = 250_000;
/** Nodes of that lattice per σ: interpolation between them is within 1e-4. */
const NODES_PER_SIGMA = 4;

/**
 * Mass of a kernel on the window. For a gaussian on a rectangle a product of normal distributions; otherwise Green's theorem turns the
 * integral over the ground into one along its border, exact for the quartic and to about 1e-7 for the gaussian. Where `places`
 * times the edges are many, it is computed on a lattice and interpolated, to about 1e-4.
 */
export function edgeMass(
  window: StudyWindow,
  name: KernelName,
  sigma: number,
  grid: DensityGrid,
  places: number,
): EdgeMass {
  if (window.rectangle && name === 'gaussian') return gaussianOnRectangle(window.rectangle, sigma);
  const exact = (x: number, y: number) => borderMass(window, name, sigma, x, y);
  const direct = { at: exact, onGrid: (on: DensityGrid) => fill(on, exact) };
  if ((places * window.edges.length) / 4 <= MOST_EVALUATIONS) return direct;
  // Ground beyond the grid counts as far as kernels reach into it from there.
  const margin = Math.min(createKernel(name, sigma).reach, overhang(window, grid));
  const step = sigma / NODES_PER_SIGMA;
  if (latticeSize(grid, step, margin) > places) return direct;
  const lattice = createLattice(grid, step, margin);
  evaluate(lattice, exact);
  return {
    at: (x, y) => Math.min(1, Math.max(0, valueAt(lattice, x, y))),
    onGrid: (on) => valuesOnGrid(lattice, on).map((mass) => Math.min(1, Math.max(0, mass))),
  };
}

/** How far the window goes beyond the grid. */
function overhang({ bounds }: StudyWindow, { west, south, cellWidth, cellHeight, columns, rows }: DensityGrid): number {
  const [east, north] = [west + columns * cellWidth, south + rows * cellHeight];
  return Math.max(0, west - bounds.west, south - bounds.south, bounds.east - east, bounds.north - north);
}

function evaluate(lattice: Lattice, at: (x: number, y: number) => number): void {
  const { west, south, step, columns, rows, values } = lattice;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      values[row * columns + column] = at(west + column * step, south + row * step);
}

function fill(grid: DensityGrid, at: (x: number, y: number) => number): Float64Array {
  const { west, south, cellWidth, cellHeight, columns, rows } = grid;
  const values = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      values[row * columns + column] = at(west + (column + 0.5) * cellWidth, south + (row + 0.5) * cellHeight);
  return values;
}

function gaussianOnRectangle(
  { west, south, east, north }: NonNullable<StudyWindow['rectangle']>,
  sigma: number,
): EdgeMass {
  const between = (low: number, high: number, place: number) =>
    normalCdf((high - place) / sigma) - normalCdf((low - place) / sigma);
  return {
    at: (x, y) => between(west, east, x) * between(south, north, y),
    onGrid(grid) {
      const across = Float64Array.from({ length: grid.columns }, (_, c) =>
        between(west, east, grid.west + (c + 0.5) * grid.cellWidth),
      );
      const values = new Float64Array(grid.columns * grid.rows);
      for (let row = 0; row < grid.rows; row++) {
        const factor = between(south, north, grid.south + (row + 0.5) * grid.cellHeight);
        for (let c = 0; c < grid.columns; c++) values[row * grid.columns + c] = factor * (across[c] as number);
      }
      return values;
    },
  };
}

/**
 * In polar coordinates about the place, the mass inside a distance r is 1 − T(r), so that the mass on the ground is
 * [place on the ground] − ∮ T dφ / 2π along the border, the ground on its left.
 */
function borderMass(window: StudyWindow, name: KernelName, sigma: number, x: number, y: number): number {
  const inside = window.contains(x, y);
  const { edges } = window;
  const tail = name === 'gaussian' ? gaussianTail : quarticTail;
  const width = name === 'gaussian' ? sigma : quarticRadius(sigma);
  let sum = 0;
  for (let e = 0; e < edges.length; e += 4) {
    const x1 = ((edges[e] as number) - x) / width;
    const y1 = ((edges[e + 1] as number) - y) / width;
    const dx = ((edges[e + 2] as number) - (edges[e] as number)) / width;
    const dy = ((edges[e + 3] as number) - (edges[e + 1] as number)) / width;
    const length = Math.sqrt(dx * dx + dy * dy);
    // The edge in its own direction, from `start` on, at distance `height` to the right of the place.
    const height = (x1 * dy - y1 * dx) / length;
    const start = (x1 * dx + y1 * dy) / length;
    const beside = Math.abs(height);
    // The mass is continuous, its two parts are not: of a place on the border itself, one just beside it is taken.
    if (beside < ON_BORDER && start <= ON_BORDER && start + length >= -ON_BORDER)
      return borderMass(window, name, sigma, x + 10 * ON_BORDER * width, y + 7 * ON_BORDER * width);
    if (beside > 0) sum += Math.sign(height) * tail(beside, start, start + length);
  }
  return Math.min(1, Math.max(0, (inside ? 1 : 0) - sum / (2 * Math.PI)));
}

/** Distance from the border, in widths of the kernel, that is none. */
const ON_BORDER = 1e-10;

/** ∫ (1 − h² − s²)³ h / (h² + s²) ds from s1 to s2 within the circle of radius 1. */
function quarticTail(h: number, s1: number, s2: number): number {
  if (h >= 1) return 0;
  const half = Math.sqrt(1 - h * h);
  const from = Math.max(s1, -half);
  const to = Math.min(s2, half);
  if (from >= to) return 0;
  const whole = (s: number) => {
    const h2 = h * h;
    const s3 = (s * s * s) / 3;
    const s5 = (s * s * s * s * s) / 5;
    return Math.atan2(s, h) + h * (-3 * s + 3 * (h2 * s + s3) - (h2 * h2 * s + 2 * h2 * s3 + s5));
  };
  return whole(to) - whole(from);
}

/** ∫ exp(−(h² + s²)/2) h / (h² + s²) ds from s1 to s2; with s = h sinh v the integrand is smooth for any h. */
function gaussianTail(h: number, s1: number, s2: number): number {
  if (h > 9 || s1 > 9 || s2 < -9) return 0;
  const nearest = Math.max(0, s1, -s2);
  if ((s2 - s1) ** 2 < (h * h + nearest * nearest) / 16) return shortTail(h, s1, s2);
  const from = Math.asinh(Math.max(s1, -9) / h);
  const to = Math.asinh(Math.min(s2, 9) / h);
  if (from >= to) return 0;
  const panels = Math.ceil(to - from);
  const half = (to - from) / panels / 2;
  const rate = -0.5 * h * h;
  let sum = 0;
  for (let panel = 0; panel < panels; panel++) {
    const middle = from + (2 * panel + 1) * half;
    for (let k = 0; k < NODES.length; k++) {
      const cosh = Math.cosh(middle + half * (NODES[k] as number));
      sum += (GAUSS_WEIGHTS[k] as number) * (Math.exp(rate * cosh * cosh) / cosh);
    }
  }
  return sum * half;
}

/** The same of an edge that is short for its distance, as most of a drawn border are: four nodes of Gauss and Legendre. */
function shortTail(h: number, s1: number, s2: number): number {
  const middle = (s1 + s2) / 2;
  const half = (s2 - s1) / 2;
  const far = 0.8611363115940526 * half;
  const near = 0.33998104358485626 * half;
  return (
    half *
    (0.34785484513745385 * (shadow(h, middle - far) + shadow(h, middle + far)) +
      0.6521451548625461 * (shadow(h, middle - near) + shadow(h, middle + near)))
  );
}

function shadow(h: number, s: number): number {
  const squared = h * h + s * s;
  return (Math.exp(-0.5 * squared) * h) / squared;
}

/** Gauss–Legendre quadrature with eight nodes. */
const NODES = [
  -0.9602898564975363, -0.7966664774136267, -0.525532409916329, -0.1834346424956498, 0.1834346424956498,
  0.525532409916329, 0.7966664774136267, 0.9602898564975363,
];
const GAUSS_WEIGHTS = [
  0.10122853629037626, 0.22238103445337448, 0.31370664587788727, 0.362683783378362, 0.362683783378362,
  0.31370664587788727, 0.22238103445337448, 0.10122853629037626,
];
