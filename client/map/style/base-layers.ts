import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { MapColours } from './colours.ts';

/** Width in pixels that doubles from zoom to zoom as the ground does, from `thin` at z 11 to `wide` at z 17. */
function widthByZoom(
  [thin, wide]: readonly [number, number],
  more: readonly [number, number] = [0, 0],
): ExpressionSpecification {
  return ['interpolate', ['exponential', 1.6], ['zoom'], 11, thin + more[0], 17, wide + more[1]];
}

/** Sea, land, green, water and buildings, from the world's coast to the base tiles. */
export function baseLayers(colours: MapColours): LayerSpecification[] {
  const { sea, land, coast, green } = colours;
  return [
    { id: 'base-sea', type: 'background', paint: { 'background-color': sea } },
    { id: 'base-world-land', type: 'fill', source: 'world', paint: { 'fill-color': land } },
    {
      id: 'base-world-coast',
      type: 'line',
      source: 'world',
      maxzoom: 11,
      paint: {
        'line-color': coast,
        'line-width': 0.8,
        // Drawn from 1:50,000,000: honest from afar, kilometres off from near.
        'line-opacity': ['interpolate', ['linear'], ['zoom'], 7, 1, 10, 0],
      },
    },
    { id: 'base-land', type: 'fill', source: 'base', 'source-layer': 'land', paint: { 'fill-color': land } },
    { id: 'base-green', type: 'fill', source: 'base', 'source-layer': 'green', paint: { 'fill-color': green } },
    { id: 'base-water', type: 'fill', source: 'base', 'source-layer': 'water', paint: { 'fill-color': sea } },
  ];
}

/** What lies on top of the areas: rivers, coast, buildings, streets and their names. */
export function streetLayers(colours: MapColours): LayerSpecification[] {
  const { sea, coast, building, streets, textQuiet, halo } = colours;
  const ranked = ['path', 'residential', 'secondary', 'primary'] as const;
  const widths = { path: [0.2, 2], residential: [0.3, 7], secondary: [0.9, 11], primary: [1.4, 15] } as const;
  const minzooms = { path: 14.5, residential: 12.5, secondary: 10.5, primary: 9 } as const;
  return [
    {
      id: 'base-river',
      type: 'line',
      source: 'base',
      'source-layer': 'river',
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': sea, 'line-width': widthByZoom([1.2, 10]) },
    },
    {
      id: 'base-building',
      type: 'fill',
      source: 'base',
      'source-layer': 'building',
      minzoom: 14,
      paint: { 'fill-color': building, 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 14, 0, 15, 1] },
    },
    {
      id: 'base-coast',
      type: 'line',
      source: 'base',
      'source-layer': 'coast',
      paint: { 'line-color': coast, 'line-width': 1 },
    },
    ...ranked.map(
      (name): LayerSpecification => ({
        id: `base-street-${name}-casing`,
        type: 'line',
        source: 'base',
        'source-layer': 'street',
        minzoom: Math.max(minzooms[name], 12.5),
        filter: ['==', ['get', 'class'], name],
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: { 'line-color': streets.casing, 'line-width': widthByZoom(widths[name], [0.8, 2.5]) },
      }),
    ),
    ...ranked.map(
      (name): LayerSpecification => ({
        id: `base-street-${name}`,
        type: 'line',
        source: 'base',
        'source-layer': 'street',
        minzoom: minzooms[name],
        filter: ['==', ['get', 'class'], name],
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: { 'line-color': streets[name], 'line-width': widthByZoom(widths[name]) },
      }),
    ),
    {
      id: 'base-street-name',
      type: 'symbol',
      source: 'base',
      'source-layer': 'street',
      minzoom: 14.5,
      filter: ['has', 'name'],
      layout: {
        'symbol-placement': 'line',
        'text-field': ['get', 'name'],
        'text-font': ['Noto Sans'],
        'text-size': ['interpolate', ['linear'], ['zoom'], 14.5, 10.5, 18, 13],
        'text-padding': 12,
      },
      paint: { 'text-color': textQuiet, 'text-halo-color': halo, 'text-halo-width': 1.4 },
    },
  ];
}
