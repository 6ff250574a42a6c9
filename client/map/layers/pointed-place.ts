import type * as maplibregl from 'maplibre-gl';
import { SURFACES, type Theme } from '../../palette.ts';
import { anchor } from '../anchors.ts';
import { geojsonSource } from '../graphics.ts';

const ID = 'analysis-pointed';
/** A pointer that only passes asks for no shape. */
const REST_MS = 80;

/** Which place is pointed at: by lists and charts, or by the pointer. */
export type Pointing = 'focus' | 'hover';

export interface PointedPlace {
  /** Outlines this place; `undefined` for none. */
  set(by: Pointing, place: string | undefined): void;
  setTheme(theme: Theme): void;
  remove(): void;
}

/**
 * Adds the outlines of the places that are pointed at, each by its own shape: among thousands of places nothing is drawn
 * for those that are not.
 * @param shapeOf a place's shape, degrees; where it rejects, there is no outline
 */
export function addPointedPlace(
  map: maplibregl.Map,
  shapeOf: (place: string, signal: AbortSignal) => Promise<GeoJSON.Feature>,
  initialTheme: Theme,
): PointedPlace {
  const known = new Map<string, GeoJSON.Feature>();
  const pointed = new Map<Pointing, string>();
  const waiting = new Map<Pointing, { timer: ReturnType<typeof setTimeout>; stop: AbortController }>();
  map.addSource(ID, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
  for (const layer of LAYERS) map.addLayer(layer, anchor('heat'));
  const setTheme = (theme: Theme) => {
    const { page, text, focus } = SURFACES[theme];
    map.setPaintProperty(`${ID}-casing`, 'line-color', page);
    map.setPaintProperty(ID, 'line-color', ['match', ['get', 'by'], 'focus', focus, text]);
  };
  setTheme(initialTheme);

  const draw = () => {
    // The focus above what is hovered.
    const features = (['hover', 'focus'] as const).flatMap((by): GeoJSON.Feature[] => {
      const shape = known.get(pointed.get(by) ?? '');
      return shape ? [{ ...shape, properties: { by } }] : [];
    });
    void geojsonSource(map, ID)?.setData({ type: 'FeatureCollection', features });
  };
  const give = (by: Pointing) => {
    clearTimeout(waiting.get(by)?.timer);
    waiting.get(by)?.stop.abort();
    waiting.delete(by);
  };
  return {
    set(by, place) {
      if (pointed.get(by) === place) return;
      give(by);
      if (place === undefined) pointed.delete(by);
      else pointed.set(by, place);
      draw();
      if (place === undefined || known.has(place)) return;
      const stop = new AbortController();
      const ask = () => {
        shapeOf(place, stop.signal).then(
          (shape) => {
            known.set(place, shape);
            draw();
          },
          // Without its outline it is named beside the pointer and in the list all the same.
          () => undefined,
        );
      };
      waiting.set(by, { stop, timer: setTimeout(ask, by === 'hover' ? REST_MS : 0) });
    },
    setTheme,
    remove() {
      for (const by of ['focus', 'hover'] as const) give(by);
      for (const { id } of LAYERS.toReversed()) map.removeLayer(id);
      map.removeSource(ID);
    },
  };
}

/** From the lowest to the highest. */
const LAYERS: maplibregl.LayerSpecification[] = [
  {
    id: `${ID}-casing`,
    type: 'line',
    source: ID,
    layout: { 'line-join': 'round' },
    paint: { 'line-width': 5.5, 'line-opacity': 0.9 },
  },
  { id: ID, type: 'line', source: ID, layout: { 'line-join': 'round' }, paint: { 'line-width': 2.6 } },
];
