import { fieldError, type RondaError } from '../../shared/errors.ts';
import type { TileId } from '../../shared/tiles/projection.ts';

export const MAX_ZOOM = 22;

/** Reads a tile's numbers, written plainly in digits. Throws `invalid_request` naming the one that is off the grid. */
export function readTileId(params: { z: string; x: string; y: string }): TileId {
  const z = Number(params.z);
  const x = Number(params.x);
  const y = Number(params.y);
  if (z > MAX_ZOOM) throw offGrid('z', `is beyond the greatest zoom, ${MAX_ZOOM}`);
  const last = 2 ** z - 1;
  if (x > last) throw offGrid('x', `is beyond ${last}, the last column at zoom ${z}`);
  if (y > last) throw offGrid('y', `is beyond ${last}, the last row at zoom ${z}`);
  return { z, x, y };
}

function offGrid(name: string, problem: string): RondaError {
  const field = `params.${name}`;
  return fieldError('invalid_request', field, problem);
}
