/** The thread that borders are found in. It takes the outlines of one ground in parts, then what else is told of it. */
import { parentPort } from 'node:worker_threads';
import { readMultiPolygon } from '../database/wkb.ts';
import type { Outline } from './edge-network.ts';
import { type GroundFacts, groundBodies } from './ground-body.ts';

/** Outlines in WKB, or all else: the question. */
export type GroundMessage = { part: (Uint8Array | null)[] } | { facts: GroundFacts };

/** The answers as JSON in UTF-8. */
export interface GroundAnswer {
  ground: Uint8Array;
  borders: Uint8Array;
}

const outlines: Outline[] = [];

parentPort?.on('message', (message: GroundMessage) => {
  if ('part' in message) {
    for (const wkb of message.part) outlines.push(wkb ? readMultiPolygon(wkb) : []);
    return;
  }
  const { ground, borders } = groundBodies(message.facts, outlines);
  const answer: GroundAnswer = { ground: written(ground), borders: written(borders) };
  parentPort?.postMessage(answer);
});

function written(body: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(body));
}
