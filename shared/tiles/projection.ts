import type { Bbox } from '../geo/bbox.ts';

/** Units across a tile, as vector tiles count them. */
export const EXTENT = 4096;

/** Units beyond each edge that are drawn too, so that outlines meet across tiles. */
export const BUFFER = 64;

/** A tile of the web mercator grid. */
export interface TileId {
  z: number;
  x: number;
  y: number;
}

/** What a tile covers with its buffer: west, south, east, north in degrees. */
export function boundsOf({ z, x, y }: TileId): Bbox {
  const margin = (BUFFER + 1) / EXTENT;
  const tiles = 2 ** z;
  const longitude = (column: number) => Math.min(Math.max((column / tiles) * 360 - 180, -180), 180);
  const latitude = (row: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / tiles))) * 180) / Math.PI;
  return [longitude(x - margin), latitude(y + 1 + margin), longitude(x + 1 + margin), latitude(y - margin)];
}

/** Turns degrees into units of one tile: x to the right, y down. The same place always gives the same numbers. */
export class Projection {
  private readonly scale: number;
  private readonly left: number;
  private readonly top: number;

  constructor({ z, x, y }: TileId) {
    this.scale = 2 ** z * EXTENT;
    this.left = x * EXTENT;
    this.top = y * EXTENT;
  }

  x(lon: number): number {
    return (lon / 360 + 0.5) * this.scale - this.left;
  }

  /** The poles lie infinitely far away; they are drawn at 89.9°, beyond the edge of the world's tiles. */
  y(lat: number): number {
    const sin = Math.min(Math.max(Math.sin((lat * Math.PI) / 180), -0.999998), 0.999998);
    return (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * this.scale - this.top;
  }
}
