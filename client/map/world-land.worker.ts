import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { request } from '../api/request.ts';
import { unwrapLand } from './unwrap-land.ts';

/** Reads the world's land off the page's own thread: takes the file's address, answers it as GeoJSON in a Blob. */
self.onmessage = async ({ data: address }: MessageEvent<string>) => {
  const world = await request<Topology<{ land: GeometryCollection }>>(address);
  const land = unwrapLand(feature(world, world.objects.land));
  self.postMessage(new Blob([JSON.stringify(land)], { type: 'application/json' }));
};
