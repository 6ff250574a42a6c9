import type * as maplibregl from 'maplibre-gl';
import { SURFACES, type Theme } from '../../palette.ts';
import { anchor } from '../anchors.ts';

const ID = 'plan-borders';

/** The lines between areas: border k lies between areas `a[k]` and `b[k]`, −1 where nothing of the plan lies beyond. */
export interface BorderLines {
  a: readonly number[];
  b: readonly number[];
  /** Points of each, degrees. */
  lines: readonly GeoJSON.Position[][];
}

export interface PlanBorderLayer {
  /** Draws the outlines of zones, and a ring around areas that are pointed out. @param zoneOf zone of each area, −1 for none */
  show(zoneOf: Int32Array, isLit: (area: number) => boolean): void;
  setTheme(theme: Theme): void;
  remove(): void;
}

const state = (name: string, value: number): maplibregl.ExpressionSpecification => [
  'case',
  ['==', ['feature-state', name], true],
  value,
  0,
];

/**
 * Adds every border once; which of them are seen is told by their states, so that none is made anew while painting. Corners
 * are not rounded: of tens of thousands of lines that would more than double what is drawn.
 */
export function addPlanBorders(
  map: maplibregl.Map,
  { a, b, lines }: BorderLines,
  initialTheme: Theme,
): PlanBorderLayer {
  map.addSource(ID, {
    type: 'geojson',
    data: {
      type: 'FeatureCollection',
      features: lines.map((coordinates, id) => ({
        type: 'Feature',
        id,
        properties: {},
        geometry: { type: 'LineString', coordinates },
      })),
    },
  });
  const hidden = { visibility: 'none' } as const;
  const layers: maplibregl.LayerSpecification[] = [
    {
      id: `${ID}-hair`,
      type: 'line',
      source: ID,
      minzoom: 10.5,
      paint: { 'line-width': ['interpolate', ['linear'], ['zoom'], 10.5, 0.4, 14, 1.4] },
    },
    {
      id: `${ID}-casing`,
      type: 'line',
      source: ID,
      paint: {
        'line-width': ['interpolate', ['linear'], ['zoom'], 9, state('edge', 2), 14, state('edge', 5)],
        'line-opacity': 0.8,
      },
    },
    {
      id: `${ID}-edge`,
      type: 'line',
      source: ID,
      paint: { 'line-width': ['interpolate', ['linear'], ['zoom'], 9, state('edge', 0.9), 14, state('edge', 2.2)] },
    },
    {
      id: `${ID}-lit-casing`,
      type: 'line',
      source: ID,
      layout: hidden,
      paint: { 'line-width': state('lit', 8), 'line-opacity': 0.9 },
    },
    { id: `${ID}-lit`, type: 'line', source: ID, layout: hidden, paint: { 'line-width': state('lit', 4) } },
  ];
  for (const layer of layers) map.addLayer(layer, anchor('heat'));
  const setTheme = (theme: Theme) => {
    const { page, text, focus } = SURFACES[theme];
    // Streets are pale in both themes; borders within a zone are told from them.
    map.setPaintProperty(`${ID}-hair`, 'line-color', theme === 'dark' ? page : text);
    map.setPaintProperty(`${ID}-hair`, 'line-opacity', theme === 'dark' ? 0.6 : 0.35);
    map.setPaintProperty(`${ID}-casing`, 'line-color', page);
    map.setPaintProperty(`${ID}-edge`, 'line-color', text);
    map.setPaintProperty(`${ID}-lit-casing`, 'line-color', page);
    map.setPaintProperty(`${ID}-lit`, 'line-color', focus);
  };
  setTheme(initialTheme);
  /** 1: between two zones, 2: pointed out. */
  const seen = new Uint8Array(lines.length);
  return {
    show(zoneOf, isLit) {
      const of = (area: number) => (area < 0 ? -1 : (zoneOf[area] ?? -1));
      const pointedOut = (area: number) => area >= 0 && isLit(area);
      for (let id = 0; id < seen.length; id++) {
        const [one, other] = [a[id] ?? -1, b[id] ?? -1];
        const look = (of(one) !== of(other) ? 1 : 0) | (pointedOut(one) !== pointedOut(other) ? 2 : 0);
        if (seen[id] === look) continue;
        seen[id] = look;
        map.setFeatureState({ source: ID, id }, { edge: (look & 1) === 1, lit: (look & 2) === 2 });
      }
      // A layer costs its share of every frame, whether or not anything of it is seen.
      const visibility = seen.some((look) => (look & 2) === 2) ? 'visible' : 'none';
      for (const layer of [`${ID}-lit-casing`, `${ID}-lit`])
        if (map.getLayoutProperty(layer, 'visibility') !== visibility)
          map.setLayoutProperty(layer, 'visibility', visibility);
    },
    setTheme,
    remove() {
      for (const { id } of layers.toReversed()) map.removeLayer(id);
      map.removeSource(ID);
    },
  };
}
