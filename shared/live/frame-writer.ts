import { STEP_BITS } from './cells.ts';
import {
  COUNT_ESCAPE,
  COUNT_SHIFT,
  type FrameKind,
  HAS_FLAGS,
  HAS_HEADING,
  HAS_SPEED,
  HEADER_BYTES,
  MAGIC,
  SOME_LEFT,
  SPEED_STEP,
  STEP_MASK,
  TENTH,
  VERSION,
} from './frames.ts';

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
    const { bytes, at } = this;
    if (to - from > MANY_BYTES) bytes.set(source.subarray(from, to), at);
    else for (let i = from; i < to; i++) bytes[at + i - from] = source[i] ?? 0;
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
