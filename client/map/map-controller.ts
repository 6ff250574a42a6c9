import * as maplibregl from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import './map.css';
import type { IncidentSources } from '../incidents/cluster-feed.ts';
import type { Bounds, LiveClient } from '../live/client.ts';
import { useView, type ViewState } from '../state/view.ts';
import type { AnalysisMap } from './analysis-map.ts';
import { onGraphicsGone, onRestored, stands } from './graphics.ts';
import { addIncidentLayers, type IncidentLayers } from './layers/incident-clusters.ts';
import type { ShapeParts } from './layers/shape-preview.ts';
import { addLayers, type Layers } from './layers.ts';
import { mapOptions } from './own-style.ts';
import type { PlanMap } from './plan-map.ts';
import { followPointer } from './pointer.ts';
import { applyTheme, wearTheme } from './theme.ts';
import { boundsOf, watchWindow } from './window.ts';
import { showWorldLand } from './world-land.ts';

maplibregl.setWorkerUrl(workerUrl);

/** Where the map looks: degrees and MapLibre's zoom. */
export interface MapView {
  lon: number;
  lat: number;
  zoom: number;
}

export interface MapParts {
  /** The live stream: its window follows the map's, its units are drawn. */
  live: LiveClient;
  /** The incidents to be drawn. */
  incidents?: IncidentSources;
  /** Where to begin: a view, or bounds to fit; the whole of Indonesia otherwise. */
  view?: MapView | Bounds;
}

/** A lost graphics context mostly comes back sooner. */
const GRAPHICS_PATIENCE_MS = 5_000;

/** Around what the map begins with, CSS pixels. */
export const MARGIN = 24;

const INDONESIA: Bounds = [95, -11, 141, 6];

/**
 * Owns the one map of the page. React mounts it once and talks to it by these methods;
 * selection, tool, theme and layers it reads from the view state by itself.
 * Throws where the browser has no WebGL 2.
 */
export class MapController {
  readonly map: maplibregl.Map;
  /** Settles when the built-in style stands and layers can be added between its anchors. */
  readonly ready: Promise<void>;
  /** The base map that replaced the built-in one: the address of a style or a PMTiles file. */
  basemap: string | undefined;
  /** Clusters and incidents, once the map stands. */
  incidents: IncidentLayers | undefined;
  private figures: AnalysisMap | undefined;
  private plan: PlanMap | undefined;
  private readonly live: LiveClient;
  private readonly sources: IncidentSources | undefined;
  private readonly stops: (() => void)[] = [];
  private layers: Layers | undefined;
  private theme = useView.getState().theme;
  private onPickArea: ((area: { code: string; name: string }) => void) | undefined;
  private stopDrawing: (() => void) | undefined;
  private onPick: ((place: { lon: number; lat: number }) => void) | undefined;

