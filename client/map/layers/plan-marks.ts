import type * as maplibregl from 'maplibre-gl';
import { SURFACES, type Theme } from '../../palette.ts';
import { anchor } from '../anchors.ts';
import { geojsonSource } from '../graphics.ts';

const LABELS = 'plan-labels';
const LASSO = 'plan-lasso';
const NOTHING: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

/** A zone's name where it lies, degrees. */
export interface ZoneLabel {
  lon: number;
  lat: number;
  text: string;
  /** Of the zone that is painted. */
  active: boolean;
}

export interface PlanMarks {
  setLabels(labels: readonly ZoneLabel[]): void;
  /** The line that is being drawn around areas, degrees; none takes it off. */
  setLasso(ring: readonly GeoJSON.Position[]): void;
  setTheme(theme: Theme): void;
  remove(): void;
}

/** Adds the names of zones and the lasso above the colours. */
export function addPlanMarks(map: maplibregl.Map, initialTheme: Theme): PlanMarks {
  for (const id of [LABELS, LASSO]) map.addSource(id, { type: 'geojson', data: NOTHING });
  const layers: { layer: maplibregl.LayerSpecification; slot: 'heat' | 'area-label' }[] = [
    { slot: 'heat', layer: { id: `${LASSO}-fill`, type: 'fill', source: LASSO, paint: { 'fill-opacity': 0.18 } } },
    {
      slot: 'heat',
      layer: { id: LASSO, type: 'line', source: LASSO, paint: { 'line-width': 2, 'line-dasharray': [2, 1.5] } },
    },
    {
      slot: 'area-label',
      layer: {
        id: LABELS,
        type: 'symbol',
        source: LABELS,
        layout: {
          'text-field': ['get', 'text'],
          'text-font': ['Noto Sans Semibold'],
          'text-size': ['case', ['get', 'active'], 15, 13],
          'text-max-width': 9,
          'symbol-sort-key': ['case', ['get', 'active'], 0, 1],
          'text-padding': 4,
        },
        paint: { 'text-halo-width': 2.5 },
      },
    },
  ];
  for (const { layer, slot } of layers) map.addLayer(layer, anchor(slot));
  const setTheme = (theme: Theme) => {
    const { text, page, focus } = SURFACES[theme];
    // The other way round than the names of places, so that a zone is not taken for one.
    map.setPaintProperty(LABELS, 'text-color', page);
    map.setPaintProperty(LABELS, 'text-halo-color', text);
    map.setPaintProperty(LASSO, 'line-color', focus);
    map.setPaintProperty(`${LASSO}-fill`, 'fill-color', focus);
  };
  setTheme(initialTheme);
  return {
    setLabels(labels) {
      geojsonSource(map, LABELS)?.setData({
        type: 'FeatureCollection',
        features: labels.map(({ lon, lat, text, active }) => ({
          type: 'Feature',
          properties: { text, active },
          geometry: { type: 'Point', coordinates: [lon, lat] },
        })),
      });
    },
    setLasso(ring) {
      const [first] = ring;
      geojsonSource(map, LASSO)?.setData(
        first && ring.length > 1
          ? { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[...ring, first]] } }
          : NOTHING,
      );
    },
    setTheme,
    remove() {
      for (const { layer } of layers.toReversed()) map.removeLayer(layer.id);
      for (const id of [LABELS, LASSO]) map.removeSource(id);
    },
  };
}
