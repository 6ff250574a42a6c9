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
 * Backspace takes back the last point, Escape clears. Results go to the measure state. Turf is loaded at first use.
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
    useMeasure.setState({ points, metres, squareMetres, done });
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

  const click = ({ lngLat }: maplibregl.MapMouseEvent) => {
    if (!tool) return;
    if (done) begin();
    const point: [number, number] = [lngLat.lng, lngLat.lat];
    const last = points.at(-1);
    // The second click of a double click falls on the first.
    if (last && map.project(last).dist(map.project(point)) < 3) return;
    points = [...points, point];
    draw();
  };
  const move = ({ lngLat }: maplibregl.MapMouseEvent) => {
    if (!tool || done || points.length === 0) return;
    pointer = [lngLat.lng, lngLat.lat];
    draw();
  };
  const doubleClick = (event: maplibregl.MapMouseEvent) => {
    if (!tool) return;
    event.preventDefault();
    end();
  };
  const key = (event: KeyboardEvent) => {
    if (!tool || (event.target instanceof HTMLElement && event.target.matches('input, textarea, select'))) return;
    if (event.key === 'Enter') end();
    else if (event.key === 'Backspace' && !done) {
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
  map.on('dblclick', doubleClick);
  addEventListener('keydown', key, { capture: true });

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
      map.off('mousemove', move);
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
