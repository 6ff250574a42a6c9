/** The thread that outlines are compared and filled in. It takes the outlines of one question in parts, then the question. */
import { parentPort } from 'node:worker_threads';
import type { Grid } from '../../shared/schemas/hotspot.ts';
import { contiguityNeighbours } from '../../shared/stats/index.ts';
import { readMultiPolygon } from '../database/wkb.ts';
import { cellsOfPlaces, leastMetres, originOf } from './cell-fill.ts';

const SETS = ['areas', 'drawn', 'within'] as const;

/** Outlines in WKB, or what is asked of all that came: which areas touch, or the cells of places. */
export type OutlineMessage =
  | { set: (typeof SETS)[number]; part: (Uint8Array | null)[] }
  | { ask: 'neighbours' }
  | { ask: 'cells'; grid: Pick<Grid, 'shape' | 'metres'>; most: number };

export type OutlineAnswer =
  | { kind: 'neighbours'; starts: Uint32Array; neighbours: Uint32Array }
  | { kind: 'cells'; grid: Grid; q: number[]; r: number[] }
  /** The smallest cells of which there are not too many, metres. */
  | { kind: 'too-many'; leastMetres: number }
  | { kind: 'refused'; problem: string };

const outlines = { areas: [], drawn: [], within: [] } as Record<
  (typeof SETS)[number],
  ReturnType<typeof readMultiPolygon>[]
>;

parentPort?.on('message', (message: OutlineMessage) => {
  if ('set' in message) {
    for (const wkb of message.part) outlines[message.set].push(wkb ? readMultiPolygon(wkb) : []);
    return;
  }
  const answer = message.ask === 'neighbours' ? findNeighbours() : findCells(message);
  parentPort?.postMessage(answer);
});

/** By places in the order they came. */
function findNeighbours(): OutlineAnswer {
  const found = contiguityNeighbours(outlines.areas);
  return found.ok ? { kind: 'neighbours', ...found.value } : { kind: 'refused', problem: found.detail };
}

function findCells({ grid: { shape, metres }, most }: Extract<OutlineMessage, { ask: 'cells' }>): OutlineAnswer {
  const places = {
    areas: outlines.areas.flat(),
    drawn: outlines.drawn.flat(),
    within: outlines.within.length > 0 ? outlines.within.flat() : null,
  };
  const grid = { shape, metres, ...originOf(places) };
  const cells = cellsOfPlaces(grid, places, most);
  if (!cells) return { kind: 'too-many', leastMetres: leastMetres(grid, places, most) };
  return { kind: 'cells', grid, q: cells.map(({ q }) => q), r: cells.map(({ r }) => r) };
}
