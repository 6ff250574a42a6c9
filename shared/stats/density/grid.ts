import { GREATEST, isLength, isTooFar } from '../checks.ts';
import { type Refusal, refuse } from '../result.ts';

/** Cells that a density is computed for. Metres of a plane; values are row-major, row 0 the southernmost. */
export interface DensityGrid {
  /** Left and lower edge of the first cell. */
  west: number;
  south: number;
  cellWidth: number;
  cellHeight: number;
  columns: number;
  rows: number;
}

/** Points with their weights (1 each where none are given), in metres of the same plane. */
export interface DensityPoints {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  weights?: ArrayLike<number> | undefined;
}

/** Cells beyond this are more than a page can hold. */
const MOST_CELLS = 50_000_000;

/** Why a grid cannot be filled, or undefined. */
export function refuseGrid(grid: DensityGrid): Refusal | undefined {
  if (!Object.values(grid).every(Number.isFinite)) return refuse('not-finite', 'grid has a side that is no number.');
  const { cellWidth, cellHeight, columns, rows } = grid;
  if (!(isLength(cellWidth) && isLength(cellHeight)))
    return refuse('out-of-range', `grid has cells of ${cellWidth} × ${cellHeight} m; give sides above 0.`);
  if (!(Number.isInteger(columns) && Number.isInteger(rows) && columns > 0 && rows > 0 && columns * rows <= MOST_CELLS))
    return refuse('out-of-range', `grid has ${columns} × ${rows} cells; give 1 to ${MOST_CELLS} in all.`);
  return undefined;
}

/** Why points have no density, or undefined. */
export function refusePoints({ x, y, weights }: DensityPoints): Refusal | undefined {
  if (x.length !== y.length || (weights && weights.length !== x.length))
    return refuse('length-mismatch', `There are ${x.length} x, ${y.length} y and ${weights?.length ?? 'no'} weights.`);
  let total = 0;
  for (let i = 0; i < x.length; i++) {
    const weight = weights ? (weights[i] as number) : 1;
    if (!(Number.isFinite(x[i]) && Number.isFinite(y[i]) && Number.isFinite(weight)))
      return refuse('not-finite', `Point ${i} has a coordinate or weight that is no number.`);
    if ([x[i] as number, y[i] as number, weight].some(isTooFar))
      return refuse('out-of-range', `Point ${i} has a coordinate or weight beyond ±${GREATEST}.`);
    if (weight < 0) return refuse('negative-count', `weights[${i}] is ${weight}, below 0.`);
    total += weight;
  }
  return total > 0 ? undefined : refuse('all-zero', 'There are no points, or none with a weight.');
}

/** Why a bandwidth does not smooth, or undefined. */
export function refuseBandwidth(bandwidth: number): Refusal | undefined {
  return isLength(bandwidth) ? undefined : refuse('out-of-range', `bandwidth is ${bandwidth}; give metres above 0.`);
}
