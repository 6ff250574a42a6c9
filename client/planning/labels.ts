import type { Ground } from '../../shared/plans/ground.ts';

/** Where the name of each zone stands: the label point of its area nearest to the middle of all; undefined without areas. */
export function labelPlaces(
  { lon, lat, areaM2 }: Pick<Ground, 'lon' | 'lat' | 'areaM2'>,
  zoneOf: Int32Array,
  zones: number,
): ({ lon: number; lat: number } | undefined)[] {
  const sums = Array.from({ length: zones }, () => ({ lon: 0, lat: 0, weight: 0 }));
  for (const [area, zone] of zoneOf.entries()) {
    const sum = sums[zone];
    if (!sum) continue;
    const weight = areaM2[area] ?? 0;
    sum.lon += weight * (lon[area] ?? 0);
    sum.lat += weight * (lat[area] ?? 0);
    sum.weight += weight;
  }
  const nearest = Array.from({ length: zones }, () => ({ area: -1, distance: Infinity }));
  for (const [area, zone] of zoneOf.entries()) {
    const [sum, best] = [sums[zone], nearest[zone]];
    if (!sum || !best) continue;
    const distance = Math.hypot((lon[area] ?? 0) - sum.lon / sum.weight, (lat[area] ?? 0) - sum.lat / sum.weight);
    if (distance < best.distance) {
      best.area = area;
      best.distance = distance;
    }
  }
  return nearest.map(({ area }) => (area < 0 ? undefined : { lon: lon[area] ?? 0, lat: lat[area] ?? 0 }));
}
