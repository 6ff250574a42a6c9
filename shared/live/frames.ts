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
import { CELL_ZOOM, cellX, cellY, STEP_BITS } from './cells.ts';

export const FRAME = { snapshot: 1, changes: 2, counts: 3 } as const;
export type FrameKind = (typeof FRAME)[keyof typeof FRAME];

const MAGIC = 0x4e52;
const VERSION = 1;
export const HEADER_BYTES = 8;
const CELL_KEY_MASK = 2 ** 26 - 1;
const SOME_LEFT = 1 << 26;
const COUNT_SHIFT = 27;
const COUNT_ESCAPE = 31;
const STEP_MASK = 2 ** STEP_BITS - 1;
const HAS_FLAGS = 1 << 29;
const HAS_HEADING = 1 << 30;
const HAS_SPEED = 1 << 31;
const SPEED_STEP = 0.25;
const TENTH = 100;
/** Fixes more than 3.4 years from now are shown as that old. */
const MAX_AGE = 2 ** 30 - 1;

/** Largest room that one unit, or one cell without its units, can take. */
const MAX_UNIT_BYTES = 5 + 4 + 5 + 3;
const MAX_CELL_BYTES = 4 + 5 + 5;
/** Up to so many bytes a loop copies faster than a call. */
const MANY_BYTES = 64;

/** Heading in degrees → its byte, or −1 for unknown. */
export function headingByte(degrees: number | undefined): number {
  return degrees === undefined || !Number.isFinite(degrees) ? -1 : Math.round((degrees * 256) / 360) & 255;
}

/** Speed in m/s → its byte, or −1 for unknown. */
export function speedByte(speed: number | undefined): number {
  return speed === undefined || !(speed >= 0) ? -1 : Math.min(255, Math.round(speed / SPEED_STEP));
}

/** Writes frames, or parts of them, into a buffer that it grows. `bytes` up to `at` is what was written. */
export class FrameWriter {
  bytes: Uint8Array;
  at = 0;

  constructor(room = 64 * 1024) {
    this.bytes = new Uint8Array(room);
  }

  header(kind: FrameKind, timeMs: number): void {
    this.reserve(HEADER_BYTES);
    const tenths = Math.floor(timeMs / TENTH);
    const { bytes, at } = this;
    bytes[at] = MAGIC & 255;
    bytes[at + 1] = MAGIC >> 8;
    bytes[at + 2] = (VERSION << 4) | kind;
    u32(bytes, at + 3, tenths >>> 0);
    bytes[at + 7] = Math.floor(tenths / 2 ** 32);
    this.at += HEADER_BYTES;
  }

  cell(key: number, units: number, someLeft: boolean): void {
    this.reserve(MAX_CELL_BYTES);
    const count = Math.min(units, COUNT_ESCAPE);
    u32(this.bytes, this.at, key | (someLeft ? SOME_LEFT : 0) | (count << COUNT_SHIFT));
    this.at += 4;
    if (count === COUNT_ESCAPE) this.varint(units - COUNT_ESCAPE);
  }

  /**
   * `x`, `y` in steps of the world; `heading` and `speed` as bytes or −1; `ageMs` from the frame's time, which is cut to
   * tenths. Returns where in `bytes` begins what follows the id.
   */
  unit(
    idDelta: number,
    x: number,
    y: number,
    status: number,
    flags: number,
    ageMs: number,
    heading: number,
    speed: number,
  ): number {
    this.reserve(MAX_UNIT_BYTES);
    this.varint(idDelta);
    const { bytes, at } = this;
    let packed = (x & STEP_MASK) | ((y & STEP_MASK) << STEP_BITS) | ((status & 7) << 26);
    if (flags !== 0) packed |= HAS_FLAGS;
    if (heading >= 0) packed |= HAS_HEADING;
    if (speed >= 0) packed |= HAS_SPEED;
    u32(bytes, this.at, packed);
    this.at += 4;
    const age = Math.max(-MAX_AGE, Math.min(MAX_AGE, Math.round(ageMs / TENTH)));
    this.varint((age << 1) ^ (age >> 31));
    if (flags !== 0) bytes[this.at++] = flags;
    if (heading >= 0) bytes[this.at++] = heading;
    if (speed >= 0) bytes[this.at++] = speed;
    return at;
  }

  /** A unit that is encoded already in a frame of the same time: all but its id is taken from `from` to `to` of `source`. */
  unitCopy(idDelta: number, source: Uint8Array, from: number, to: number): void {
    this.reserve(MAX_UNIT_BYTES);
    this.varint(idDelta);
    const { bytes } = this;
    let { at } = this;
    for (let i = from; i < to; i++) bytes[at++] = source[i] ?? 0;
    this.at = at;
  }

  /** Bytes that are encoded already. */
  copy(source: Uint8Array, from: number, to: number): void {
    this.reserve(to - from);
    if (to - from > MANY_BYTES) this.bytes.set(source.subarray(from, to), this.at);
    else for (let i = from, { at } = this; i < to; i++, at++) this.bytes[at] = source[i] ?? 0;
    this.at += to - from;
  }

  left(ids: readonly number[]): void {
    this.reserve(5 * (ids.length + 1));
    this.varint(ids.length);
    let previous = 0;
    for (const id of ids) {
      this.varint(id - previous);
      previous = id;
    }
  }

