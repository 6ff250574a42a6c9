import { metresPerDegree } from '../../shared/geo/grid.ts';

/** Places in metres of one plane. */
export interface OnPlane {
  x: Float64Array;
  y: Float64Array;
  /** Back to degrees. */
  lonLat(x: number, y: number): [lon: number, lat: number];
}

/**
 * Puts places onto the equirectangular plane about the middle of them all: true along its parallel, and within 2 % over the
 * whole of Indonesia. Degrees, at least one place; the answer is in metres.
 */
export function onPlane(lon: ArrayLike<number>, lat: ArrayLike<number>): OnPlane {
  const lon0 = middle(lon);
  const lat0 = middle(lat);
  const { east, north } = metresPerDegree({ lat: lat0 });
  return {
    x: Float64Array.from(lon, (degrees) => (degrees - lon0) * east),
    y: Float64Array.from(lat, (degrees) => (degrees - lat0) * north),
    lonLat: (x, y) => [lon0 + x / east, lat0 + y / north],
  };
}

function middle(values: ArrayLike<number>): number {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i] as number);
    most = Math.max(most, values[i] as number);
  }
  return values.length > 0 ? (least + most) / 2 : 0;
}