  constructor(container: HTMLElement, { live, incidents, view = INDONESIA }: MapParts) {
    this.live = live;
    this.sources = incidents;
    wearTheme(container, this.theme);
    this.map = new maplibregl.Map({
      container,
      ...(Array.isArray(view)
        ? { bounds: view, fitBoundsOptions: { padding: MARGIN } }
        : { center: [view.lon, view.lat], zoom: view.zoom }),
      ...mapOptions(this.theme),
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new maplibregl.ScaleControl({ maxWidth: 110 }), 'bottom-left');
    this.map.addControl(new maplibregl.AttributionControl({ compact: true }), 'bottom-right');
    this.ready = new Promise((resolve) => this.map.once('style.load', () => resolve()));
    void this.ready.then(() => this.begin());
    this.stops.push(this.onWindow((bounds, zoom) => live.setWindow(bounds, zoom)));
    this.stops.push(
      live.onPublished(() => this.refreshAreas()),
      refreshAfterCuts(live, () => this.refreshAreas()),
    );
    // For the browser's console and the end-to-end tests.
    Object.assign(globalThis, { ronda: this });
  }

  /** Moves to a place, keeping the zoom unless one is given. */
  flyTo({ lon, lat, zoom }: { lon: number; lat: number; zoom?: number }): void {
    this.map.flyTo({ center: [lon, lat], ...(zoom === undefined ? {} : { zoom }), duration: 900 });
  }

  /** Shows the whole of [west, south, east, north] with a margin. */
  fitBounds(bounds: Bounds): void {
    this.map.fitBounds(bounds, { padding: 48, maxZoom: 17, duration: 900 });
  }

  /** The window: west, south, east, north, degrees. */
  bounds(): Bounds {
    return boundsOf(this.map);
  }

  /** Where the map looks now. */
  view(): MapView {
    const { lng, lat } = this.map.getCenter();
    return { lon: lng, lat, zoom: this.map.getZoom() };
  }

  /** Calls back with window and zoom: now, every 150 ms of a movement, and at its end. Returns the way to stop it. */
  onWindow(callback: (bounds: Bounds, zoom: number) => void): () => void {
    return watchWindow(this.map, callback);
  }

  /** The next click on the map goes to `callback` instead of selecting; sets the tool `pick-place`. Returns the way to give up. */
  pick(callback: (place: { lon: number; lat: number }) => void): () => void {
    this.onPick = callback;
    useView.getState().set({ tool: 'pick-place' });
    return () => {
      if (this.onPick !== callback) return;
      this.onPick = undefined;
      useView.getState().set({ tool: 'select' });
    };
  }

  /** Clicks on the map go to `callback` with the area under them; sets the tool `pick-area`, and ends when that is laid down. */
  pickAreas(callback: (area: { code: string; name: string }) => void): void {
    useView.getState().set({ tool: 'pick-area' });
    this.onPickArea = callback;
  }

  /** The next polygon drawn goes to `callback`, its rings in degrees; sets the tool `draw-polygon`, and ends when that is laid down. */
  async drawPolygon(callback: (rings: GeoJSON.Position[][]) => void): Promise<void> {
    useView.getState().set({ tool: 'draw-polygon' });
    const { drawPolygon } = await import('./tools/draw-polygon.ts');
    if (useView.getState().tool !== 'draw-polygon') return;
    this.stopDrawing?.();
    this.stopDrawing = drawPolygon(this.map, this.theme, (rings) => {
      // Not within its own event: it is still busy with the polygon.
      setTimeout(() => useView.getState().set({ tool: 'select' }));
      callback(rings);
    });
  }

  /** Outlines where the person's roles are in force, and dims the rest; no shapes for no limits. */
  async showJurisdictions(shapes: GeoJSON.Position[][][][]): Promise<void> {
    await this.ready;
    this.layers?.jurisdiction.setShapes(shapes);
  }

  /** Shows a shape that is being put together. */
  async previewShape(parts: ShapeParts): Promise<void> {
    await this.ready;
    this.layers?.preview.show(parts);
  }

  /**
   * Shows one place after another, for the wall display. Returns the way to stop it.
   * @param stops bounds to show in turn @param everyMs time at each
   */
  rotateFocus(stops: Bounds[], everyMs = 20_000): () => void {
    let at = 0;
    const next = () => {
      const stop = stops[at++ % stops.length];
      if (stop) this.fitBounds(stop);
    };
    next();
    const timer = setInterval(next, everyMs);
    return () => clearInterval(timer);
  }

  /** The figures of the analysis room, once the map stands; what draws them is fetched when it is first wanted. */
  async analysis(): Promise<AnalysisMap> {
    await this.ready;
    const { AnalysisMap } = await import('./analysis-map.ts');
    this.figures ??= new AnalysisMap(this.map);
    return this.figures;
  }

  /** The plan of the planner's room, once the map stands; as {@link analysis}. */
  async planning(): Promise<PlanMap> {
    await this.ready;
    const { PlanMap } = await import('./plan-map.ts');
    this.plan ??= new PlanMap(this.map);
    return this.plan;
  }

  /** Calls back when the browser took the graphics away and did not give them back. Returns the way to stop it. */
  onGraphicsGone(callback: () => void): () => void {
    return onGraphicsGone(this.map, GRAPHICS_PATIENCE_MS, callback);
  }

  /** Replaces the base map by a style or a PMTiles file; rejects with the reason when it cannot, and the built-in one stays. */
  async setBasemap(address: string): Promise<void> {
    await this.ready;
    const { replaceBasemap } = await import('./basemap.ts');
    await replaceBasemap(this.map, address, this.theme);
    this.basemap = address;
  }

  /** Reads areas and base map anew, after an import. */
  refreshAreas(): void {
    this.layers?.areas.refresh();
    this.figures?.refresh();
    this.plan?.refresh();
  }

  /** The units drawn within the canvas now, in CSS pixels from its top left corner. For tests and the console. */
  unitsOnScreen(): { id: number; x: number; y: number }[] {
    return this.layers?.units.onScreen() ?? [];
  }

  /** Frames in which units were drawn since the map was made. For benchmarks. */
  framesDrawn(): number {
    return this.layers?.units.frames() ?? 0;
  }

  remove(): void {
    for (const stop of this.stops) stop();
    this.figures?.remove();
    this.plan?.remove();
    this.layers?.remove();
    this.incidents?.remove();
    this.map.remove();
  }

  private begin(): void {
    showWorldLand(this.map);
    const layers = addLayers(this.map, this.live, this.theme);
    this.layers = layers;
    const incidents = this.sources && addIncidentLayers(this.map, this.sources, useView.getState());
    this.incidents = incidents;
    let shown: ViewState | undefined;
    const follow = (view: ViewState) => {
      if (!stands(this.map)) return;
      this.follow(layers, view, shown);
      incidents?.update(view);
      shown = view;
    };
    follow(useView.getState());
    this.stops.push(
      useView.subscribe(follow),
      onRestored(this.map, () => {
        incidents?.restore();
        follow(useView.getState());
      }),
      followPointer(this.map, {
        ...layers,
        incidents,
        figures: () => (useView.getState().room === 'perencanaan' ? this.plan : this.figures),
        callsign: (unit) => this.live.units.unit(unit)?.callsign ?? `#${unit}`,
        tool: () => useView.getState().tool,
        select: (selection) => useView.getState().set({ selection }),
        pick: (place) => this.picked(place),
        pickArea: (area) => this.onPickArea?.(area),
      }),
    );
  }

  /** Hands on what differs between two view states. */
  private follow(layers: Layers, view: ViewState, before: ViewState | undefined): void {
    if (view.theme !== this.theme) {
      applyTheme(this.map, this.theme, view.theme);
      this.theme = view.theme;
      layers.setTheme(view.theme);
    }
    if (view.selection !== before?.selection || view.trail !== before?.trail) layers.select(view.selection, view.trail);
    if (view.layers !== before?.layers) layers.show(view.layers);
    if (view.tool !== before?.tool) {
      if (view.tool !== 'pick-place') this.onPick = undefined;
      if (view.tool !== 'pick-area') this.onPickArea = undefined;
      if (view.tool !== 'draw-polygon') {
        this.stopDrawing?.();
        this.stopDrawing = undefined;
      }
      this.map.getContainer().classList.toggle('map-picking', view.tool !== 'select');
      layers.measure.start(
        view.tool === 'measure-distance' ? 'distance' : view.tool === 'measure-area' ? 'area' : undefined,
      );
    }
  }

  private picked(place: { lon: number; lat: number }): void {
    const callback = this.onPick;
    useView.getState().set({ tool: 'select' });
    callback?.(place);
  }
}

/** What was published while the connection was cut is not told later: tiles are asked for again once it stands. */
function refreshAfterCuts(live: LiveClient, refresh: () => void): () => void {
  let cut = false;
  return live.subscribeStatus(({ state }) => {
    if (state === 'reconnecting' || state === 'stale') cut = true;
    if (state !== 'live' || !cut) return;
    cut = false;
    refresh();
  });
}
