import { STEP_BITS } from '../../shared/live/cells.ts';

/** A cell that a border runs through is divided into 32 × 32 parts, most of which it does not run through. */
export const FINE_BITS = 5;
const SIDE = 2 ** FINE_BITS;
const FINE_MASK = SIDE - 1;
const FINE_SHIFT = STEP_BITS - FINE_BITS;
/** Beyond so many parts nobody looks: a unit takes minutes to go as far. */
const MOST_RINGS = 4;

/** Index of a place, in steps of the live stream, in the division of its cell. */
export function divisionOf(x: number, y: number): number {
  return (((y >> FINE_SHIFT) & FINE_MASK) << FINE_BITS) | ((x >> FINE_SHIFT) & FINE_MASK);
}

/** Steps from a place, to each side and within its cell, up to which the division is the same as there; 0: not even around its part. */
export function sameAround(division: Uint8Array, x: number, y: number): number {
  const part = divisionOf(x, y);
  const [column, row] = [part & FINE_MASK, part >> FINE_BITS];
  let rings = 0;
  while (rings < MOST_RINGS && isSame(division, part, column, row, rings + 1)) rings++;
  return rings << FINE_SHIFT;
}

/** Whether the parts so many columns or rows away from this one, and none further, are as it is. */
function isSame(division: Uint8Array, part: number, column: number, row: number, ring: number): boolean {
  const [west, east] = [Math.max(0, column - ring), Math.min(SIDE - 1, column + ring)];
  for (let y = Math.max(0, row - ring); y <= Math.min(SIDE - 1, row + ring); y++) {
    const isEnd = Math.abs(y - row) === ring;
    for (let x = west; x <= east; x++) {
      if (!isEnd && Math.abs(x - column) !== ring) continue;
      if (division[(y << FINE_BITS) | x] !== division[part]) return false;
    }
  }
  return true;
}
