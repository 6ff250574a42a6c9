import type * as maplibregl from 'maplibre-gl';
import type { Theme } from '../../palette.ts';
import { NO_MEASURE, useMeasure } from '../../state/measure.ts';
import { anchor } from '../anchors.ts';
import { geojsonSource } from '../graphics.ts';
import { MAP_COLOURS } from '../style/colours.ts';

const ID = 'measure';

export interface MeasureTool {
  /** Begins anew with this tool, or clears away for `undefined`. */
  start(tool: 'distance' | 'area' | undefined): void;
  setTheme(theme: Theme): void;
  remove(): void;
}

/**
 * Measures by clicking: each click adds a point, the figure follows the pointer; double click or Enter ends,
 * Backspace takes back the last point, Escape clears. With the keyboard on the map, Enter adds a point at its middle, and
 * ends where one is already. Results go to the measure state. Turf is loaded at first use.
 */
export function addMeasure(map: maplibregl.Map, initialTheme: Theme, onLeave: () => void): MeasureTool {
  let tool: 'distance' | 'area' | undefined;
  let points: [number, number][] = [];
  let pointer: [number, number] | undefined;
  let done = false;
  let figures: typeof import('./measure-figures.ts') | undefined;

  map.addSource(ID, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
  map.addLayer(
    {
      id: `${ID}-fill`,
      type: 'fill',
      source: ID,
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-opacity': 0.14 },
    },
    anchor('measure'),
  );
  map.addLayer(
    {
      id: `${ID}-casing`,
      type: 'line',
      source: ID,
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-width': 5.5 },
    },
    anchor('measure'),
  );
  map.addLayer(
    {
      id: `${ID}-line`,
      type: 'line',
      source: ID,
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-width': 2.5 },
    },
    anchor('measure'),
  );
  map.addLayer(
    {
      id: `${ID}-points`,
      type: 'circle',
      source: ID,
      filter: ['==', ['geometry-type'], 'Point'],
      paint: { 'circle-radius': 4.5, 'circle-stroke-width': 2 },
    },
    anchor('measure'),
  );
  const setTheme = (theme: Theme) => {
    const { selected, halo } = MAP_COLOURS[theme];
    map.setPaintProperty(`${ID}-fill`, 'fill-color', selected);
    map.setPaintProperty(`${ID}-casing`, 'line-color', halo);
    map.setPaintProperty(`${ID}-line`, 'line-color', selected);
    map.setPaintProperty(`${ID}-points`, 'circle-color', halo);
    map.setPaintProperty(`${ID}-points`, 'circle-stroke-color', selected);
  };
  setTheme(initialTheme);

  const draw = () => {
    const way = pointer && !done ? [...points, pointer] : points;
    const outline = tool === 'area' && way.length > 2 ? [...way, way[0] ?? [0, 0]] : way;
    const features: GeoJSON.Feature[] = points.map((point) => feature({ type: 'Point', coordinates: point }));
    if (outline.length > 1) features.push(feature({ type: 'LineString', coordinates: outline }));
    if (tool === 'area' && way.length > 2) features.push(feature({ type: 'Polygon', coordinates: [outline] }));
    geojsonSource(map, ID)?.setData({ type: 'FeatureCollection', features });
    const { metres = 0, squareMetres = 0 } = figures?.measure(outline, tool === 'area') ?? {};
    useMeasure.setState({ points, metres, squareMetres });
  };
  const begin = () => {
    points = [];
    pointer = undefined;
    done = false;
  };
  const end = () => {
    if (points.length < 2) return;
    done = true;
    pointer = undefined;
    draw();
  };

  /** Adds a point, unless it falls on the last. Returns whether it did. */
  const add = ({ lng, lat }: maplibregl.LngLat) => {
    if (done) begin();
    const last = points.at(-1);
    if (last && map.project(last).dist(map.project([lng, lat])) < 3) return false;
    points = [...points, [lng, lat]];
    draw();
    return true;
  };
  const follow = ({ lng, lat }: maplibregl.LngLat) => {
    if (!tool || done || points.length === 0) return;
    pointer = [lng, lat];
    draw();
  };
  const click = ({ lngLat }: maplibregl.MapMouseEvent) => {
    // The second click of a double click falls on the first.
    if (tool) add(lngLat);
  };
  const move = ({ lngLat }: maplibregl.MapMouseEvent) => follow(lngLat);
  const pan = ({ originalEvent }: { originalEvent?: Event }) => {
    if (originalEvent instanceof KeyboardEvent) follow(map.getCenter());
  };
  const doubleClick = (event: maplibregl.MapMouseEvent) => {
    if (!tool) return;
    event.preventDefault();
    end();
  };
  const key = (event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : document.body;
    if (!tool || target.closest('input, textarea, select, [role="dialog"]')) return;
    if (event.key !== 'Escape' && target.closest('button, a')) return;
    if (event.key === 'Enter') {
      if (target !== map.getCanvas() || !add(map.getCenter())) end();
    } else if (event.key === 'Backspace' && !done) {
      points = points.slice(0, -1);
      draw();
    } else if (event.key === 'Escape') {
      if (points.length === 0) return onLeave();
      begin();
      draw();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  map.on('click', click);
  map.on('mousemove', move);
  map.on('move', pan);
  map.on('dblclick', doubleClick);
  addEventListener('keydown', key, { capture: true });
  const stopListening = useMeasure.subscribe((state) => {
    if (state.points.length > 0 || points.length === 0) return;
    begin();
    draw();
  });

  return {
    start(next) {
      tool = next;
      begin();
      draw();
      if (!tool) useMeasure.setState(NO_MEASURE);
      else if (!figures) {
        void import('./measure-figures.ts').then((loaded) => {
          figures = loaded;
          draw();
        });
      }
    },
    setTheme,
    remove() {
      map.off('click', click);
      stopListening();
      map.off('mousemove', move);
      map.off('move', pan);
      map.off('dblclick', doubleClick);
      removeEventListener('keydown', key, { capture: true });
      for (const part of ['fill', 'casing', 'line', 'points']) map.removeLayer(`${ID}-${part}`);
      map.removeSource(ID);
    },
  };
}

function feature(geometry: GeoJSON.Geometry): GeoJSON.Feature {
  return { type: 'Feature', properties: {}, geometry };
}
