import type { Map as MapLibre } from 'maplibre-gl';
import type { IncidentSources } from '../../incidents/cluster-feed.ts';
import type { Theme } from '../../palette.ts';
import { useView } from '../../state/view.ts';
import { CLUSTER_MAX_ZOOM } from '../../workers/cluster-index.ts';
import { anchor } from '../anchors.ts';
import { watchWindow } from '../window.ts';
import { addIncidentHeat } from './incident-heat.ts';
import { PlaceList } from './incidents/place-list.ts';
import { placeListTexts } from './incidents/place-list-texts.ts';
import { SymbolLayer } from './incidents/symbol-layer.ts';
import type { MapSymbol } from './incidents/symbols.ts';

/** How the layers look and which of them are seen. */
export interface IncidentLayersView {
  theme: Theme;
  language: 'id' | 'en';
  incidents: boolean;
  heat: boolean;
}

export interface IncidentLayers {
  update(view: IncidentLayersView): void;
  /**
   * Acts on a click at a place of the map (CSS pixels from its top left): selects the incident there, opens the list of
   * its place, or moves closer until the cluster falls apart. False when there is nothing.
   */
  click(point: { x: number; y: number }): boolean;
  /** Whether a click there would meet something. */
  isAt(point: { x: number; y: number }): boolean;
  /** What is on the map, in the order in which it is drawn: for tests and the console. */
  clusters(): { id: string | undefined; lon: number; lat: number; count: number; x: number; y: number }[];
  remove(): void;
}

/** Adds clusters, single incidents and their heat to the map. */
export function addIncidentLayers(
  map: MapLibre,
  incidents: IncidentSources,
  initial: IncidentLayersView,
): IncidentLayers {
  const { clusters } = incidents;
  let view = initial;
  let opened: MapSymbol | undefined;
  const symbols = new SymbolLayer(view);
  const heat = addIncidentHeat(map, incidents);
  const list = new PlaceList(map);
  const show = () => {
    map.setLayoutProperty(symbols.id, 'visibility', view.incidents ? 'visible' : 'none');
    heat.setVisible(view.heat);
  };
  const listOptions = () => {
    const { set } = useView.getState();
    return {
      theme: view.theme,
      texts: placeListTexts(view.language),
      selected: selectedIncident(),
      onSelect: (id: string) => set({ selection: { kind: 'incident', id } }),
    };
  };
  const openList = async (symbol: MapSymbol) => {
    opened = symbol;
    const points = await clusters.members(symbol.identity, map.getZoom());
    if (opened === symbol) list.open(symbol.lon, symbol.lat, points, listOptions());
  };
  const updateList = async () => {
    if (opened && list.isOpen) list.update(await clusters.members(opened.identity, map.getZoom()), listOptions());
  };

  map.addLayer(symbols, anchor('incident'));
  show();
  // Symbols drawn before the font came are drawn anew with it.
  void document.fonts.load('600 13px "Noto Sans"').then(() => symbols.setStyle(view));
  const follow = () => clusters.setSelection(selectedIncident());
  follow();
  const stops = [
    useView.subscribe(follow),
    watchWindow(map, (bounds, zoom) => clusters.setWindow(bounds, zoom)),
    clusters.onClusters(({ columns, selected }) => {
      symbols.update(columns, selected);
      void updateList();
    }),
  ];
  const at = (point: { x: number; y: number }) => (view.incidents ? symbols.at(point) : undefined);

  return {
    update(next) {
      const { theme, language } = view;
      view = next;
      if (next.theme !== theme || next.language !== language) {
        symbols.setStyle(next);
        list.close();
      }
      show();
    },
    click(point) {
      const symbol = at(point);
      if (!symbol) return false;
      const id = clusters.idOf(symbol.identity);
      const { lon, lat, expansion, composition } = symbol;
      if (composition.count === 1) {
        list.close();
        if (id !== undefined) useView.getState().set({ selection: { kind: 'incident', id } });
      } else if (expansion > CLUSTER_MAX_ZOOM || map.getZoom() >= Math.min(CLUSTER_MAX_ZOOM, map.getMaxZoom())) {
        void openList(symbol);
      } else {
        list.close();
        map.easeTo({ center: [lon, lat], zoom: Math.min(expansion, map.getMaxZoom()), duration: 400 });
      }
      return true;
    },
    isAt: (point) => at(point) !== undefined,
    clusters: () =>
      [...symbols.symbols.values()].map(({ identity, lon, lat, composition, screenX, screenY }) => ({
        id: clusters.idOf(identity),
        lon,
        lat,
        count: composition.count,
        x: screenX,
        y: screenY,
      })),
    remove() {
      for (const stop of stops) stop();
      list.close();
      heat.remove();
      map.removeLayer(symbols.id);
    },
  };
}

function selectedIncident(): string | undefined {
  const { selection } = useView.getState();
  return selection?.kind === 'incident' ? selection.id : undefined;
}
