const RADIANS = Math.PI / 180;
/** Half axis and squared eccentricity of WGS 84. */
const AXIS = 6_378_137;
const E2 = 0.006_694_379_990_14;

/** Micro-degrees in a degree: borders are kept in whole ones, about 11 cm. */
export const MICRO = 1e6;

/**
 * Metres between two places that are near one another, in micro-degrees: by the ellipsoid's radii of curvature at the middle
 * latitude (Torge, Geodesy, 4.1.3). For the edges of an outline true to a millionth.
 */
export function metresBetween(lon0: number, lat0: number, lon1: number, lat1: number): number {
  const latitude = ((lat0 + lat1) / 2 / MICRO) * RADIANS;
  const w = 1 - E2 * Math.sin(latitude) ** 2;
  const east = ((lon1 - lon0) / MICRO) * RADIANS * Math.cos(latitude) * (AXIS / Math.sqrt(w));
  const north = ((lat1 - lat0) / MICRO) * RADIANS * ((AXIS * (1 - E2)) / w ** 1.5);
  return Math.hypot(east, north);
}
