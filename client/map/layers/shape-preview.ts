import type * as maplibregl from 'maplibre-gl';
import { fetchAreaShape } from '../../api/map-data.ts';
import type { Theme } from '../../palette.ts';
import { anchor } from '../anchors.ts';
import { MAP_COLOURS } from '../style/colours.ts';

const ID = 'shape-preview';

/** What a shape is made of: areas by code, and polygons of its own. */
export interface ShapeParts {
  areas: string[];
  /** Coordinates of MultiPolygons, degrees. */
  polygons: GeoJSON.Position[][][][];
}

export interface ShapePreview {
  show(parts: ShapeParts): void;
  setTheme(theme: Theme): void;
  remove(): void;
}

/** Adds a shape that is being put together, filled so that gaps and overlaps are seen. */
export function addShapePreview(map: maplibregl.Map, theme: Theme): ShapePreview {
  const known = new Map<string, GeoJSON.Feature>();
  let stop = new AbortController();
  const colour = MAP_COLOURS[theme].selected;
  map.addSource(ID, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
  map.addLayer(
    { id: `${ID}-fill`, type: 'fill', source: ID, paint: { 'fill-color': colour, 'fill-opacity': 0.22 } },
    anchor('area-line'),
  );
  map.addLayer(
    {
      id: `${ID}-line`,
      type: 'line',
      source: ID,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colour, 'line-width': 1.6 },
    },
    anchor('area-line'),
  );
  const draw = ({ areas, polygons }: ShapeParts) => {
    const own = polygons.map(
      (coordinates): GeoJSON.Feature => ({
        type: 'Feature',
        properties: {},
        geometry: { type: 'MultiPolygon', coordinates },
      }),
    );
    const features = [...areas.flatMap((code) => known.get(code) ?? []), ...own];
    map.getSource<maplibregl.GeoJSONSource>(ID)?.setData({ type: 'FeatureCollection', features });
  };
  return {
    show(parts) {
      stop.abort();
      stop = new AbortController();
      const { signal } = stop;
      draw(parts);
      for (const code of parts.areas) {
        if (known.has(code)) continue;
        fetchAreaShape(code, signal).then(
          (shape) => {
            known.set(code, shape);
            if (!signal.aborted) draw(parts);
          },
          // An area that is not imported has no shape; the list says so.
          () => undefined,
        );
      }
    },
    setTheme(next) {
      map.setPaintProperty(`${ID}-fill`, 'fill-color', MAP_COLOURS[next].selected);
      map.setPaintProperty(`${ID}-line`, 'line-color', MAP_COLOURS[next].selected);
    },
    remove() {
      stop.abort();
      map.removeLayer(`${ID}-line`);
      map.removeLayer(`${ID}-fill`);
      map.removeSource(ID);
    },
  };
}
