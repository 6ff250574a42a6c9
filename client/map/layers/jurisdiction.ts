import type * as maplibregl from 'maplibre-gl';
import { SURFACES, type Theme } from '../../palette.ts';
import { anchor } from '../anchors.ts';
import { MAP_COLOURS } from '../style/colours.ts';

const ID = 'jurisdiction';
/** How much of what lies outside still shows through. */
const DIM: Record<Theme, number> = { dark: 0.42, light: 0.5 };
const WORLD: GeoJSON.Position[] = [
  [-180, -85],
  [180, -85],
  [180, 85],
  [-180, 85],
  [-180, -85],
];

export interface JurisdictionLayer {
  /** Outlines these and dims everything else; nothing for no limits. Coordinates of MultiPolygons, degrees. */
  setShapes(shapes: GeoJSON.Position[][][][]): void;
  setTheme(theme: Theme): void;
  remove(): void;
}

/** Adds the outline of where the person's roles are in force, with everything outside a little dimmer. */
export function addJurisdiction(map: maplibregl.Map, initialTheme: Theme): JurisdictionLayer {
  map.addSource(ID, { type: 'geojson', data: featuresOf([]) });
  map.addLayer(
    {
      id: `${ID}-outside`,
      type: 'fill',
      source: ID,
      filter: ['==', ['get', 'part'], 'outside'],
      paint: { 'fill-color': SURFACES[initialTheme].page, 'fill-opacity': DIM[initialTheme], 'fill-antialias': false },
    },
    anchor('area-line'),
  );
  map.addLayer(
    {
      id: `${ID}-line`,
      type: 'line',
      source: ID,
      filter: ['==', ['get', 'part'], 'edge'],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': MAP_COLOURS[initialTheme].text, 'line-width': 1.4, 'line-opacity': 0.75 },
    },
    anchor('area-line'),
  );
  return {
    setShapes(shapes) {
      map.getSource<maplibregl.GeoJSONSource>(ID)?.setData(featuresOf(shapes));
    },
    setTheme(theme) {
      map.setPaintProperty(`${ID}-outside`, 'fill-color', SURFACES[theme].page);
      map.setPaintProperty(`${ID}-outside`, 'fill-opacity', DIM[theme]);
      map.setPaintProperty(`${ID}-line`, 'line-color', MAP_COLOURS[theme].text);
    },
    remove() {
      map.removeLayer(`${ID}-line`);
      map.removeLayer(`${ID}-outside`);
      map.removeSource(ID);
    },
  };
}

/**
 * The world with the shapes cut out (`part: outside`), and their edges (`part: edge`). An enclave within a shape is
 * outside again, so it is a piece of its own.
 */
export function featuresOf(shapes: GeoJSON.Position[][][][]): GeoJSON.FeatureCollection {
  const polygons = shapes.flat();
  if (polygons.length === 0) return { type: 'FeatureCollection', features: [] };
  const outer = polygons.flatMap(([ring]) => (ring ? [ring] : []));
  const enclaves = polygons.flatMap(([, ...holes]) => holes.map((hole) => [hole]));
  const feature = (part: string, coordinates: GeoJSON.Position[][][]): GeoJSON.Feature => ({
    type: 'Feature',
    properties: { part },
    geometry: { type: 'MultiPolygon', coordinates },
  });
  return {
    type: 'FeatureCollection',
    features: [feature('outside', [[WORLD, ...outer], ...enclaves]), feature('edge', polygons)],
  };
}
