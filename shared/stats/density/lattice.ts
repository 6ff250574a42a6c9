import type { DensityGrid, DensityPoints } from './grid.ts';

/** Nodes per σ: cubic interpolation between them is then within 2e-4 of the height of a gaussian. */
export const NODES_PER_SIGMA = 6;
/** Beyond this many σ a gaussian is under 2e-8 of its height, and left out here. */
const REACH = 6;

/** Values at the nodes of a square lattice: node (column, row) lies at (west + column · step, south + row · step). */
export interface Lattice {
  west: number;
  south: number;
  step: number;
  columns: number;
  rows: number;
  values: Float64Array;
}

/** An empty lattice that covers the grid and `margin` around it, with the nodes that interpolation needs beyond. */
export function createLattice(grid: DensityGrid, step: number, margin: number): Lattice {
  const beyond = margin + 2 * step;
  const nodes = (length: number) => Math.ceil((length + 2 * beyond) / step) + 1;
  const columns = nodes(grid.columns * grid.cellWidth);
  const rows = nodes(grid.rows * grid.cellHeight);
  const values = new Float64Array(columns * rows);
  return { west: grid.west - beyond, south: grid.south - beyond, step, columns, rows, values };
}

/** About the number of nodes of {@link createLattice}'s lattice. */
export function latticeSize(grid: DensityGrid, step: number, margin: number): number {
  const nodes = (length: number) => (length + 2 * margin) / step + 6;
  return nodes(grid.columns * grid.cellWidth) * nodes(grid.rows * grid.cellHeight);
}

/** About the number of nodes of {@link gaussianLattice}'s lattice. */
export function gaussianLatticeSize(grid: DensityGrid, sigma: number): number {
  return latticeSize(grid, sigma / NODES_PER_SIGMA, REACH * sigma);
}

/**
 * The sum of the points' gaussians on a lattice about the grid: each point is shared out to the 16 nodes around it by the
 * weights of cubic interpolation, and the nodes are smoothed along rows, then along columns. Within about 5e-4 of the
 * height of one point's gaussian, whatever the size of the grid's cells.
 */
export function gaussianLattice(points: DensityPoints, grid: DensityGrid, sigma: number): Lattice {
  const step = sigma / NODES_PER_SIGMA;
  const lattice = createLattice(grid, step, REACH * sigma);
  shareOut(points, lattice);
  const taps = Float64Array.from(
    { length: REACH * NODES_PER_SIGMA + 1 },
    (_, k) => Math.exp(-0.5 * (k / NODES_PER_SIGMA) ** 2) / (Math.sqrt(2 * Math.PI) * sigma),
  );
  const { columns, rows, values } = lattice;
  const along = new Float64Array(values.length);
  // In both directions whole rows are added to whole rows, or a row to itself shifted: memory is read in order.
  for (let row = 0; row < rows; row++) {
    const from = values.subarray(row * columns, (row + 1) * columns);
    if (from.every((value) => value === 0)) continue;
    const to = along.subarray(row * columns, (row + 1) * columns);
    taps.forEach((tap, k) => {
      addShifted(to, from, tap, k);
      if (k > 0) addShifted(to, from, tap, -k);
    });
  }
  values.fill(0);
  for (let row = 0; row < rows; row++) {
    const from = along.subarray(row * columns, (row + 1) * columns);
    if (from.every((value) => value === 0)) continue;
    const reach = taps.length - 1;
    for (let to = Math.max(0, row - reach); to <= Math.min(rows - 1, row + reach); to++)
      addShifted(values.subarray(to * columns, (to + 1) * columns), from, taps[Math.abs(to - row)] as number, 0);
  }
  return lattice;
}

/** to[c] += factor · from[c − shift]. */
function addShifted(to: Float64Array, from: Float64Array, factor: number, shift: number): void {
  const end = Math.min(to.length, to.length + shift);
  for (let c = Math.max(0, shift); c < end; c++) to[c] = (to[c] as number) + factor * (from[c - shift] as number);
}

