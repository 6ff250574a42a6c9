import * as maplibregl from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { latitudeOf, longitudeOf } from '../../shared/live/cells.ts';
import type { Bounds, LiveClient } from '../live/client.ts';
import type { UnitStore } from '../live/unit-store.ts';
import { useView } from '../state/view.ts';
import { inSlots } from './anchors.ts';
import { boundsOf, watchWindow } from './window.ts';

maplibregl.setWorkerUrl(workerUrl);

/** Where the map looks: degrees and MapLibre's zoom. */
export interface MapView {
  lon: number;
  lat: number;
  zoom: number;
}

export interface MapParts {
  /** The live stream: its window follows the map's, its units are drawn. */
  live?: LiveClient;
  /** Where to begin: a view, or bounds to fit; the whole of Indonesia otherwise. */
  view?: MapView | Bounds;
}

const INDONESIA: Bounds = [95, -11, 141, 6];

/**
 * Owns the one map of the page. React mounts it once and talks to it by these methods;
 * selection, tool, theme and layers it reads from the view state by itself.
 */
export class MapController {
  readonly map: maplibregl.Map;
  /** Settles when the built-in style stands and layers can be added between its anchors. */
  readonly ready: Promise<void>;
  private readonly stops: (() => void)[] = [];
  private onPick: ((place: { lon: number; lat: number }) => void) | undefined;

  constructor(container: HTMLElement, { live, view = INDONESIA }: MapParts = {}) {
    this.map = new maplibregl.Map({
      container,
      ...(Array.isArray(view) ? { bounds: view } : { center: [view.lon, view.lat], zoom: view.zoom }),
      attributionControl: false,
      style: {
        version: 8,
        sources: { units: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } } },
        layers: inSlots({
          base: [{ id: 'background', type: 'background', paint: { 'background-color': '#0E1726' } }],
          unit: [
            { id: 'units', type: 'circle', source: 'units', paint: { 'circle-radius': 7, 'circle-color': '#7DC4FF' } },
          ],
        }),
      },
    });
    this.ready = new Promise((resolve) => this.map.once('load', () => resolve()));
    if (live) {
      this.stops.push(this.onWindow((bounds, zoom) => live.setWindow(bounds, zoom)));
      this.stops.push(live.units.onChange(() => this.drawUnits(live.units)));
    }
    this.map.on('click', ({ lngLat }) => this.click(lngLat));
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

  remove(): void {
    for (const stop of this.stops) stop();
    this.map.remove();
  }

  private drawUnits({ ids, toX, toY, count }: UnitStore): void {
    const features = Array.from({ length: count }, (_, slot) => ({
      type: 'Feature' as const,
      id: ids[slot] ?? 0,
      properties: {},
      geometry: { type: 'Point' as const, coordinates: [longitudeOf(toX[slot] ?? 0), latitudeOf(toY[slot] ?? 0)] },
    }));
    this.map.getSource<maplibregl.GeoJSONSource>('units')?.setData({ type: 'FeatureCollection', features });
  }

  private click({ lng, lat }: maplibregl.LngLat): void {
    if (useView.getState().tool !== 'pick-place') return;
    const callback = this.onPick;
    this.onPick = undefined;
    useView.getState().set({ tool: 'select' });
    callback?.({ lon: lng, lat });
  }
}
