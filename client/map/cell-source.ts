import * as maplibregl from 'maplibre-gl';
import type { Grid } from '../../shared/schemas/hotspot.ts';
import { connect, type Remote } from '../workers/call.ts';
import type { CellTileApi } from '../workers/cell-tiles.ts';

const PROTOCOL = 'ronda-cells';

let worker: Remote<CellTileApi> | undefined;
let grids = 0;

/**
 * Gives the cells to a worker that cuts them into vector tiles as the map wants them: tens of thousands of polygons never pass through the
 * page. Returns the address of the tiles for a source, and the way to let go of them.
 */
export function serveCells(grid: Grid, q: readonly number[], r: readonly number[]): { tiles: string; release(): void } {
  worker ??= startWorker();
  const served = worker;
  const id = ++grids;
  void served.hold(id, grid, Int32Array.from(q), Int32Array.from(r));
  return {
    tiles: `${PROTOCOL}://${id}/{z}/{x}/{y}`,
    release: () => void served.release(id),
  };
}

function startWorker(): Remote<CellTileApi> {
  const remote = connect<CellTileApi>(
    new Worker(new URL('../workers/cell-tiles.ts', import.meta.url), { type: 'module', name: 'cell-tiles' }),
  );
  maplibregl.addProtocol(PROTOCOL, async ({ url }) => {
    const [id = 0, z = 0, x = 0, y = 0] = url
      .slice(PROTOCOL.length + 3)
      .split('/')
      .map(Number);
    return { data: (await remote.tile(id, { z, x, y })).buffer };
  });
  return remote;
}
