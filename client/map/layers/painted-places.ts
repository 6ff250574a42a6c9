import type * as maplibregl from 'maplibre-gl';
import type { Mark } from '../../figure-palette.ts';
import { SURFACES, type Theme } from '../../palette.ts';
import { anchor } from '../anchors.ts';
import { stands } from '../graphics.ts';
import { MAP_COLOURS } from '../style/colours.ts';
import { addPattern } from './patterns.ts';

/** A place's figure: CSS colour, empty where the ground shows, and a mark beside it. */
interface Paint {
  colour: string;
  mark: Mark;
}

export interface PaintedPlaces {
  /** Paints these places so and all others not at all; only what differs from before is touched. */
  paint(ids: readonly string[], colours: readonly string[], marks: readonly Mark[]): void;
  /** Rings the place that lists and charts point at; `undefined` for none. */
  setFocus(id: string | undefined): void;
  /** Outlines the place under the pointer; `undefined` for none. */
  setHovered(id: string | undefined): void;
  /** Ids of what is drawn at a point of the canvas, CSS pixels. */
  idsAt(point: maplibregl.PointLike): string[];
  setTheme(theme: Theme): void;
  remove(): void;
}

const state = (name: string): maplibregl.ExpressionSpecification => ['feature-state', name];
const marked = (mark: Mark, opacity: number): maplibregl.ExpressionSpecification => [
  'case',
  ['==', state('mark'), mark],
  opacity,
  0,
];
const pointedAt: maplibregl.ExpressionSpecification = ['boolean', state('focus'), ['boolean', state('hover'), false]];

/**
 * Adds fills, patterns and outlines of the polygons of a source, coloured by their feature states: a changed figure is
 * drawn in the next frame, without any tile being made anew.
 * @param id prefix of the layers @param promoted name of the property that is the features' id in the source
 */
export function addPaintedPlaces(
  map: maplibregl.Map,
  { id, source, sourceLayer, promoted }: { id: string; source: string; sourceLayer?: string; promoted: string },
  initialTheme: Theme,
): PaintedPlaces {
  let painted = new Map<string, Paint>();
  let focus: string | undefined;
  let hovered: string | undefined;
  const of = { source, ...(sourceLayer ? { 'source-layer': sourceLayer } : {}) };
  const target = (place: string) => ({ source, ...(sourceLayer ? { sourceLayer } : {}), id: place });
  const layers = layersOf(id, of);
  for (const { slot, layer } of layers) map.addLayer(layer, anchor(slot));

  const setTheme = (theme: Theme) => {
    const { page, text, focus: ring } = SURFACES[theme];
    addPattern(map, 'hatch', page);
    addPattern(map, 'dots', page);
    map.setPaintProperty(`${id}-line`, 'line-color', MAP_COLOURS[theme].halo);
    map.setPaintProperty(`${id}-outline`, 'line-color', text);
    map.setPaintProperty(`${id}-casing`, 'line-color', page);
    map.setPaintProperty(`${id}-pointed`, 'line-color', ['case', ['boolean', state('focus'), false], ring, text]);
  };
  setTheme(initialTheme);

  const set = (place: string | undefined, change: object) => {
    if (place !== undefined && stands(map)) map.setFeatureState(target(place), change);
  };
  const show = (next: Map<string, Paint>) => {
    // A pattern takes part only once it is wanted: each layer with states makes the others wait.
    for (const mark of ['hatch', 'dots', 'outline'] as const) {
      const wanted = [...next.values()].some((paint) => paint.mark === mark);
      if (wanted && map.getLayoutProperty(`${id}-${mark}`, 'visibility') === 'none')
        map.setLayoutProperty(`${id}-${mark}`, 'visibility', 'visible');
    }
    for (const place of painted.keys()) if (!next.has(place)) set(place, { colour: '', mark: '' });
    for (const [place, paint] of next) {
      const before = painted.get(place);
      if (before?.colour !== paint.colour || before.mark !== paint.mark) set(place, paint);
    }
    painted = next;
  };

  return {
    paint(ids, colours, marks) {
      const next = new Map<string, Paint>();
      for (const [i, place] of ids.entries()) next.set(place, { colour: colours[i] ?? '', mark: marks[i] ?? '' });
      show(next);
    },
    setFocus(place) {
      if (place === focus) return;
      set(focus, { focus: false });
      set(place, { focus: true });
      focus = place;
    },
    setHovered(place) {
      if (place === hovered) return;
      set(hovered, { hover: false });
      set(place, { hover: true });
      hovered = place;
    },
    idsAt: (point) =>
      map
        .queryRenderedFeatures(point, { layers: [`${id}-fill`] })
        .map(({ properties }) => String(properties[promoted])),
    setTheme,
    remove() {
      for (const { layer } of layers.toReversed()) map.removeLayer(layer.id);
    },
  };
}

type Of = { source: string; 'source-layer'?: string };

/** From the lowest to the highest. */
function layersOf(
  id: string,
  of: Of,
): { slot: 'area-fill' | 'area-line' | 'heat'; layer: maplibregl.LayerSpecification }[] {
  const pattern = (mark: 'hatch' | 'dots'): maplibregl.LayerSpecification => ({
    id: `${id}-${mark}`,
    type: 'fill',
    ...of,
    layout: { visibility: 'none' },
    paint: { 'fill-pattern': `figure-${mark}`, 'fill-opacity': marked(mark, 0.85) },
  });
  const round = { 'line-join': 'round' } as const;
  return [
    {
      slot: 'area-fill',
      layer: {
        id: `${id}-fill`,
        type: 'fill',
        ...of,
        paint: {
          'fill-color': ['to-color', ['coalesce', state('colour'), ''], 'rgba(0,0,0,0)'],
          'fill-antialias': false,
        },
      },
    },
    { slot: 'area-fill', layer: pattern('hatch') },
    { slot: 'area-fill', layer: pattern('dots') },
    {
      slot: 'area-fill',
      layer: {
        id: `${id}-line`,
        type: 'line',
        ...of,
        layout: round,
        paint: { 'line-width': ['interpolate', ['linear'], ['zoom'], 6, 0.1, 9, 0.5, 14, 1], 'line-opacity': 0.7 },
      },
    },
    {
      slot: 'area-line',
      layer: {
        id: `${id}-outline`,
        type: 'line',
        ...of,
        layout: { ...round, visibility: 'none' },
        paint: {
          'line-width': ['interpolate', ['linear'], ['zoom'], 7, 1, 13, 2.2],
          'line-opacity': marked('outline', 1),
        },
      },
    },
    {
      slot: 'area-line',
      layer: {
        id: `${id}-casing`,
        type: 'line',
        ...of,
        layout: round,
        paint: { 'line-width': 5.5, 'line-opacity': ['case', pointedAt, 0.9, 0] },
      },
    },
    {
      slot: 'area-line',
      layer: {
        id: `${id}-pointed`,
        type: 'line',
        ...of,
        layout: round,
        paint: { 'line-width': 2.6, 'line-opacity': ['case', pointedAt, 1, 0] },
      },
    },
  ];
}
