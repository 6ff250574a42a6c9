import type { Grid } from '../schemas/hotspot.ts';

/** Mean radius of the Earth, metres (IUGG, R₁ of WGS 84). */
const EARTH_RADIUS_M = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** A cell of a grid: column and row of a square, axial coordinates of a hexagon. */
export interface Cell {
  q: number;
  r: number;
}

/** Metres of the grid's plane that a degree east and a degree north are long. */
export function metresPerDegree({ lat }: Pick<Grid, 'lat'>): { east: number; north: number } {
  return { east: Math.cos(lat * RADIANS) * EARTH_RADIUS_M * RADIANS, north: EARTH_RADIUS_M * RADIANS };
}

/**
 * The cell that a place lies in. Its plane is the equirectangular one about the grid's origin: true along its parallel,
 * and a hundred kilometres away still to about 1 % near the equator. Squares have their south-western corner at the
 * origin; hexagons stand on a corner, and the middle of cell 0, 0 is the origin. Every place lies in exactly one cell.
 * Hexagons by rounding in cube coordinates (Amit Patel, "Hexagonal grids", redblobgames.com/grids/hexagons).
 *
 * The database computes the same (`server/hotspots/queries.ts`), operation by operation, so that none is rounded otherwise.
 *
 * @param lon degrees east
 * @param lat degrees north
 */
export function cellAt(grid: Grid, lon: number, lat: number): Cell {
  const { east, north } = metresPerDegree(grid);
  const x = (lon - grid.lon) * east;
  const y = (lat - grid.lat) * north;
  if (grid.shape === 'square') return { q: Math.floor(x / grid.metres), r: Math.floor(y / grid.metres) };
  const slant = y / (Math.sqrt(3) * grid.metres);
  const q = x / grid.metres - slant;
  const r = slant * 2;
  return roundCube(q, r);
}

/** The hexagon whose middle is nearest. */
function roundCube(q: number, r: number): Cell {
  const s = -q - r;
  const [nearQ, nearR, nearS] = [Math.floor(q + 0.5), Math.floor(r + 0.5), Math.floor(s + 0.5)];
  const [offQ, offR, offS] = [Math.abs(nearQ - q), Math.abs(nearR - r), Math.abs(nearS - s)];
  // Of the three, which sum to zero, the one that was rounded farthest follows from the others; the sum makes no −0.
  if (offQ > offR && offQ > offS) return { q: 0 - nearR - nearS, r: nearR };
  if (offR > offS) return { q: nearQ, r: 0 - nearQ - nearS };
  return { q: nearQ, r: nearR };
}

/** The middle of a cell: longitude and latitude, degrees. */
export function cellMiddle(grid: Grid, { q, r }: Cell): [lon: number, lat: number] {
  const { metres } = grid;
  return grid.shape === 'square'
    ? degrees(grid, (q + 0.5) * metres, (r + 0.5) * metres)
    : degrees(grid, (q + r / 2) * metres, (r * metres * Math.sqrt(3)) / 2);
}

/** The outline of a cell: a closed ring of longitude and latitude, degrees, counter-clockwise. */
export function cellRing(grid: Grid, { q, r }: Cell): [lon: number, lat: number][] {
  const { metres } = grid;
  // By corners of the plane that neighbours compute alike: cells leave no gap between them.
  const corners: [number, number][] =
    grid.shape === 'square'
      ? [
          [q, r],
          [q + 1, r],
          [q + 1, r + 1],
          [q, r + 1],
        ]
      : HEXAGON.map(([column, row]) => [(2 * q + r + column) / 2, ((3 * r + row) / 6) * Math.sqrt(3)]);
  const ring = corners.map(([x, y]) => degrees(grid, x * metres, y * metres));
  return [...ring, [...(ring[0] as [number, number])]];
}

/** Corners of a hexagon about its middle: in halves of its width, and in thirds of its height's half. */
const HEXAGON = [
  [0, -2],
  [1, -1],
  [1, 1],
  [0, 2],
  [-1, 1],
  [-1, -1],
] as const;

function degrees(grid: Grid, x: number, y: number): [number, number] {
  const { east, north } = metresPerDegree(grid);
  return [grid.lon + x / east, grid.lat + y / north];
}
