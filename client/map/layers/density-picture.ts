import { metresPerDegree } from '../../../shared/geo/grid.ts';
import type { DensityGrid } from '../../../shared/stats/density/grid.ts';

/** A surface over the plane in metres about (lon, lat), see `shared/geo/grid.ts`; row-major, row 0 the southernmost. */
export interface DensitySurface {
  grid: DensityGrid;
  origin: { lon: number; lat: number };
  values: ArrayLike<number>;
}

/** Where a class of a surface begins, and its `#RRGGBB`. */
export interface SurfaceClass {
  from: number;
  colour: string;
}

export interface Picture {
  width: number;
  height: number;
  /** Rows from the north, each pixel red, green, blue and opacity. */
  data: Uint8ClampedArray<ArrayBuffer>;
  /** West, south, east, north of its edges, degrees. */
  bounds: [number, number, number, number];
}

/** Pixels along the longer side: finer than what a screen shows of a cell, so that edges of classes are lines and not steps. */
const SIDE = 900;

/**
 * Draws a surface in the colours of its classes, for web mercator: its rows are evenly apart in that projection. Values are
 * interpolated linearly between the middles of cells; what lies below the first class is see-through.
 * @param classes by their beginnings, the least first
 */
export function densityPicture({ grid, origin, values }: DensitySurface, classes: readonly SurfaceClass[]): Picture {
  const { columns, rows, cellWidth, cellHeight } = grid;
  const { east, north } = metresPerDegree(origin);
  const bounds: Picture['bounds'] = [
    origin.lon + grid.west / east,
    origin.lat + grid.south / north,
    origin.lon + (grid.west + columns * cellWidth) / east,
    origin.lat + (grid.south + rows * cellHeight) / north,
  ];
  const scale = SIDE / Math.max(columns, rows);
  const width = Math.max(1, Math.round(columns * scale));
  const height = Math.max(1, Math.round(rows * scale));
  const data = new Uint8ClampedArray(width * height * 4);
  // A pixel at a time; least significant byte first, as on every machine that browsers run on.
  const pixels = new Uint32Array(data.buffer);
  const inks = Uint32Array.from(classes, ({ colour }) => inkOf(colour));
  const beginnings = Float64Array.from(classes, ({ from }) => from);
  const across = steps(width, columns, (x) => ((x + 0.5) / width) * columns - 0.5);
  const [south, top] = [mercator(bounds[1]), mercator(bounds[3])];
  const down = steps(height, rows, (y) => {
    const lat = latitude(top - ((y + 0.5) / height) * (top - south));
    return ((lat - origin.lat) * north - grid.south) / cellHeight - 0.5;
  });
  for (let y = 0; y < height; y++) {
    const low = (down.low[y] as number) * columns;
    const high = (down.high[y] as number) * columns;
    const up = down.share[y] as number;
    for (let x = 0; x < width; x++) {
      const left = across.low[x] as number;
      const right = across.high[x] as number;
      const share = across.share[x] as number;
      const below = (values[low + left] as number) * (1 - share) + (values[low + right] as number) * share;
      const above = (values[high + left] as number) * (1 - share) + (values[high + right] as number) * share;
      const value = below * (1 - up) + above * up;
      let at = -1;
      while (at + 1 < beginnings.length && value >= (beginnings[at + 1] as number)) at++;
      if (at >= 0) pixels[y * width + x] = inks[at] as number;
    }
  }
  return { width, height, data, bounds };
}

/** For each pixel the two cells that it lies between the middles of, and how near the second; beyond the outermost, that one. */
function steps(pixels: number, cells: number, place: (pixel: number) => number) {
  const low = new Int32Array(pixels);
  const high = new Int32Array(pixels);
  const share = new Float64Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const at = Math.min(Math.max(place(pixel), 0), cells - 1);
    low[pixel] = Math.floor(at);
    high[pixel] = Math.min(Math.floor(at) + 1, cells - 1);
    share[pixel] = at % 1;
  }
  return { low, high, share };
}

/** `#RRGGBB` as one number of opacity, blue, green and red. */
function inkOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return 0xff000000 + blue * 0x10000 + green * 0x100 + red;
}

/** Ordinate of the mercator projection of a latitude in degrees, in radians. */
function mercator(lat: number): number {
  return Math.asinh(Math.tan((lat * Math.PI) / 180));
}

function latitude(ordinate: number): number {
  return (Math.atan(Math.sinh(ordinate)) * 180) / Math.PI;
}
