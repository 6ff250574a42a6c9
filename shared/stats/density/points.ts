import { boundsOf } from '../bounds.ts';
import { closePairs } from '../close-pairs.ts';
import type { DensityGrid, DensityPoints } from './grid.ts';
import { createKernel } from './kernel.ts';
import { gaussianLattice, gaussianLatticeSize, valueAt } from './lattice.ts';

/** Squares of distances within reach of each other, as pairs of indices. */
export interface Neighbours {
  count: number;
  first: Uint32Array;
  second: Uint32Array;
  squared: Float64Array;
}

/** All pairs of points nearer than `reach`. */
export function neighbours({ x, y }: DensityPoints, reach: number): Neighbours {
  const { count, first, second } = closePairs(x, y, [0, reach], 'euclidean');
  const squared = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const i = first[k] as number;
    const j = second[k] as number;
    squared[k] = ((x[i] as number) - (x[j] as number)) ** 2 + ((y[i] as number) - (y[j] as number)) ** 2;
  }
  return { count, first, second, squared };
}

/** Points up to which all pairs are summed. */
const FEW = 5_000;

/**
 * Gaussian kernel density at the points themselves, each counted too; weights are left aside. Exact for some thousands of points,
 * else on a lattice, within about 5e-4 of the height of one point's kernel.
 */
export function densityAtPoints(points: DensityPoints, sigma: number): Float64Array {
  const box = boundingCell(points, sigma);
  if (points.x.length > FEW && gaussianLatticeSize(box, sigma) < 2e7) {
    const lattice = gaussianLattice({ x: points.x, y: points.y }, box, sigma);
    return Float64Array.from({ length: points.x.length }, (_, i) =>
      valueAt(lattice, points.x[i] as number, points.y[i] as number),
    );
  }
  const kernel = createKernel('gaussian', sigma);
  const values = new Float64Array(points.x.length).fill(kernel.at(0));
  addNeighbours(values, neighbours(points, kernel.reach), (squared) => kernel.at(squared));
  return values;
}

/** Adds to both points of each pair what their distance gives. */
export function addNeighbours(values: Float64Array, pairs: Neighbours, at: (squared: number) => number): void {
  for (let k = 0; k < pairs.count; k++) {
    const amount = at(pairs.squared[k] as number);
    const i = pairs.first[k] as number;
    const j = pairs.second[k] as number;
    values[i] = (values[i] as number) + amount;
    values[j] = (values[j] as number) + amount;
  }
}

/** A grid of one cell around all points. */
function boundingCell({ x, y }: DensityPoints, least: number): DensityGrid {
  const { west, east, south, north } = boundsOf(x, y);
  const cellWidth = Math.max(east - west, least);
  return { west, south, cellWidth, cellHeight: Math.max(north - south, least), columns: 1, rows: 1 };
}
