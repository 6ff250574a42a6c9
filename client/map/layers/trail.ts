import type * as maplibregl from 'maplibre-gl';
import { latitudeOf, longitudeOf } from '../../../shared/live/cells.ts';
import { fetchTrail, type TrailPoint } from '../../api/map-data.ts';
import type { UnitStore } from '../../live/unit-store.ts';
import type { Theme } from '../../palette.ts';
import { serverNow } from '../../state/faults.ts';
import { anchor } from '../anchors.ts';
import { geojsonSource } from '../graphics.ts';
import { MAP_COLOURS } from '../style/colours.ts';
import { byAge, extendTrail } from './trail-parts.ts';

const ID = 'trail';
const MINUTES = 30;

export interface TrailLayer {
  /** Shows the way of this unit, or of none for −1. */
  setUnit(id: number): void;
  setTheme(theme: Theme): void;
  remove(): void;
}

/** Adds the way of the selected unit in the last half hour: from the server first, then extended by the live fixes. */
export function addTrail(map: maplibregl.Map, store: UnitStore, initialTheme: Theme): TrailLayer {
  let unit = -1;
  let points: TrailPoint[] = [];
  let stop = new AbortController();

  map.addSource(ID, { type: 'geojson', data: byAge([], 0) });
  map.addLayer(
    {
      id: ID,
      type: 'line',
      source: ID,
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': MAP_COLOURS[initialTheme].selected,
        'line-width': ['interpolate', ['linear'], ['zoom'], 10, 2, 16, 4],
        'line-opacity': ['get', 'opacity'],
      },
    },
    anchor('trail'),
  );
  const draw = () => geojsonSource(map, ID)?.setData(byAge(points, serverNow()));

  const extend = () => {
    const slot = store.slotOf(unit);
    if (slot < 0) return;
    const fix: TrailPoint = [
      longitudeOf(store.toX[slot] ?? 0),
      latitudeOf(store.toY[slot] ?? 0),
      store.fixMs[slot] ?? 0,
    ];
    const extended = extendTrail(points, fix, MINUTES * 60_000);
    if (extended === points) return;
    points = extended;
    draw();
  };
  const unsubscribe = store.onChange(() => {
    if (unit >= 0) extend();
  });

  return {
    setUnit(id) {
      if (id === unit) return;
      unit = id;
      points = [];
      stop.abort();
      stop = new AbortController();
      draw();
      if (id < 0) return;
      fetchTrail(id, MINUTES, stop.signal).then(
        (past) => {
          points = past;
          extend();
          draw();
        },
        // The live fixes draw the way from here on.
        () => undefined,
      );
    },
    setTheme: (theme) => map.setPaintProperty(ID, 'line-color', MAP_COLOURS[theme].selected),
    remove() {
      unsubscribe();
      stop.abort();
      map.removeLayer(ID);
      map.removeSource(ID);
    },
  };
}
