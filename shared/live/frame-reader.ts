import { CELL_ZOOM, cellX, cellY, STEP_BITS } from './cells.ts';
import {
  CELL_KEY_MASK,
  COUNT_ESCAPE,
  COUNT_SHIFT,
  FRAME,
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
