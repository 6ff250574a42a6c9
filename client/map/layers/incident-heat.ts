import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import type { IncidentSources } from '../../incidents/cluster-feed.ts';
import { HEAT_RADIUS_PIXELS, HEAT_RAMP } from '../../incidents/heat.ts';
import { anchor } from '../anchors.ts';

const ID = 'incident-heat';
const REFRESH_MS = 1000;
const NOTHING = { type: 'FeatureCollection' as const, features: [] };

export interface HeatLayer {
  setVisible(visible: boolean): void;
  remove(): void;
}

/**
 * Density of what passes the filter, patrol-found incidents left out. Every incident weighs the same.
 * Its points go from the cluster worker to the map's worker behind a URL; the page never holds them.
 */
export function addIncidentHeat(map: MapLibre, { clusters, shown }: IncidentSources): HeatLayer {
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
        // A point weighs less the more of the map shares a pixel, so that the colours keep to a readable range.
        'heatmap-intensity': ['interpolate', ['exponential', 1.5], ['zoom'], 6, 0.03, 10, 0.15, 14, 0.7, 17, 1],
        'heatmap-color': ['interpolate', ['linear'], ['heatmap-density'], 0, 'rgba(68,1,84,0)', ...HEAT_RAMP.flat()],
        'heatmap-opacity': 0.8,
      },
    },
    anchor('heat'),
  );

  const refresh = async () => {
    timer = undefined;
    const { url } = await clusters.heat();
    if (!removed && visible) map.getSource<GeoJSONSource>(ID)?.setData(url);
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
    remove() {
      removed = true;
      clearTimeout(timer);
      stop();
      map.removeLayer(ID);
      map.removeSource(ID);
    },
  };
}
