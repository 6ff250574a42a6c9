import type * as maplibregl from 'maplibre-gl';
import landUrl from 'world-atlas/land-50m.json?url';
import { geojsonSource } from './graphics.ts';

/** Fetches the world's coast and fills it in; read and converted in a worker, so that the page does not wait for it. */
export function showWorldLand(map: maplibregl.Map): void {
  const worker = new Worker(new URL('./world-land.worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<Blob>) => {
    worker.terminate();
    // The address stays valid for the life of the page: a lost graphics context reads it again.
    void geojsonSource(map, 'world')?.setData(URL.createObjectURL(data));
  };
  worker.onerror = () => worker.terminate();
  worker.postMessage(new URL(landUrl, location.href).href);
}
