import type { Grid } from '../../shared/schemas/hotspot.ts';
import type { TileId } from '../../shared/tiles/projection.ts';
import { CellTiles } from '../map/cell-tiles.ts';
import { type Port, serve } from './call.ts';

const grids = new Map<number, CellTiles>();

const api = {
  /** Keeps the cells under a number of the page's choice until they are let go of. */
  hold(id: number, grid: Grid, q: Int32Array, r: Int32Array): void {
    grids.set(id, new CellTiles(grid, q, r));
  },

  release(id: number): void {
    grids.delete(id);
  },

  /** A tile of the cells kept under a number; empty once they were let go of. */
  tile: (id: number, tile: TileId): Uint8Array<ArrayBuffer> => grids.get(id)?.tile(tile) ?? new Uint8Array(),
};

export type CellTileApi = typeof api;

// The page's types know `self` as a window only.
serve(self as unknown as Port, api);
