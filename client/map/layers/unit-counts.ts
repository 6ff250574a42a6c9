import type * as maplibregl from 'maplibre-gl';
import type { UnitStore } from '../../live/unit-store.ts';
import { SIGNALS, SURFACES, type Theme } from '../../palette.ts';
import { anchor } from '../anchors.ts';
import { geojsonSource } from '../graphics.ts';

const ID = 'unit-counts';
const NUMBERS = 'unit-count-numbers';

export interface CountLayer {
  setTheme(theme: Theme): void;
  setVisible(visible: boolean): void;
  remove(): void;
}

/** Adds soft discs with a number, for where the stream sends how many units there are instead of each of them. */
export function addUnitCounts(map: maplibregl.Map, store: UnitStore, initialTheme: Theme): CountLayer {
  let shown = store.counts;
  map.addSource(ID, { type: 'geojson', data: collection(store) });
  map.addLayer(
    {
      id: ID,
      type: 'circle',
      source: ID,
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'count']], 1, 10, 10, 18, 60, 34],
        'circle-opacity': 0.82,
        'circle-stroke-width': ['case', ['>', ['get', 'alarms'], 0], 3, 1.2],
      },
    },
    anchor('unit'),
  );
  map.addLayer(
    {
      id: NUMBERS,
      type: 'symbol',
      source: ID,
      layout: {
        'text-field': ['to-string', ['get', 'count']],
        'text-font': ['Noto Sans Semibold'],
        'text-size': ['interpolate', ['linear'], ['sqrt', ['get', 'count']], 1, 11, 30, 15],
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
    },
    anchor('unit'),
  );
  const setTheme = (theme: Theme) => {
    const { raised, text, dimmed } = SURFACES[theme];
    map.setPaintProperty(ID, 'circle-color', raised);
    map.setPaintProperty(ID, 'circle-stroke-color', [
      'case',
      ['>', ['get', 'alarms'], 0],
      SIGNALS[theme].alert,
      dimmed,
    ]);
    map.setPaintProperty(NUMBERS, 'text-color', text);
  };
  setTheme(initialTheme);
  const unsubscribe = store.onChange(() => {
    if (store.counts === shown) return;
    shown = store.counts;
    geojsonSource(map, ID)?.setData(collection(store));
  });

  return {
    setTheme,
    setVisible(visible) {
      for (const id of [ID, NUMBERS]) map.setLayoutProperty(id, 'visibility', visible ? 'visible' : 'none');
    },
    remove() {
      unsubscribe();
      map.removeLayer(NUMBERS);
      map.removeLayer(ID);
      map.removeSource(ID);
    },
  };
}

function collection({ counts }: UnitStore): GeoJSON.FeatureCollection<GeoJSON.Point> {
  return {
    type: 'FeatureCollection',
    features: counts.map(({ lon, lat, count, alarms }) => ({
      type: 'Feature',
      properties: { count, alarms },
      geometry: { type: 'Point', coordinates: [lon, lat] },
    })),
  };
}