function shareOut({ x, y, weights }: DensityPoints, lattice: Lattice): void {
  const { west, south, step, columns, rows, values } = lattice;
  const wx = new Float64Array(4);
  const wy = new Float64Array(4);
  for (let i = 0; i < x.length; i++) {
    const px = ((x[i] as number) - west) / step;
    const py = ((y[i] as number) - south) / step;
    const column = Math.floor(px) - 1;
    const row = Math.floor(py) - 1;
    // What is farther off than the lattice is farther from the grid than the kernel reaches.
    if (column < 0 || row < 0 || column + 3 >= columns || row + 3 >= rows) continue;
    cubicWeights(px - Math.floor(px), wx);
    cubicWeights(py - Math.floor(py), wy);
    const weight = weights ? (weights[i] as number) : 1;
    for (let r = 0; r < 4; r++) {
      const part = weight * (wy[r] as number);
      const at = (row + r) * columns + column;
      for (let c = 0; c < 4; c++) values[at + c] = (values[at + c] as number) + part * (wx[c] as number);
    }
  }
}

/** Lagrange's weights of the nodes −1, 0, 1, 2 for a place from 0 to 1. */
function cubicWeights(t: number, into: Float64Array): void {
  into[0] = (-t * (t - 1) * (t - 2)) / 6;
  into[1] = ((t + 1) * (t - 1) * (t - 2)) / 2;
  into[2] = (-(t + 1) * t * (t - 2)) / 2;
  into[3] = ((t + 1) * t * (t - 1)) / 6;
}

/** The lattice's value at any place that its grid covers, by cubic interpolation. */
export function valueAt(lattice: Lattice, x: number, y: number): number {
  const { west, south, step, columns, rows, values } = lattice;
  const px = (x - west) / step;
  const py = (y - south) / step;
  const column = Math.min(Math.max(Math.floor(px) - 1, 0), columns - 4);
  const row = Math.min(Math.max(Math.floor(py) - 1, 0), rows - 4);
  const wx = new Float64Array(4);
  const wy = new Float64Array(4);
  cubicWeights(px - column - 1, wx);
  cubicWeights(py - row - 1, wy);
  let sum = 0;
  for (let r = 0; r < 4; r++)
    for (let c = 0; c < 4; c++)
      sum += (wy[r] as number) * (wx[c] as number) * (values[(row + r) * columns + column + c] as number);
  return sum;
}

/** The lattice's values at the centres of the grid's cells: along rows first, then along columns. */
export function valuesOnGrid(lattice: Lattice, grid: DensityGrid): Float64Array {
  const { west, south, step, columns, values } = lattice;
  const horizontal = nodesOf(grid.columns, grid.west, grid.cellWidth, west, step);
  const vertical = nodesOf(grid.rows, grid.south, grid.cellHeight, south, step);
  const rows = lattice.rows;
  const wide = new Float64Array(rows * grid.columns);
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < grid.columns; c++) {
      const at = row * columns + (horizontal.first[c] as number);
      const w = c * 4;
      wide[row * grid.columns + c] =
        (values[at] as number) * (horizontal.weights[w] as number) +
        (values[at + 1] as number) * (horizontal.weights[w + 1] as number) +
        (values[at + 2] as number) * (horizontal.weights[w + 2] as number) +
        (values[at + 3] as number) * (horizontal.weights[w + 3] as number);
    }
  }
  const result = new Float64Array(grid.rows * grid.columns);
  for (let r = 0; r < grid.rows; r++) {
    const to = result.subarray(r * grid.columns, (r + 1) * grid.columns);
    for (let k = 0; k < 4; k++) {
      const row = (vertical.first[r] as number) + k;
      addShifted(
        to,
        wide.subarray(row * grid.columns, (row + 1) * grid.columns),
        vertical.weights[r * 4 + k] as number,
        0,
      );
    }
  }
  return result;
}

/** For each cell along an axis, the first of the four nodes around its centre, and their weights. */
function nodesOf(count: number, edge: number, size: number, origin: number, step: number) {
  const first = new Int32Array(count);
  const weights = new Float64Array(count * 4);
  for (let i = 0; i < count; i++) {
    const place = (edge + (i + 0.5) * size - origin) / step;
    first[i] = Math.floor(place) - 1;
    cubicWeights(place - Math.floor(place), weights.subarray(i * 4, i * 4 + 4));
  }
  return { first, weights };
}
