import { done, type Outcome, refuse } from '../result.ts';
import { type DensityGrid, refuseGrid } from './grid.ts';

/** A closed line of [x, y] in metres, its last point equal to the first. */
export type ContourRing = [x: number, y: number][];

/** The ground where a surface is at least `level`: polygons of an outer ring (counter-clockwise) and its holes (clockwise). */
export interface Contour {
  level: number;
  polygons: ContourRing[][];
}

/**
 * Contours of a surface on a grid by marching squares (W. Lorensen, H. Cline 1987, in two dimensions), with linear interpolation
 * between the centres of cells. The surface counts as below every level beyond the grid, so that all rings close; they
 * reach half a cell's width past the outermost centres at most. Where a square has its high corners across from each other, the mean
 * of the four decides whether they are connected.
 *
 * @param values Row-major, row 0 the southernmost, as `kernelDensity` gives them.
 * @param levels Above 0 each; they need not be sorted.
 *
 * Refuses `length-mismatch`, `not-finite` (a value or level) and `out-of-range` (the grid, or a level of 0 or less).
 */
export function contours(values: ArrayLike<number>, grid: DensityGrid, levels: readonly number[]): Outcome<Contour[]> {
  const refused = refuseGrid(grid);
  if (refused) return refused;
  if (values.length !== grid.columns * grid.rows)
    return refuse('length-mismatch', `values has ${values.length} cells, the grid ${grid.columns * grid.rows}.`);
  for (let cell = 0; cell < values.length; cell++)
    if (!Number.isFinite(values[cell])) return refuse('not-finite', `values[${cell}] is no number.`);
  for (const level of levels)
    if (!(level > 0 && Number.isFinite(level)))
      return refuse('out-of-range', `levels has ${level}; give numbers above 0.`);
  return done(levels.map((level) => ({ level, polygons: nested(ringsAt(values, grid, level)) })));
}

/**
 * For each kind of square (bits: south-west 1, south-east 2, north-east 4, north-west 8 at or above the level) the lines across it,
 * from side to side, the high ground on their left. Sides: 0 south, 1 east, 2 north, 3 west.
 */
const LINES: readonly (readonly (readonly [from: number, to: number])[])[] = [
  [],
  [[0, 3]],
  [[1, 0]],
  [[1, 3]],
  [[2, 1]],
  [
    [0, 3],
    [2, 1],
  ],
  [[2, 0]],
  [[2, 3]],
  [[3, 2]],
  [[0, 2]],
  [
    [1, 0],
    [3, 2],
  ],
  [[1, 2]],
  [[3, 1]],
  [[0, 1]],
  [[3, 0]],
  [],
];
/** The two of crossed corners when the middle is high: the corners are connected. */
const CONNECTED: Record<number, readonly (readonly [number, number])[]> = {
  5: [
    [0, 1],
    [2, 3],
  ],
  10: [
    [3, 0],
    [1, 2],
  ],
};

function ringsAt(values: ArrayLike<number>, grid: DensityGrid, level: number): ContourRing[] {
  const { columns, rows } = grid;
  const at = (c: number, r: number) =>
    c < 0 || r < 0 || c >= columns || r >= rows ? 0 : (values[r * columns + c] as number);
  // An edge between two centres has a number: of its lower or left end, and of its direction.
  const width = columns + 2;
  const edgeOf = (c: number, r: number, side: number) => {
    if (side === 0) return 2 * ((r + 1) * width + c + 1);
    if (side === 1) return 2 * ((r + 1) * width + c + 2) + 1;
    if (side === 2) return 2 * ((r + 2) * width + c + 1);
    return 2 * ((r + 1) * width + c + 1) + 1;
  };
  const next = new Map<number, number>();
  for (let r = -1; r < rows; r++) {
    for (let c = -1; c < columns; c++) {
      const [sw, se, ne, nw] = [at(c, r), at(c + 1, r), at(c + 1, r + 1), at(c, r + 1)];
      const kind = (sw >= level ? 1 : 0) + (se >= level ? 2 : 0) + (ne >= level ? 4 : 0) + (nw >= level ? 8 : 0);
      if (kind === 0 || kind === 15) continue;
      const middleIsHigh = (sw + se + ne + nw) / 4 >= level;
      const lines = (middleIsHigh && CONNECTED[kind]) || (LINES[kind] ?? []);
      for (const [from, to] of lines) next.set(edgeOf(c, r, from), edgeOf(c, r, to));
    }
  }
  const pointOn = (edge: number): [number, number] => {
    const node = edge >> 1;
    const c = (node % width) - 1;
    const r = Math.floor(node / width) - 1;
    const upward = edge % 2 === 1;
    const low = at(c, r);
    const high = upward ? at(c, r + 1) : at(c + 1, r);
    // Off the grid nothing is known: the line runs along the outer border of the outermost cells at the farthest.
    const outside = c < 0 || r < 0 || (upward ? r + 1 >= rows : c + 1 >= columns);
    const part = outside ? 0.5 : (level - low) / (high - low);
    const x = grid.west + (c + 0.5 + (upward ? 0 : part)) * grid.cellWidth;
    const y = grid.south + (r + 0.5 + (upward ? part : 0)) * grid.cellHeight;
    return [x, y];
  };
  const rings: ContourRing[] = [];
  for (const start of next.keys()) {
    if (!next.has(start)) continue;
    const ring: ContourRing = [];
    let edge: number | undefined = start;
    while (edge !== undefined) {
      ring.push(pointOn(edge));
      const following: number | undefined = next.get(edge);
      next.delete(edge);
      edge = following;
    }
    rings.push(ring);
  }
  return rings;
}

/** Outer rings, each with the holes that lie in it and in none of the outer rings within it. */
function nested(rings: readonly ContourRing[]): ContourRing[][] {
  const outer = rings
    .map((ring) => ({ ring, area: signedArea(ring) }))
    .filter(({ area }) => area > 0)
    .sort((a, b) => a.area - b.area)
    .map(({ ring }) => [ring]);
  for (const hole of rings.filter((ring) => signedArea(ring) < 0)) {
    // The smallest ring around it is its own.
    const around = outer.find(([ring]) => ring && contains(ring, hole[0] as [number, number]));
    around?.push(hole);
  }
  return outer;
}

function signedArea(ring: ContourRing): number {
  const [originX, originY] = ring[0] as [number, number];
  let sum = 0;
  ring.forEach(([x, y], i) => {
    const [nextX, nextY] = ring[i + 1] ?? [originX, originY];
    sum += (x - originX) * (nextY - originY) - (nextX - originX) * (y - originY);
  });
  return sum / 2;
}

function contains(ring: ContourRing, [x, y]: [number, number]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] as [number, number];
    const [xj, yj] = ring[j] as [number, number];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
