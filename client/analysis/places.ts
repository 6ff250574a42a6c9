import { cellAt } from '../../shared/geo/grid.ts';
import type { Denominator } from '../../shared/schemas/analysis.ts';
import type {
  AreaCounts,
  AreaNeighbours,
  CellCounts,
  CountedPoints,
  CountSeries,
} from '../../shared/schemas/hotspot.ts';
import type { Neighbours } from '../../shared/stats/index.ts';

/** The answer that the figures stand on: of areas, or of cells. */
export type Counts = AreaCounts | CellCounts;

/** Names the places of an answer: an area's code, a cell's `q,r`. */
export function keysOf(counts: Counts): string[] {
  if ('areas' in counts) return counts.areas.code;
  const { q, r } = counts.cells;
  return q.map((column, at) => `${column},${r[at]}`);
}

/** The figures that rates are by; zeros where none is known, undefined where no place has one. Cells have their area alone. */
export function populationOf(counts: Counts, per: Denominator): Float64Array | undefined {
  if ('areas' in counts) {
    const values = Float64Array.from(counts.areas[per], (value) => value ?? 0);
    return values.some((value) => value > 0) ? values : undefined;
  }
  if (per !== 'km2') return undefined;
  const { shape, metres } = counts.grid;
  const km2 = ((shape === 'square' ? 1 : Math.sqrt(3) / 2) * metres * metres) / 1_000_000;
  return new Float64Array(counts.cells.q.length).fill(km2);
}

/** Neighbours of the areas of an answer, whatever order and whichever areas the list of all has. */
export function neighboursOfAreas(codes: readonly string[], all: AreaNeighbours): Neighbours {
  const place = new Map(codes.map((code, at) => [code, at]));
  // Each code is looked up once, and not for each of its neighbours again.
  const placeOf = Int32Array.from(all.code, (code) => place.get(code) ?? -1);
  const rowOf = new Int32Array(codes.length).fill(-1);
  for (const [row, at] of placeOf.entries()) if (at >= 0) rowOf[at] = row;
  return neighboursBy(codes.length, (at, add) => {
    const row = rowOf[at] ?? -1;
    if (row < 0) return;
    for (let entry = all.start[row] ?? 0; entry < (all.start[row + 1] ?? 0); entry++) {
      const other = placeOf[all.neighbour[entry] ?? -1] ?? -1;
      if (other >= 0) add(other);
    }
  });
}

const AROUND_SQUARE = [-1, 0, 1].flatMap((q) => [-1, 0, 1].map((r) => [q, r] as const)).filter(([q, r]) => q || r);
const AROUND_HEXAGON = [
  [1, 0],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [0, -1],
  [1, -1],
] as const;

/** Neighbours of the cells of an answer: the eight around a square, the six around a hexagon, as far as they are there. */
export function neighboursOfCells({ grid, cells }: Pick<CellCounts, 'grid' | 'cells'>): Neighbours {
  const placeAt = placesByCell(cells);
  return neighboursBy(cells.q.length, (at, add) => {
    for (const [q, r] of grid.shape === 'square' ? AROUND_SQUARE : AROUND_HEXAGON) {
      const other = placeAt((cells.q[at] ?? 0) + q, (cells.r[at] ?? 0) + r);
      if (other !== undefined) add(other);
    }
  });
}

/** Where a cell stands among those of an answer; by numbers, for names of 50,000 cells and of all around them take a tenth of a second. */
function placesByCell({ q, r }: Pick<CellCounts['cells'], 'q' | 'r'>): (q: number, r: number) => number | undefined {
  const columns = new Map<number, Map<number, number>>();
  for (const [at, column] of q.entries()) {
    let rows = columns.get(column);
    if (!rows) {
      rows = new Map();
      columns.set(column, rows);
    }
    rows.set(r[at] ?? 0, at);
  }
  return (column, row) => columns.get(column)?.get(row);
}

function neighboursBy(size: number, each: (at: number, add: (other: number) => void) => void): Neighbours {
  const starts = new Uint32Array(size + 1);
  const all: number[] = [];
  for (let at = 0; at < size; at++) {
    const own: number[] = [];
    each(at, (other) => own.push(other));
    for (const other of own.sort((a, b) => a - b)) all.push(other);
    starts[at + 1] = all.length;
  }
  return { starts, neighbours: Uint32Array.from(all) };
}

/** A series as the columns of the places of an answer: `step * places + place`, zeros where nothing happened. */
export function cubeOf(
  codes: readonly string[],
  series: Pick<CountSeries, 'steps' | 'code' | 'place' | 'step' | 'count'>,
): { steps: number; values: Float64Array } {
  const place = new Map(codes.map((code, at) => [code, at]));
  const values = new Float64Array(series.steps * codes.length);
  for (const [entry, index] of series.place.entries()) {
    const at = place.get(series.code[index] ?? '');
    if (at !== undefined) values[(series.step[entry] ?? 0) * codes.length + at] = series.count[entry] ?? 0;
  }
  return { steps: series.steps, values };
}

/** The same of the cells of an answer, from the incidents themselves. @param from Unix time (ms) at which the first step begins */
export function cubeOfPoints(
  counts: CellCounts,
  { points }: { points: Pick<CountedPoints['points'], 'lon' | 'lat' | 'occurredAt'> },
  { from, stepDays, steps }: { from: number; stepDays: number; steps: number },
): { steps: number; values: Float64Array } {
  const placeAt = placesByCell(counts.cells);
  const size = counts.cells.q.length;
  const values = new Float64Array(steps * size);
  for (const [index, time] of points.occurredAt.entries()) {
    const { q, r } = cellAt(counts.grid, points.lon[index] ?? 0, points.lat[index] ?? 0);
    const at = placeAt(q, r);
    const step = Math.floor((time - from) / (stepDays * 86_400_000));
    if (at === undefined || step < 0 || step >= steps) continue;
    const bin = step * size + at;
    values[bin] = (values[bin] ?? 0) + 1;
  }
  return { steps, values };
}
