import type * as maplibregl from 'maplibre-gl';
import { metresPerDegree } from '../../../shared/geo/grid.ts';
import type { Contour } from '../../../shared/stats/density/contours.ts';
import type { Theme } from '../../palette.ts';
import { anchor } from '../anchors.ts';
import { stands } from '../graphics.ts';
import { MAP_COLOURS } from '../style/colours.ts';
import { type DensitySurface, densityPicture, type SurfaceClass } from './density-picture.ts';

const ID = 'analysis-density';
const LINES = 'analysis-contours';

/** Contours of a surface with what is written on them. */
export interface Contours {
  contours: readonly Contour[];
  label(level: number): string;
}

export interface AnalysisDensity {
  setTheme(theme: Theme): void;
  remove(): void;
}

/** Adds a surface as a picture beneath the streets, and its contours with their levels. */
export function addAnalysisDensity(
  map: maplibregl.Map,
  surface: DensitySurface,
  classes: readonly SurfaceClass[],
  lines: Contours,
  theme: Theme,
): AnalysisDensity {
  let removed = false;
  let address: string | undefined;
  const picture = densityPicture(surface, classes);
  const [west, south, east, north] = picture.bounds;
  map.addSource(LINES, { type: 'geojson', data: contourFeatures(surface.origin, lines) });
  for (const { slot, layer } of LAYERS) map.addLayer(layer, anchor(slot));
  const setTheme = (next: Theme) => {
    const { text, halo } = MAP_COLOURS[next];
    map.setPaintProperty(`${LINES}-casing`, 'line-color', halo);
    map.setPaintProperty(LINES, 'line-color', text);
    map.setPaintProperty(`${LINES}-level`, 'text-color', text);
    map.setPaintProperty(`${LINES}-level`, 'text-halo-color', halo);
  };
  setTheme(theme);

  const canvas = document.createElement('canvas');
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext('2d')?.putImageData(new ImageData(picture.data, picture.width, picture.height), 0, 0);
  // Encoded elsewhere than on the page's own thread.
  canvas.toBlob((blob) => {
    if (!blob || removed || !stands(map) || map.getSource(ID)) return;
    address = URL.createObjectURL(blob);
    map.addSource(ID, {
      type: 'image',
      url: address,
      coordinates: [
        [west, north],
        [east, north],
        [east, south],
        [west, south],
      ],
    });
    map.addLayer(
      { id: ID, type: 'raster', source: ID, paint: { 'raster-fade-duration': 0, 'raster-resampling': 'linear' } },
      anchor('area-fill'),
    );
  });

  return {
    setTheme,
    remove() {
      removed = true;
      if (address) URL.revokeObjectURL(address);
      for (const { layer } of LAYERS.toReversed()) map.removeLayer(layer.id);
      map.removeSource(LINES);
      if (!map.getSource(ID)) return;
      map.removeLayer(ID);
      map.removeSource(ID);
    },
  };
}

const LAYERS: { slot: 'area-line' | 'area-label'; layer: maplibregl.LayerSpecification }[] = [
  {
    slot: 'area-line',
    layer: {
      id: `${LINES}-casing`,
      type: 'line',
      source: LINES,
      layout: { 'line-join': 'round' },
      paint: { 'line-width': 2.6, 'line-opacity': 0.55 },
    },
  },
  {
    slot: 'area-line',
    layer: {
      id: LINES,
      type: 'line',
      source: LINES,
      layout: { 'line-join': 'round' },
      paint: { 'line-width': 0.9, 'line-opacity': 0.9 },
    },
  },
  {
    slot: 'area-label',
    layer: {
      id: `${LINES}-level`,
      type: 'symbol',
      source: LINES,
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 260,
        'text-field': ['get', 'label'],
        'text-font': ['Noto Sans Semibold'],
        'text-size': 11,
        'text-padding': 8,
      },
      paint: { 'text-halo-width': 1.6 },
    },
  },
];

/** Each ring of each contour as a line in degrees, with its `label`. */
export function contourFeatures(
  origin: { lon: number; lat: number },
  { contours, label }: Contours,
): GeoJSON.FeatureCollection<GeoJSON.MultiLineString> {
  const { east, north } = metresPerDegree(origin);
  return {
    type: 'FeatureCollection',
    features: contours.map(({ level, polygons }) => ({
      type: 'Feature',
      properties: { label: label(level) },
      geometry: {
        type: 'MultiLineString',
        coordinates: polygons
          .flat()
          .map((ring) => ring.map(([x, y]) => [origin.lon + x / east, origin.lat + y / north])),
      },
    })),
  };
}