  /** `x`, `y`: column and row of the tile; `meanX`, `meanY`: 0…1 within it. */
  count(x: number, y: number, units: number, alarms: number, meanX: number, meanY: number): void {
    this.reserve(3 + 5 + 5 + 2);
    const { bytes } = this;
    const packed = x | (y << 12);
    bytes[this.at++] = packed;
    bytes[this.at++] = packed >> 8;
    bytes[this.at++] = packed >> 16;
    this.varint(units);
    this.varint(alarms);
    bytes[this.at++] = Math.min(255, Math.floor(meanX * 256));
    bytes[this.at++] = Math.min(255, Math.floor(meanY * 256));
  }

  level(level: number): void {
    this.reserve(1);
    this.bytes[this.at++] = level;
  }

  private varint(value: number): void {
    let rest = value >>> 0;
    while (rest > 127) {
      this.bytes[this.at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.bytes[this.at++] = rest;
  }

  private reserve(room: number): void {
    if (this.at + room <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + room));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

function u32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 24;
}

/** Takes what a frame says, part by part, so that reading allocates nothing. */
export interface FrameSink {
  begin(kind: FrameKind, timeMs: number): void;
  /** `x`, `y` in steps of the world; `heading` in degrees and `speed` in m/s, NaN when unknown. */
  unit(
    cell: number,
    id: number,
    x: number,
    y: number,
    fixMs: number,
    status: number,
    flags: number,
    heading: number,
    speed: number,
  ): void;
  left(cell: number, id: number): void;
  /** `x`, `y`: mean place, 0…1 of the world. */
  count(x: number, y: number, units: number, alarms: number): void;
  end(): void;
}

/** Bytes that are not a frame of this protocol, or only part of one. */
export class FrameError extends Error {
  override name = 'FrameError';
}

/** Reads one frame into `sink`. Throws {@link FrameError}; then `sink.end` was not called, and what it took is to be thrown away. */
export function readFrame(bytes: Uint8Array, sink: FrameSink): void {
  new FrameReader(bytes).read(sink);
}

class FrameReader {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  read(sink: FrameSink): void {
    if (this.bytes.length < HEADER_BYTES) throw new FrameError('shorter than a header');
    if ((this.u8() | (this.u8() << 8)) !== MAGIC) throw new FrameError('not a frame of Ronda');
    const versionAndKind = this.u8();
    if (versionAndKind >> 4 !== VERSION) throw new FrameError(`version ${versionAndKind >> 4} is not known`);
    const kind = versionAndKind & 15;
    const timeMs = (this.u32() + this.u8() * 2 ** 32) * TENTH;
    if (kind === FRAME.counts) {
      sink.begin(kind, timeMs);
      this.counts(sink);
    } else if (kind === FRAME.snapshot || kind === FRAME.changes) {
      sink.begin(kind, timeMs);
      while (this.at < this.bytes.length) this.cell(sink, timeMs);
    } else throw new FrameError(`kind ${kind} is not known`);
    sink.end();
  }

  private cell(sink: FrameSink, timeMs: number): void {
    const packed = this.u32();
    const cell = packed & CELL_KEY_MASK;
    let count = packed >>> COUNT_SHIFT;
    if (count === COUNT_ESCAPE) count += this.varint();
    const x0 = cellX(cell) << STEP_BITS;
    const y0 = cellY(cell) << STEP_BITS;
    let id = 0;
    for (let i = 0; i < count; i++) {
      id += this.varint();
      const place = this.u32();
      const zigzag = this.varint();
      const age = (zigzag >>> 1) ^ -(zigzag & 1);
      const flags = place & HAS_FLAGS ? this.u8() : 0;
      const heading = place & HAS_HEADING ? (this.u8() * 360) / 256 : Number.NaN;
      const speed = place & HAS_SPEED ? this.u8() * SPEED_STEP : Number.NaN;
      const x = x0 | (place & STEP_MASK);
      const y = y0 | ((place >> STEP_BITS) & STEP_MASK);
      sink.unit(cell, id, x, y, timeMs - age * TENTH, (place >> 26) & 7, flags, heading, speed);
    }
    if ((packed & SOME_LEFT) === 0) return;
    id = 0;
    for (let left = this.varint(); left > 0; left--) {
      id += this.varint();
      sink.left(cell, id);
    }
  }

  private counts(sink: FrameSink): void {
    const level = this.u8();
    if (level >= CELL_ZOOM) throw new FrameError(`level ${level} is not one of counts`);
    const tiles = 2 ** level;
    while (this.at < this.bytes.length) {
      const packed = this.u8() | (this.u8() << 8) | (this.u8() << 16);
      const units = this.varint();
      const alarms = this.varint();
      const x = ((packed & 4095) + (this.u8() + 0.5) / 256) / tiles;
      const y = ((packed >> 12) + (this.u8() + 0.5) / 256) / tiles;
      sink.count(x, y, units, alarms);
    }
  }

  private u8(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new FrameError('ends in the middle');
    return value;
  }

  private u32(): number {
    const low = this.u8() | (this.u8() << 8) | (this.u8() << 16);
    return (low | (this.u8() << 24)) >>> 0;
  }

  private varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.u8();
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
    throw new FrameError('a number does not end');
  }
}
