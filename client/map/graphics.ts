import type * as maplibregl from 'maplibre-gl';

/** Whether the map has its style: not while its graphics context is lost, when it throws at whoever asks for a layer. */
export function stands(map: maplibregl.Map): boolean {
  return Boolean(map.style);
}

/** The GeoJSON source of this id; `undefined` too while the graphics context is lost. */
export function geojsonSource(map: maplibregl.Map, id: string): maplibregl.GeoJSONSource | undefined {
  return stands(map) ? map.getSource<maplibregl.GeoJSONSource>(id) : undefined;
}

/**
 * Calls back each time the map has its style again after a lost graphics context: MapLibre brings back all but layers
 * of one's own. Returns the way to stop it.
 */
export function onRestored(map: maplibregl.Map, callback: () => void): () => void {
  const restored = () => void map.once('style.load', callback);
  map.on('webglcontextrestored', restored);
  return () => {
    map.off('webglcontextrestored', restored);
    map.off('style.load', callback);
  };
}

/** Calls back when a graphics context has been lost for `ms` and did not come back. Returns the way to stop it. */
export function onGraphicsGone(map: maplibregl.Map, ms: number, callback: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lost = () => {
    timer = setTimeout(callback, ms);
  };
  const back = () => clearTimeout(timer);
  map.on('webglcontextlost', lost);
  map.on('webglcontextrestored', back);
  return () => {
    back();
    map.off('webglcontextlost', lost);
    map.off('webglcontextrestored', back);
  };
}
