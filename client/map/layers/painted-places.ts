import type * as maplibregl from 'maplibre-gl';
import type { Mark } from '../../figure-palette.ts';
import { SURFACES, type Theme } from '../../palette.ts';
import { anchor } from '../anchors.ts';
import { MAP_COLOURS } from '../style/colours.ts';
import { addPattern } from './patterns.ts';
import { addPointedPlace, type Pointing } from './pointed-place.ts';

/** A place's figure: CSS colour, empty where the ground shows, and a mark beside it. */
interface Paint {
  colour: string;
  mark: Mark;
}

const UNPAINTED: Paint = { colour: '', mark: '' };

export interface PaintedPlaces {
  /** Paints these places so and all others not at all; only what differs from before is touched. */
  paint(ids: readonly string[], colours: readonly string[], marks: readonly Mark[]): void;
  /** Outlines the place that lists and charts, or the pointer, point at; `undefined` for none. */
  point(by: Pointing, id: string | undefined): void;
  /** Ids of what is drawn at a point of the canvas, CSS pixels. */
  idsAt(point: maplibregl.PointLike): string[];
  setTheme(theme: Theme): void;
  remove(): void;
}

const state = (name: string): maplibregl.ExpressionSpecification => ['feature-state', name];
const marked = (mark: Mark, value: number): maplibregl.ExpressionSpecification => [
  'case',
  ['==', state('mark'), mark],
  value,
  0,
];

interface PlaceSource {
  /** Prefix of the layers. */
  id: string;
  source: string;
  sourceLayer?: string;
  /** Name of the property that is the features' id in the source. */
  promoted: string;
  /** The whole shape of a place, degrees. */
  shapeOf(place: string, signal: AbortSignal): Promise<GeoJSON.Feature>;
}

/**
 * Adds fills, patterns and outlines of the polygons of a source, coloured by their feature states: a changed figure is
 * drawn in the next frame, without any tile being made anew.
 */
export function addPaintedPlaces(
  map: maplibregl.Map,
  { id, source, sourceLayer, promoted, shapeOf }: PlaceSource,
  initialTheme: Theme,
): PaintedPlaces {
  let painted = new Map<string, Paint>();
  const of = { source, ...(sourceLayer ? { 'source-layer': sourceLayer } : {}) };
  const target = (place: string) => ({ source, ...(sourceLayer ? { sourceLayer } : {}), id: place });
  const layers = layersOf(id, of);
  for (const { slot, layer } of layers) map.addLayer(layer, anchor(slot));
  const pointed = addPointedPlace(map, shapeOf, initialTheme);

  const setTheme = (theme: Theme) => {
    const { page, text } = SURFACES[theme];
    addPattern(map, 'hatch', page);
    addPattern(map, 'dots', page);
    map.setPaintProperty(`${id}-line`, 'line-color', MAP_COLOURS[theme].halo);
    map.setPaintProperty(`${id}-outline`, 'line-color', text);
  };
  setTheme(initialTheme);

  const set = (place: string, paint: Paint) => map.setFeatureState(target(place), paint);
  const show = (next: Map<string, Paint>, marks: readonly Mark[]) => {
    // A pattern takes part only once it is wanted: each layer with states makes the others wait.
    for (const mark of ['hatch', 'dots', 'outline'] as const) {
      if (marks.includes(mark) && map.getLayoutProperty(`${id}-${mark}`, 'visibility') === 'none')
        map.setLayoutProperty(`${id}-${mark}`, 'visibility', 'visible');
    }
    for (const place of painted.keys()) if (!next.has(place)) set(place, UNPAINTED);
    for (const [place, paint] of next) {
      const before = painted.get(place) ?? UNPAINTED;
      if (before.colour !== paint.colour || before.mark !== paint.mark) set(place, paint);
    }
    painted = next;
  };

  return {
    paint(ids, colours, marks) {
      const next = new Map<string, Paint>();
      for (const [i, place] of ids.entries()) next.set(place, { colour: colours[i] ?? '', mark: marks[i] ?? '' });
      show(next, marks);
    },
    point: pointed.set,
    idsAt: (point) =>
      map
        .queryRenderedFeatures(point, { layers: [`${id}-fill`] })
        .map(({ properties }) => String(properties[promoted])),
    setTheme(theme) {
      setTheme(theme);
      pointed.setTheme(theme);
    },
    remove() {
      pointed.remove();
      for (const { layer } of layers.toReversed()) map.removeLayer(layer.id);
    },
  };
}

type Of = { source: string; 'source-layer'?: string };

/** From the lowest to the highest. */
function layersOf(id: string, of: Of): { slot: 'area-fill' | 'area-line'; layer: maplibregl.LayerSpecification }[] {
  const pattern = (mark: 'hatch' | 'dots'): maplibregl.LayerSpecification => ({
    id: `${id}-${mark}`,
    type: 'fill',
    ...of,
    layout: { visibility: 'none' },
    paint: { 'fill-pattern': `figure-${mark}`, 'fill-opacity': marked(mark, 0.85) },
  });
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
        // From farther away they would be drawn thinner than anything that can be seen.
        minzoom: 8.5,

        paint: { 'line-width': ['interpolate', ['linear'], ['zoom'], 8.5, 0.3, 14, 1], 'line-opacity': 0.7 },
      },
    },
    {
      slot: 'area-line',
      layer: {
        id: `${id}-outline`,
        type: 'line',
        ...of,
        layout: { visibility: 'none' },
        paint: {
          // Without any width a line costs nothing where nothing is marked; see-through it would be drawn all the same.
          'line-width': ['interpolate', ['linear'], ['zoom'], 7, marked('outline', 1), 13, marked('outline', 2.2)],
        },
      },
    },
  ];
}
