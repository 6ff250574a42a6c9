/** The rectangle around places, in the unit of their coordinates. */
export interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** The rectangle around points; of none, one that is inside out and infinite. */
export function boundsOf(x: ArrayLike<number>, y: ArrayLike<number>): Bounds {
  const bounds = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (let i = 0; i < x.length; i++) {
    bounds.west = Math.min(bounds.west, x[i] as number);
    bounds.east = Math.max(bounds.east, x[i] as number);
    bounds.south = Math.min(bounds.south, y[i] as number);
    bounds.north = Math.max(bounds.north, y[i] as number);
  }
  return bounds;
}
