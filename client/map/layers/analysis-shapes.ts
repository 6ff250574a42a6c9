import type * as maplibregl from 'maplibre-gl';
import { metresPerDegree } from '../../../shared/geo/grid.ts';
import { DIVERGING } from '../../figure-palette.ts';
import { SURFACES, type Theme } from '../../palette.ts';
import { anchor } from '../anchors.ts';
import { geojsonSource } from '../graphics.ts';
import { MAP_COLOURS } from '../style/colours.ts';

const CIRCLES = 'analysis-circles';
const PAIRS = 'analysis-pairs';
const NOTHING: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };
/** Corners of a circle. */
const CORNERS = 96;

/** A cluster of places: a circle with what is written beside it. */
export interface Circle {
  /** As picks and {@link AnalysisShapes.nameAt} have it. */
  name: string;
  lon: number;
  lat: number;
  radiusM: number;
  /** Such as `1 · p 0,002`. */
  label: string;
  /** Whether it is significant: drawn full, otherwise broken. */
  sure: boolean;
}

/** Two incidents that are near in place and time: longitude and latitude of the earlier and the later, degrees. */
export type Pair = readonly [from: readonly [number, number], to: readonly [number, number]];

export interface AnalysisShapes {
  setCircles(circles: readonly Circle[]): void;
  setPairs(pairs: readonly Pair[]): void;
  /** Name and label of the smallest circle drawn at a point of the canvas, CSS pixels. */
  nameAt(point: maplibregl.PointLike): { name: string; label: string } | undefined;
  setTheme(theme: Theme): void;
  remove(): void;
}

/** Adds the circles of clusters and the lines of pairs, empty at first. */
export function addAnalysisShapes(map: maplibregl.Map, initialTheme: Theme): AnalysisShapes {
  for (const id of [CIRCLES, PAIRS]) map.addSource(id, { type: 'geojson', data: NOTHING });
  for (const layer of LAYERS) map.addLayer(layer, anchor(layer.type === 'symbol' ? 'area-label' : 'heat'));
  const setTheme = (theme: Theme) => {
    const { text } = SURFACES[theme];
    const { halo } = MAP_COLOURS[theme];
    map.setPaintProperty(`${CIRCLES}-fill`, 'fill-color', text);
    map.setPaintProperty(`${CIRCLES}-casing`, 'line-color', halo);
    for (const line of [`${CIRCLES}-sure`, `${CIRCLES}-unsure`]) map.setPaintProperty(line, 'line-color', text);
    map.setPaintProperty(`${CIRCLES}-label`, 'text-color', text);
    map.setPaintProperty(`${CIRCLES}-label`, 'text-halo-color', halo);
    map.setPaintProperty(`${PAIRS}-casing`, 'line-color', halo);
    map.setPaintProperty(PAIRS, 'line-color', DIVERGING[theme].above[2]);
    map.setPaintProperty(`${PAIRS}-end`, 'circle-color', DIVERGING[theme].above[2]);
    map.setPaintProperty(`${PAIRS}-end`, 'circle-stroke-color', halo);
  };
  setTheme(initialTheme);
  return {
    setCircles: (circles) => void geojsonSource(map, CIRCLES)?.setData(circleFeatures(circles)),
    setPairs: (pairs) => void geojsonSource(map, PAIRS)?.setData(pairFeatures(pairs)),
    nameAt(point) {
      const found = map
        .queryRenderedFeatures(point, { layers: [`${CIRCLES}-fill`] })
        .map(({ properties }) => properties);
      const smallest = found.toSorted((a, b) => Number(a.radiusM) - Number(b.radiusM))[0];
      return smallest && { name: String(smallest.name), label: String(smallest.label) };
    },
    setTheme,
    remove() {
      for (const { id } of LAYERS.toReversed()) map.removeLayer(id);
      for (const id of [CIRCLES, PAIRS]) map.removeSource(id);
    },
  };
}

/** From the lowest to the highest. */
const LAYERS: maplibregl.LayerSpecification[] = [
  { id: `${CIRCLES}-fill`, type: 'fill', source: CIRCLES, paint: { 'fill-opacity': 0.07 } },
  { id: `${CIRCLES}-casing`, type: 'line', source: CIRCLES, paint: { 'line-width': 5, 'line-opacity': 0.8 } },
  {
    id: `${CIRCLES}-sure`,
    type: 'line',
    source: CIRCLES,
    filter: ['get', 'sure'],
    paint: { 'line-width': 2.4 },
  },
  {
    id: `${CIRCLES}-unsure`,
    type: 'line',
    source: CIRCLES,
    filter: ['!', ['get', 'sure']],
    paint: { 'line-width': 1.6, 'line-dasharray': [3, 2.5] },
  },
  {
    id: `${PAIRS}-casing`,
    type: 'line',
    source: PAIRS,
    layout: { 'line-cap': 'round' },
    paint: { 'line-width': 3.4, 'line-opacity': 0.5 },
  },
  { id: PAIRS, type: 'line', source: PAIRS, layout: { 'line-cap': 'round' }, paint: { 'line-width': 1.4 } },
  {
    id: `${PAIRS}-end`,
    type: 'circle',
    source: PAIRS,
    paint: {
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, 1.5, 14, 3.5],
      'circle-stroke-width': 1,
    },
  },
  {
    id: `${CIRCLES}-label`,
    type: 'symbol',
    source: CIRCLES,
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 1000,
      'text-field': ['get', 'label'],
      'text-font': ['Noto Sans Semibold'],
      'text-size': 12,
      'text-offset': [0, -0.9],
    },
    paint: { 'text-halo-width': 1.8 },
  },
];

/** Circles as polygons in degrees, each with all of its {@link Circle} but the place. */
export function circleFeatures(circles: readonly Circle[]): GeoJSON.FeatureCollection<GeoJSON.Polygon> {
  return {
    type: 'FeatureCollection',
    features: circles.map(({ lon, lat, radiusM, name, label, sure }) => ({
      type: 'Feature',
      properties: { name, label, sure, radiusM },
      geometry: { type: 'Polygon', coordinates: [circle(lon, lat, radiusM)] },
    })),
  };
}

/** A closed ring about a place, counter-clockwise, in the plane of the grids of analyses. */
function circle(lon: number, lat: number, radiusM: number): [number, number][] {
  const { east, north } = metresPerDegree({ lat });
  return Array.from({ length: CORNERS + 1 }, (_, i) => {
    const angle = ((i % CORNERS) / CORNERS) * 2 * Math.PI;
    return [lon + (Math.cos(angle) * radiusM) / east, lat + (Math.sin(angle) * radiusM) / north];
  });
}

function pairFeatures(pairs: readonly Pair[]): GeoJSON.FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: pairs.map(([from, to]) => ({
      type: 'Feature',
      properties: {},
      geometry: { type: 'LineString', coordinates: [[...from], [...to]] },
    })),
  };
}
