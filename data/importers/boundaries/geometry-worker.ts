/** The thread that GEOS runs in: one verdict for each request, in order. It is ended when a request takes too long. */
import { parentPort } from 'node:worker_threads';
import { decodePolygons } from '../wkb.ts';
import { Geos } from './geos.ts';
import { judge, unite, type Verdict } from './repair.ts';

export interface GeometryRequest {
  task: 'judge' | 'unite';
  wkb: Uint8Array;
}

const geos = await Geos.load();
parentPort?.postMessage('ready');
parentPort?.on('message', ({ task, wkb }: GeometryRequest) => {
  const polygons = decodePolygons(Buffer.from(wkb.buffer, wkb.byteOffset, wkb.byteLength));
  let verdict: Verdict;
  try {
    verdict = task === 'judge' ? judge(geos, polygons) : unite(geos, polygons);
  } catch (error) {
    verdict = { kind: 'refused', reason: (error as Error).message };
  }
  parentPort?.postMessage(verdict);
});
