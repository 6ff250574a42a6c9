import { type Cell, metresPerDegree } from '../../shared/geo/grid.ts';
import type { Grid } from '../../shared/schemas/hotspot.ts';

/** Coordinates of polygons: of rings of [lon, lat], degrees. */
export type Polygons = readonly (readonly (readonly (readonly number[])[])[])[];

/** Where the places of a question lie. */
export interface Places {
  /** Outlines of areas, and what was drawn: a cell of either is one of the question. */
  areas: Polygons;
  drawn: Polygons;
  /** What was drawn counts only within these; null for everywhere. */
  within: Polygons | null;
}

/** The columns of each row's cells. */
type CellSet = Map<number, Set<number>>;

/** From a column up to, not including, another one. */
type Run = readonly [begin: number, end: number];

/** The cells whose middles lie in the places, row by row from the south, west to east; `undefined` when they are more than `most`. */
export function cellsOfPlaces(grid: Grid, { areas, drawn, within }: Places, most: number): Cell[] | undefined {
  const found = cellsWithin(grid, areas, most);
  const ofDrawn = cellsWithin(grid, drawn, most, within && drawn.length > 0 ? runsOf(grid, within) : undefined);
  if (!found || !ofDrawn) return undefined;
  let count = sizeOf(found);
  for (const [r, row] of ofDrawn) for (const q of row) if (put(found, q, r) && ++count > most) return undefined;
  const cells: Cell[] = [];
  for (const r of [...found.keys()].sort((a, b) => a - b)) {
    for (const q of [...(found.get(r) ?? [])].sort((a, b) => a - b)) cells.push({ q, r });
  }
  return cells;
}

/** The size of cells, in whole tens of metres, from which on they are no more than `most`: no smaller ten of metres does. */
export function leastMetres(grid: Grid, places: Places, most: number): number {
  let [tooSmall, enough] = [Math.floor(grid.metres / 10), 5_000];
  while (enough - tooSmall > 1) {
    const middle = (tooSmall + enough) >> 1;
    if (cellsOfPlaces({ ...grid, metres: middle * 10 }, places, most)) enough = middle;
    else tooSmall = middle;
  }
  return enough * 10;
}

/** The middle of the bounds of all places, in hundredths of a degree: where the plane of their grid touches. */
export function originOf({ areas, drawn }: Places): { lon: number; lat: number } {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const polygons of [areas, drawn]) {
    // The shell has all of a polygon within.
    for (const [shell = []] of polygons) {
      for (const [lon = 0, lat = 0] of shell) {
        [west, east] = [Math.min(west, lon), Math.max(east, lon)];
        [south, north] = [Math.min(south, lat), Math.max(north, lat)];
      }
    }
  }
  const hundredths = (degrees: number) => Math.round(degrees * 100) / 100;
  return west > east
    ? { lon: 0, lat: 0 }
    : { lon: hundredths((west + east) / 2), lat: hundredths((south + north) / 2) };
}

/** The cells whose middles lie in any of the polygons, and in the runs of their row where there are any; `undefined` when they are more than `most`. */
function cellsWithin(
  grid: Grid,
  polygons: Polygons,
  most: number,
  within?: ReadonlyMap<number, readonly Run[]>,
): CellSet | undefined {
  const found: CellSet = new Map();
  let count = 0;
  for (const polygon of polygons) {
    for (const [r, runs] of runsOf(grid, [polygon])) {
      for (const [begin, end] of runs) {
        for (const [first, last] of within ? (within.get(r) ?? []) : [[begin, end] as const]) {
          for (let q = Math.max(begin, first); q < Math.min(end, last); q++)
            if (put(found, q, r) && ++count > most) return undefined;
        }
      }
    }
  }
  return found;
}

/**
 * The runs of cells, by row, whose middles lie in each polygon: in an odd number of its rings. A middle on a western or
 * southern edge lies within. A province has few runs, however many cells.
 */
function runsOf(grid: Grid, polygons: Polygons): Map<number, Run[]> {
  const found = new Map<number, Run[]>();
  for (const rings of polygons) {
    for (const [r, crossings] of crossingsOf(grid, rings)) {
      crossings.sort((a, b) => a - b);
      const row = found.get(r) ?? [];
      found.set(r, row);
      for (let at = 0; at + 1 < crossings.length; at += 2) {
        row.push([Math.ceil(crossings[at] ?? 0), Math.ceil(crossings[at + 1] ?? 0)]);
      }
    }
  }
  return found;
}

/** Where the outlines of a polygon cross the lines through the middles of each row, in columns from the row's middle of column 0. */
function crossingsOf(grid: Grid, rings: Polygons[number]): Map<number, number[]> {
  const { east, north } = metresPerDegree(grid);
  const { metres } = grid;
  const isSquare = grid.shape === 'square';
  const height = isSquare ? metres : (metres * Math.sqrt(3)) / 2;
  const rowOf = (lat: number) => ((lat - grid.lat) * north) / height - (isSquare ? 0.5 : 0);
  const crossings = new Map<number, number[]>();
  for (const ring of rings) {
    for (let at = 1; at < ring.length; at++) {
      const [lonA = 0, latA = 0] = ring[at - 1] ?? [];
      const [lonB = 0, latB = 0] = ring[at] ?? [];
      const [rowA, rowB] = [rowOf(latA), rowOf(latB)];
      const end = Math.ceil(Math.max(rowA, rowB));
      for (let r = Math.ceil(Math.min(rowA, rowB)); r < end; r++) {
        const lon = lonA + ((lonB - lonA) * (r - rowA)) / (rowB - rowA);
        const column = ((lon - grid.lon) * east) / metres - (isSquare ? 0.5 : r / 2);
        const row = crossings.get(r);
        if (row) row.push(column);
        else crossings.set(r, [column]);
      }
    }
  }
  return crossings;
}

/** Whether it was not there. */
function put(cells: CellSet, q: number, r: number): boolean {
  const row = cells.get(r);
  if (row?.has(q)) return false;
  if (row) row.add(q);
  else cells.set(r, new Set([q]));
  return true;
}

function sizeOf(cells: CellSet): number {
  let size = 0;
  for (const row of cells.values()) size += row.size;
  return size;
}
