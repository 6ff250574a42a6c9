import { grown } from '../live/grown.ts';
import { boundsOf } from './bounds.ts';

/** How far two points are from each other: as the crow flies, or along a grid of streets. */
export type PlanarMetric = 'euclidean' | 'manhattan';

/** Unordered pairs of points, by index, and the band that their distance is in. */
export interface ClosePairs {
  count: number;
  first: Uint32Array;
  second: Uint32Array;
  /** Number of breaks that are not above the distance: 1 from the first to the second break, and so on. */
  band: Uint8Array;
}

/**
 * All pairs nearer to each other than the last of `breaks` (ascending, finite), found by a grid of cells as wide as
 * that: the work grows with the number of pairs, not with the square of the points. Coordinates finite, in the unit of the
 * breaks.
 */
export function closePairs(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  breaks: readonly number[],
  metric: PlanarMetric,
): ClosePairs {
  const reach = breaks.at(-1) ?? 0;
  const pairs = new GrowingPairs();
  if (!(reach > 0)) return pairs.finished();
  const { order, starts, columns, rows } = intoCells(x, y, reach);
  const consider = (i: number, j: number) => {
    const dx = Math.abs((x[i] as number) - (x[j] as number));
    const dy = Math.abs((y[i] as number) - (y[j] as number));
    if (dx >= reach || dy >= reach) return;
    const distance = metric === 'manhattan' ? dx + dy : Math.sqrt(dx * dx + dy * dy);
    if (distance < reach) pairs.add(i, j, bandOf(distance, breaks));
  };
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column;
      const end = starts[cell + 1] as number;
      for (let a = starts[cell] as number; a < end; a++) {
        const i = order[a] as number;
        for (let b = a + 1; b < end; b++) consider(i, order[b] as number);
        if (column + 1 < columns) considerCells(i, cell + 1, cell + 1);
        if (row + 1 < rows)
          considerCells(i, cell + columns - (column > 0 ? 1 : 0), cell + columns + (column + 1 < columns ? 1 : 0));
      }
    }
  }
  return pairs.finished();

  function considerCells(i: number, from: number, to: number): void {
    const end = starts[to + 1] as number;
    for (let b = starts[from] as number; b < end; b++) consider(i, order[b] as number);
  }
}

/** Number of ascending breaks that are not above the value. */
export function bandOf(value: number, breaks: readonly number[]): number {
  let band = 0;
  while (band < breaks.length && value >= (breaks[band] as number)) band++;
  return band;
}

/** More cells than this would cost more memory than they save time. */
const MOST_CELLS = 4_000_000;

/** The points sorted by cells of a grid at least `width` wide: those of cell c are order[starts[c]…starts[c + 1]). */
function intoCells(x: ArrayLike<number>, y: ArrayLike<number>, width: number) {
  const { west, east, south, north } = boundsOf(x, y);
  let side = width;
  while (((east - west) / side + 1) * ((north - south) / side + 1) > MOST_CELLS) side *= 2;
  const columns = Math.floor((east - west) / side) + 1;
  const rows = Math.floor((north - south) / side) + 1;
  const cellOf = (i: number) =>
    Math.floor(((y[i] as number) - south) / side) * columns + Math.floor(((x[i] as number) - west) / side);
  const starts = new Uint32Array(columns * rows + 1);
  for (let i = 0; i < x.length; i++) starts[cellOf(i) + 1] = (starts[cellOf(i) + 1] as number) + 1;
  for (let cell = 0; cell < columns * rows; cell++)
    starts[cell + 1] = (starts[cell + 1] as number) + (starts[cell] as number);
  const next = starts.slice();
  const order = new Uint32Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const cell = cellOf(i);
    order[next[cell] as number] = i;
    next[cell] = (next[cell] as number) + 1;
  }
  return { order, starts, columns, rows };
}

/** Typed arrays that double when they are full. */
class GrowingPairs {
  private count = 0;
  private first = new Uint32Array(1024);
  private second = new Uint32Array(1024);
  private band = new Uint8Array(1024);

  add(i: number, j: number, band: number): void {
    if (this.count === this.first.length) {
      this.first = grown(Uint32Array, this.first, this.count * 2);
      this.second = grown(Uint32Array, this.second, this.count * 2);
      this.band = grown(Uint8Array, this.band, this.count * 2);
    }
    this.first[this.count] = i;
    this.second[this.count] = j;
    this.band[this.count] = band;
    this.count++;
  }

  finished(): ClosePairs {
    const { count, first, second, band } = this;
    return { count, first, second, band };
  }
}
