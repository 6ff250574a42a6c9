/** The thread that areas' outlines are compared in. It takes one set of them at a time: parts, then the question. */
import { parentPort } from 'node:worker_threads';
import { contiguityNeighbours } from '../../shared/stats/index.ts';
import { readMultiPolygon } from './wkb.ts';

export type OutlineMessage = { part: (Uint8Array | null)[] } | 'neighbours';

/** The neighbours of all outlines in the order they came, or why there are none. */
export type OutlineAnswer = { starts: Uint32Array; neighbours: Uint32Array } | { problem: string };

const outlines: ReturnType<typeof readMultiPolygon>[] = [];

parentPort?.on('message', (message: OutlineMessage) => {
  if (message !== 'neighbours') {
    for (const wkb of message.part) outlines.push(wkb ? readMultiPolygon(wkb) : []);
    return;
  }
  const found = contiguityNeighbours(outlines);
  const answer: OutlineAnswer = found.ok ? found.value : { problem: found.detail };
  parentPort?.postMessage(answer);
});
