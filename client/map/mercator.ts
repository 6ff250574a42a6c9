/** Web mercator as the live store has it: the world is 0…1 from its north-west corner. */

/** Longitude in degrees → x. */
export function mercatorX(lon: number): number {
  return (lon + 180) / 360;
}

/** Latitude in degrees → y. */
export function mercatorY(lat: number): number {
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
}

/** x → longitude in degrees. */
export function longitudeOf(x: number): number {
  return x * 360 - 180;
}

/** y → latitude in degrees. */
export function latitudeOf(y: number): number {
  return (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90;
}
