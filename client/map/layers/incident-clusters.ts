import type { Map as MapLibre } from 'maplibre-gl';
import type { IncidentSources } from '../../incidents/cluster-feed.ts';
import { useView, type ViewState } from '../../state/view.ts';
import { CLUSTER_MAX_ZOOM } from '../../workers/cluster-index.ts';
import { anchor } from '../anchors.ts';
import type { Pointable } from '../pointer.ts';
import { watchWindow } from '../window.ts';
import { addIncidentHeat } from './incident-heat.ts';
import { PlaceList } from './incidents/place-list.ts';
import { SymbolLayer } from './incidents/symbol-layer.ts';
import type { MapSymbol } from './incidents/symbols.ts';
import { detailOf, nameOf } from './incidents/words.ts';

/** What of the view the incidents follow. */
type View = Pick<ViewState, 'theme' | 'language' | 'layers' | 'selection'>;

export interface IncidentLayers extends Pointable {
  /** Follows the view; cheap when nothing of its own changed. */
  update(view: View): void;
  /** What is on the map, in the order in which it is drawn; x and y are CSS pixels. For tests and the console. */
  clusters(): { id: string | undefined; lon: number; lat: number; count: number; x: number; y: number }[];
  /** Puts back what a lost graphics context took away. */
  restore(): void;
  remove(): void;
}

/**
 * Adds clusters, single incidents and their heat to the map. A click on an incident selects it, one on a cluster moves
 * closer until it falls apart, and one on incidents of the same place opens their list.
 */
export function addIncidentLayers(map: MapLibre, sources: IncidentSources, initial: View): IncidentLayers {
  const { clusters, shown } = sources;
  let view = initial;
  let opened: MapSymbol | undefined;
  const select = (id: string) => useView.getState().set({ selection: { kind: 'incident', id } });
  const symbols = new SymbolLayer(initial);
  const heat = addIncidentHeat(map, sources, initial.theme);
  const list = new PlaceList(map, { detail: (point) => detailOf(point, view.language), onSelect: select });
  const membersOf = (symbol: MapSymbol) => clusters.members(symbol.identity, map.getZoom());

  const openList = async (symbol: MapSymbol) => {
    opened = symbol;
    const points = await membersOf(symbol);
    if (opened === symbol) list.open(symbol, points, view.theme, selectedIncident(view));
  };
  const updateList = async () => {
    if (opened && list.isOpen) list.update(await membersOf(opened), view.theme, selectedIncident(view));
  };
  const show = () => {
    map.setLayoutProperty(symbols.id, 'visibility', view.layers.incidents ? 'visible' : 'none');
    heat.setVisible(view.layers.heat);
    clusters.setSelection(selectedIncident(view));
  };
  const click = (symbol: MapSymbol) => {
    const { identity, lon, lat, expansion, composition } = symbol;
    const closest = Math.min(CLUSTER_MAX_ZOOM, map.getMaxZoom());
    if (composition.count > 1 && (expansion > closest || map.getZoom() >= closest)) return void openList(symbol);
    list.close();
    if (composition.count > 1) map.easeTo({ center: [lon, lat], zoom: expansion, duration: 400 });
    else select(clusters.idOf(identity) ?? '');
  };

  map.addLayer(symbols, anchor('incident'));
  show();
  // Numbers drawn before their font came are drawn anew with it.
  void document.fonts.load('600 13px "Noto Sans"').then(() => symbols.setStyle(view));
  const stops = [
    watchWindow(map, (bounds, zoom) => clusters.setWindow(bounds, zoom)),
    clusters.onClusters(({ columns, selected }) => {
      symbols.update(columns, selected);
      void updateList();
    }),
  ];

  return {
    update(next) {
      const before = view;
      view = next;
      if (next.theme !== before.theme || next.language !== before.language) {
        symbols.setStyle(next);
        heat.setTheme(next.theme);
        list.close();
      }
      if (next.layers !== before.layers || next.selection !== before.selection) show();
    },
    at(point) {
      const symbol = view.layers.incidents ? symbols.at(point) : undefined;
      if (!symbol) return undefined;
      const first = shown.points.get(clusters.idOf(symbol.identity) ?? '');
      return { name: nameOf(symbol.composition, first), click: () => click(symbol) };
    },
    clusters: () =>
      [...symbols.symbols.values()].map(({ identity, lon, lat, composition, screenX, screenY }) => ({
        id: clusters.idOf(identity),
        lon,
        lat,
        count: composition.count,
        x: screenX,
        y: screenY,
      })),
    restore() {
      map.addLayer(symbols, anchor('incident'));
      show();
    },
    remove() {
      for (const stop of stops) stop();
      list.close();
      heat.remove();
      map.removeLayer(symbols.id);
    },
  };
}

function selectedIncident({ selection }: View): string | undefined {
  return selection?.kind === 'incident' ? selection.id : undefined;
}
