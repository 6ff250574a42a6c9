import type * as maplibregl from 'maplibre-gl';
import { AREA_LEVELS } from '../../../shared/area-code.ts';
import { fetchAreaShape } from '../../api/map-data.ts';
import type { Theme } from '../../palette.ts';
import { anchor } from '../anchors.ts';
import { geojsonSource, stands } from '../graphics.ts';
import { AREA_FILL } from '../style/area-layers.ts';
import { MAP_COLOURS } from '../style/colours.ts';

const ID = 'area-selected';
const NOTHING: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

export interface AreaHighlight {
  /** The narrowest area drawn at a point of the canvas (CSS pixels), or `undefined`. */
  areaAt(point: maplibregl.PointLike): { code: string; name: string } | undefined;
  /** Shades the area under the pointer; `undefined` for none. */
  setHovered(code: string | undefined): void;
  /** Outlines this area; `undefined` for none. */
  setSelected(code: string | undefined): void;
  setTheme(theme: Theme): void;
  setVisible(visible: boolean): void;
  /** Reads the areas anew, after an import. */
  refresh(): void;
  remove(): void;
}

/** Adds the outline of the selected area and the shade of the one under the pointer. */
export function addAreaHighlight(map: maplibregl.Map, initialTheme: Theme): AreaHighlight {
  let hovered: string | undefined;
  let stop = new AbortController();
  let selected: string | undefined;
  const areaLayers = map.getLayersOrder().filter((id) => id.startsWith('area-'));
  const { selected: colour, halo } = MAP_COLOURS[initialTheme];

  map.addSource(ID, { type: 'geojson', data: NOTHING });
  map.addLayer(
    {
      id: `${ID}-casing`,
      type: 'line',
      source: ID,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': halo, 'line-width': 5 },
    },
    anchor('area-line'),
  );
  map.addLayer(
    {
      id: ID,
      type: 'line',
      source: ID,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colour, 'line-width': 2.2 },
    },
    anchor('area-line'),
  );

  const hover = (code: string | undefined, on: boolean) => {
    if (code && stands(map)) map.setFeatureState({ source: 'areas', sourceLayer: 'area', id: code }, { hover: on });
  };
  const show = (code: string | undefined) => {
    stop.abort();
    stop = new AbortController();
    geojsonSource(map, ID)?.setData(NOTHING);
    if (code === undefined) return;
    fetchAreaShape(code, stop.signal).then(
      (shape) => geojsonSource(map, ID)?.setData(shape),
      // The panel of the area tells what is wrong.
      () => undefined,
    );
  };

  return {
    areaAt(point) {
      const found = map.queryRenderedFeatures(point, { layers: [AREA_FILL] });
      const ranked = found.toSorted((a, b) => rankOf(b) - rankOf(a))[0]?.properties;
      return ranked ? { code: String(ranked.code), name: String(ranked.name) } : undefined;
    },
    setHovered(code) {
      if (code === hovered) return;
      hover(hovered, false);
      hover(code, true);
      hovered = code;
    },
    setSelected(code) {
      if (code === selected) return;
      selected = code;
      show(code);
    },
    setTheme(theme) {
      map.setPaintProperty(ID, 'line-color', MAP_COLOURS[theme].selected);
      map.setPaintProperty(`${ID}-casing`, 'line-color', MAP_COLOURS[theme].halo);
    },
    setVisible(visible) {
      for (const id of areaLayers) map.setLayoutProperty(id, 'visibility', visible ? 'visible' : 'none');
    },
    refresh() {
      if (!stands(map)) return;
      // A base map of its own has no `base` of ours.
      for (const source of ['areas', 'base']) if (map.getSource(source)) map.refreshTiles(source);
      show(selected);
    },
    remove() {
      stop.abort();
      map.removeLayer(ID);
      map.removeLayer(`${ID}-casing`);
      map.removeSource(ID);
    },
  };
}

function rankOf(feature: maplibregl.MapGeoJSONFeature): number {
  return AREA_LEVELS.indexOf(feature.properties.level);
}
