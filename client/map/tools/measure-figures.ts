import { area, length, lineString, polygon } from '@turf/turf';

/**
 * Length of a way and the area within it, on the ellipsoid's sphere as turf measures them.
 * @param way [lon, lat] in degrees; closed when `closed`
 * @returns metres and square metres; the area is 0 for a way that is not closed
 */
export function measure(way: [number, number][], closed: boolean): { metres: number; squareMetres: number } {
  if (way.length < 2) return { metres: 0, squareMetres: 0 };
  return {
    metres: length(lineString(way), { units: 'meters' }),
    squareMetres: closed && way.length > 3 ? area(polygon([way])) : 0,
  };
}
