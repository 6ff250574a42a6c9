import type * as maplibregl from 'maplibre-gl';
import type { Bounds } from '../live/client.ts';

const DURING_MOVE_MS = 150;

/** West, south, east, north in degrees, kept within the world. */
export function boundsOf(map: maplibregl.Map): Bounds {
  const bounds = map.getBounds();
  return [
    Math.max(-180, bounds.getWest()),
    Math.max(-90, bounds.getSouth()),
    Math.min(180, bounds.getEast()),
    Math.min(90, bounds.getNorth()),
  ];
}

/**
 * Calls back with the map's window once now, every 150 ms while it moves and once when it rests.
 * Returns the way to stop it.
 */
export function watchWindow(map: maplibregl.Map, callback: (bounds: Bounds, zoom: number) => void): () => void {
  let last = -Infinity;
  const tell = () => {
    last = performance.now();
    callback(boundsOf(map), map.getZoom());
  };
  const moving = () => {
    if (performance.now() - last >= DURING_MOVE_MS) tell();
  };
  map.on('move', moving);
  map.on('moveend', tell);
  map.on('resize', tell);
  tell();
  return () => {
    map.off('move', moving);
    map.off('moveend', tell);
    map.off('resize', tell);
  };
}
