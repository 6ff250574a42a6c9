import type { ExpressionSpecification, Map as MapLibre } from 'maplibre-gl';
import type { IncidentSources } from '../../incidents/cluster-feed.ts';
import { HEAT_RADIUS_PIXELS, HEAT_RAMPS } from '../../incidents/heat.ts';
import type { Theme } from '../../palette.ts';
import { anchor } from '../anchors.ts';
import { geojsonSource, stands } from '../graphics.ts';

const ID = 'incident-heat';
const REFRESH_MS = 1000;
const NOTHING = { type: 'FeatureCollection' as const, features: [] };

export interface HeatLayer {
  setVisible(visible: boolean): void;
  setTheme(theme: Theme): void;
  remove(): void;
}

/**
 * Density of what passes the filter, patrol-found incidents left out. Every incident weighs the same;
 * the colours are relative to the densest places of what is shown.
 * Its points go from the cluster worker to the map's worker behind a URL; the page never holds them.
 */
export function addIncidentHeat(map: MapLibre, { clusters, shown }: IncidentSources, initialTheme: Theme): HeatLayer {
  let visible = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let removed = false;

  map.addSource(ID, { type: 'geojson', data: NOTHING });
  map.addLayer(
    {
      id: ID,
      type: 'heatmap',
      source: ID,
      layout: { visibility: 'none' },
      paint: {
        'heatmap-radius': HEAT_RADIUS_PIXELS,
        'heatmap-color': colours(initialTheme),
        'heatmap-opacity': 0.8,
      },
    },
    anchor('heat'),
  );

  const refresh = async () => {
    timer = undefined;
    const { url, intensities } = await clusters.heat();
    if (removed || !visible || !stands(map)) return;
    geojsonSource(map, ID)?.setData(url);
    map.setPaintProperty(ID, 'heatmap-intensity', ['interpolate', ['exponential', 2], ['zoom'], ...intensities.flat()]);
  };
  const schedule = (after: number) => {
    if (visible) timer ??= setTimeout(() => void refresh(), after);
  };
  const stop = shown.onChange(() => schedule(REFRESH_MS));

  return {
    setVisible(next) {
      if (next === visible) return;
      visible = next;
      map.setLayoutProperty(ID, 'visibility', visible ? 'visible' : 'none');
      schedule(0);
    },
    setTheme: (theme) => map.setPaintProperty(ID, 'heatmap-color', colours(theme)),
    remove() {
      removed = true;
      clearTimeout(timer);
      stop();
      map.removeLayer(ID);
      map.removeSource(ID);
    },
  };
}

function colours(theme: Theme): ExpressionSpecification {
  return ['interpolate', ['linear'], ['heatmap-density'], ...HEAT_RAMPS[theme].flat()];
}
