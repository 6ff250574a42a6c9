import type { Bounds } from '../live/client.ts';

/** The window around all of these: west, south, east, north in degrees; `undefined` around nothing. Coordinates of MultiPolygons. */
export function boundsAround(shapes: readonly GeoJSON.Position[][][][]): Bounds | undefined {
  let bounds: Bounds | undefined;
  for (const [lon = 0, lat = 0] of shapes.flat(3)) {
    const [west, south, east, north] = bounds ?? [lon, lat, lon, lat];
    bounds = [Math.min(west, lon), Math.min(south, lat), Math.max(east, lon), Math.max(north, lat)];
  }
  return bounds;
}
