import * as maplibregl from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { UnitPosition } from '../live/socket.ts';

maplibregl.setWorkerUrl(workerUrl);

/** Owns the one map. */
export class MapController {
  readonly map: maplibregl.Map;
  private readonly units = new Map<number, UnitPosition>();

  constructor(container: HTMLElement) {
    this.map = new maplibregl.Map({
      container,
      center: [106.8, -6.2],
      zoom: 10,
      style: {
        version: 8,
        sources: { units: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } } },
        layers: [
          { id: 'background', type: 'background', paint: { 'background-color': '#0E1726' } },
          { id: 'units', type: 'circle', source: 'units', paint: { 'circle-radius': 7, 'circle-color': '#7DC4FF' } },
        ],
      },
    });
    // For the browser's console and the end-to-end tests.
    Object.assign(globalThis, { ronda: this });
  }

  setPositions(positions: UnitPosition[]): void {
    for (const position of positions) this.units.set(position.unitId, position);
    const source = this.map.getSource<maplibregl.GeoJSONSource>('units');
    source?.setData({
      type: 'FeatureCollection',
      features: [...this.units.values()].map(({ unitId, lon, lat }) => ({
        type: 'Feature',
        id: unitId,
        properties: {},
        geometry: { type: 'Point', coordinates: [lon, lat] },
      })),
    });
  }

  remove(): void {
    this.map.remove();
  }
}
