import type * as maplibregl from 'maplibre-gl';
import { SURFACES, type Theme } from '../../palette.ts';
import { anchor } from '../anchors.ts';
import { geojsonSource } from '../graphics.ts';

const LABELS = 'plan-labels';
const LASSO = 'plan-lasso';
const LOCK = 'plan-lock';
/** CSS pixels of its side. */
const LOCK_SIDE = 16;
const NOTHING: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

/** A zone's name where it lies, degrees. */
export interface ZoneLabel {
  lon: number;
  lat: number;
  text: string;
  /** A lock stands before the name. */
  locked: boolean;
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
          'text-field': [
            'case',
            ['get', 'locked'],
            ['format', ['image', LOCK], {}, ' ', {}, ['get', 'text'], {}],
            ['get', 'text'],
          ],
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
  addLock(map, SURFACES[initialTheme].page, SURFACES[initialTheme].text);
  for (const { layer, slot } of layers) map.addLayer(layer, anchor(slot));
  const setTheme = (theme: Theme) => {
    const { text, page, focus } = SURFACES[theme];
    // The other way round than the names of places, so that a zone is not taken for one.
    addLock(map, page, text);
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
        features: labels.map(({ lon, lat, text, locked, active }) => ({
          type: 'Feature',
          properties: { text, locked, active },
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

/** Adds the picture of a lock, or renews it in other colours: the ink of the names, upon their halo. */
function addLock(map: maplibregl.Map, ink: string, halo: string): void {
  const ratio = Math.max(1, Math.round(map.getPixelRatio()));
  const canvas = document.createElement('canvas');
  canvas.width = LOCK_SIDE * ratio;
  canvas.height = LOCK_SIDE * ratio;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(ratio, ratio);
  const shackle = new Path2D('M5 8V5.5a3 3 0 0 1 6 0V8');
  const body = new Path2D('M3.5 7.5h9v6h-9z');
  context.lineJoin = 'round';
  context.strokeStyle = halo;
  context.lineWidth = 5;
  for (const path of [shackle, body]) context.stroke(path);
  context.strokeStyle = ink;
  context.fillStyle = ink;
  context.lineWidth = 1.6;
  context.stroke(shackle);
  context.fill(body);
  const image = context.getImageData(0, 0, canvas.width, canvas.height);
  if (map.hasImage(LOCK)) map.updateImage(LOCK, image);
  else map.addImage(LOCK, image, { pixelRatio: ratio });
}
