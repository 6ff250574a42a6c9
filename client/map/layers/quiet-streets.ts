import type * as maplibregl from 'maplibre-gl';

/** How much of the streets is left above a filled place: they say where it is, and its colour says the rest. */
const LEFT = 0.3;

/** Makes the streets of the built-in map step back behind figures, or come forward again. */
export function quietStreets(map: maplibregl.Map, quiet: boolean): void {
  for (const layer of map.getLayersOrder()) {
    if (!/^base-street-(?!name)/.test(layer)) continue;
    const opacity = layer.endsWith('-casing') ? 0 : LEFT;
    map.setPaintProperty(layer, 'line-opacity', quiet ? opacity : undefined);
  }
}
