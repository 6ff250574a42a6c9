import type { Feature, FeatureCollection, Position } from 'geojson';

type Land = FeatureCollection | Feature;

/** South of here land goes round the pole, and its edge along ±180° is drawn as it is. */
const POLAR_LATITUDE = -60;

/** Rings that leap over the 180th meridian go on beyond it instead, so that no line crosses the whole world. */
export function unwrapLand(land: Land): Land {
  for (const { geometry } of land.type === 'FeatureCollection' ? land.features : [land]) {
    if (geometry.type === 'Polygon') geometry.coordinates.forEach(unwrapRing);
    if (geometry.type === 'MultiPolygon') for (const polygon of geometry.coordinates) polygon.forEach(unwrapRing);
  }
  return land;
}

function unwrapRing(ring: Position[]): void {
  if (ring.some(([, lat = 0]) => lat < POLAR_LATITUDE)) return;
  let turn = 0;
  let before: number | undefined;
  for (const position of ring) {
    const [lon = 0] = position;
    if (before !== undefined && Math.abs(lon - before) > 180) turn += lon < before ? 360 : -360;
    before = lon;
    position[0] = lon + turn;
  }
}
