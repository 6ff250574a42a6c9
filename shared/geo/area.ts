/** WGS 84: equatorial radius in metres, eccentricity. */
const RADIUS = 6378137;
const ECCENTRICITY = 0.0818191908426215;

/**
 * Area of a closed ring of [lon, lat] in m², positive when it runs counter-clockwise, measured on the ellipsoid by the
 * equal-area cylindrical projection: parts that a ring encloses clockwise count negative. A ring across the
 * antimeridian is not understood.
 */
export function signedRingArea(ring: readonly (readonly number[])[]): number {
  const [originLon = 0, originLat = 0] = ring[0] ?? [];
  const originY = equalAreaY(originLat);
  let sum = 0;
  let px = 0;
  let py = 0;
  for (const [lon = 0, lat = 0] of ring) {
    const x = lon - originLon;
    const y = equalAreaY(lat) - originY;
    sum += px * y - x * py;
    px = x;
    py = y;
  }
  return (sum / 2) * (Math.PI / 180) * RADIUS;
}

/** Area of a MultiPolygon's coordinates in m²: shells less their holes, whichever way the rings run. */
export function multiPolygonArea(polygons: readonly (readonly (readonly (readonly number[])[])[])[]): number {
  let sum = 0;
  for (const [shell = [], ...holes] of polygons) {
    sum += Math.abs(signedRingArea(shell));
    for (const hole of holes) sum -= Math.abs(signedRingArea(hole));
  }
  return sum;
}

/** Ordinate of a latitude in Lambert's cylindrical equal-area projection of the ellipsoid, metres. */
function equalAreaY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  const es = ECCENTRICITY * sine;
  const q = (1 - ECCENTRICITY ** 2) * (sine / (1 - es ** 2) + Math.atanh(es) / ECCENTRICITY);
  return (RADIUS * q) / 2;
}
