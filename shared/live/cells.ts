/**
 * The cells that the live stream is cut into: tiles of the web-mercator map at one zoom level, each divided into
 * 8192 × 8192 steps. One step is 0.6 m on the equator, so a place is exact to 0.5 m.
 */
export const CELL_ZOOM = 13;
export const STEP_BITS = 13;
const WORLD_STEPS = 2 ** (CELL_ZOOM + STEP_BITS);
const COLUMN_MASK = 2 ** CELL_ZOOM - 1;
const MAX_LATITUDE = 85.0511287798066;

/** A window that covers more cells than this is sent counts instead of units. A full HD screen at zoom 10 covers 646. */
export const MAX_CELLS = 1024;
/** Counts are per cell of about 64 pixels: three levels below the zoom of a map of 512-pixel tiles. */
const COUNT_LEVELS_BELOW = 3;

/** Longitude in degrees → 0…1 eastward across the web-mercator square. */
export function mercatorX(lon: number): number {
  return (lon + 180) / 360;
}

/** Latitude in degrees → 0…1 southward; beyond ±85.05° is held at the edge. */
export function mercatorY(lat: number): number {
  const clamped = Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat));
  const sine = Math.sin((clamped * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** 0…1 eastward → longitude in degrees. */
export function longitudeOf(x: number): number {
  return x * 360 - 180;
}

/** 0…1 southward → latitude in degrees. */
export function latitudeOf(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

/** 0…1 → whole steps, 0…2²⁶−1. */
export function toSteps(mercator: number): number {
  return Math.max(0, Math.min(WORLD_STEPS - 1, Math.floor(mercator * WORLD_STEPS)));
}

/** Steps → 0…1, the middle of the step. */
export function fromSteps(steps: number): number {
  return (steps + 0.5) / WORLD_STEPS;
}

/** Key of the cell at column `x`, row `y`: sorts by row, then column. */
export function cellKey(x: number, y: number): number {
  return (y << CELL_ZOOM) | x;
}

/** Key of the cell that holds a place in steps. */
export function cellOfSteps(x: number, y: number): number {
  return cellKey(x >> STEP_BITS, y >> STEP_BITS);
}

/** Column of a cell by its key. */
export function cellX(key: number): number {
  return key & COLUMN_MASK;
}

/** Row of a cell by its key. */
export function cellY(key: number): number {
  return key >> CELL_ZOOM;
}

/** A rectangle of tiles at `level`; `x1` is 2^level or more where it crosses the 180th meridian. Ends are included. */
export interface Cover {
  show: 'units' | 'counts';
  level: number;
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/**
 * What a window is sent: every cell it touches, or, where those are too many, the tiles to count by.
 * `bounds` is west, south, east, north in degrees; `east` may be under `west` or past 180 where the window crosses the 180th meridian.
 */
export function coverOf(bounds: readonly [number, number, number, number], zoom: number): Cover {
  const units = rectangle(bounds, CELL_ZOOM);
  if (size(units) <= MAX_CELLS) return { show: 'units', ...units };
  let level = Math.max(0, Math.min(CELL_ZOOM - 1, Math.floor(zoom) + COUNT_LEVELS_BELOW));
  while (size(rectangle(bounds, level)) > MAX_CELLS) level--;
  return { show: 'counts', ...rectangle(bounds, level) };
}

/** Whether the tile at column `x`, row `y` of the cover's own level lies in it. */
export function covers(cover: Cover, x: number, y: number): boolean {
  const tiles = 2 ** cover.level;
  return y >= cover.y0 && y <= cover.y1 && (x - cover.x0 + tiles) % tiles <= cover.x1 - cover.x0;
}

/** Whether two covers are the same. */
export function sameCover(a: Cover, b: Cover): boolean {
  return a.show === b.show && a.level === b.level && a.x0 === b.x0 && a.y0 === b.y0 && a.x1 === b.x1 && a.y1 === b.y1;
}

type Rectangle = Omit<Cover, 'show'>;

function size({ x0, y0, x1, y1 }: Rectangle): number {
  return (x1 - x0 + 1) * (y1 - y0 + 1);
}

function rectangle([west, south, east, north]: readonly [number, number, number, number], level: number): Rectangle {
  const tiles = 2 ** level;
  const row = (lat: number) => Math.max(0, Math.min(tiles - 1, Math.floor(mercatorY(lat) * tiles)));
  const width = east < west ? east - west + 360 : east - west;
  const y0 = row(Math.max(south, north));
  const y1 = row(Math.min(south, north));
  if (width >= 360) return { level, x0: 0, y0, x1: tiles - 1, y1 };
  const start = mercatorX(west);
  const first = Math.floor(start * tiles);
  const last = Math.min(Math.floor((start + width / 360) * tiles), first + tiles - 1);
  const shift = Math.floor(first / tiles) * tiles;
  return { level, x0: first - shift, y0, x1: last - shift, y1 };
}
