/**
 * Binary frames of the live stream. Little-endian; a varint is seven bits a byte, lowest first, the top bit set on all but the last.
 *
 * Header, 8 bytes: u16 magic 0x4e52 ("RN") · u8 version (high half) and kind (low half) · u40 time in tenths of a second
 * since 1970. The rest depends on the kind.
 *
 * `snapshot` (all there is in the window; forget every unit that is not in it) and `changes`: cells to the end of the frame.
 * - u32: cell key (26 bits: row · 8192 + column of the tile at zoom 13) | bit 26: some left | count of units (5 bits, from bit 27;
 *   31: a varint of count − 31 follows).
 * - each unit, by rising id: varint id − previous id of this cell (first: the id) · u32: x (13 bits) and y (13 bits) within the
 *   cell | status (3 bits) | bit 29: flags byte follows | bit 30: heading follows | bit 31: speed follows ·
 *   zigzag varint header time − time of the fix, in tenths of a second · u8 flags (LIVE_FLAG) · u8 heading in 1/256
 *   of a turn clockwise from north · u8 speed in 0.25 m/s, 255 = that or more.
 * - if some left: varint how many, then varint id − previous id of each. Forget such a unit at the end of the
 *   frame, if it is still in this cell then: it may appear in another cell of the same frame.
 *
 * `counts`, all there is in the window: u8 zoom level of the tiles, then to the end of the frame for each tile with units:
 * u24 column (12 bits) and row (12 bits) · varint units · varint units with an alarm · u8 u8 their mean x and y within the tile.
 */
import { STEP_BITS } from './cells.ts';

export const FRAME = { snapshot: 1, changes: 2, counts: 3 } as const;
export type FrameKind = (typeof FRAME)[keyof typeof FRAME];

export const MAGIC = 0x4e52;
export const VERSION = 1;
export const HEADER_BYTES = 8;
export const CELL_KEY_MASK = 2 ** 26 - 1;
export const SOME_LEFT = 1 << 26;
export const COUNT_SHIFT = 27;
export const COUNT_ESCAPE = 31;
export const STEP_MASK = 2 ** STEP_BITS - 1;
export const HAS_FLAGS = 1 << 29;
export const HAS_HEADING = 1 << 30;
export const HAS_SPEED = 1 << 31;
export const SPEED_STEP = 0.25;
export const TENTH = 100;
