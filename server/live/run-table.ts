import { type Cover, cellKey } from '../../shared/live/cells.ts';
import { FrameWriter } from '../../shared/live/frame-writer.ts';
import { type FrameKind, HEADER_BYTES } from '../../shared/live/frames.ts';
import { grown } from '../../shared/live/grown.ts';

/**
 * Encoded tiles in the order of their keys (row by row, west to east), in one buffer. The tiles of a window are then one run
 * of bytes for each of its rows: a viewer's frame is a header and a few copies, however many units they hold.
 * There is one for whoever may see everything, and one for all other scopes, one after another.
 */
export class RunTable {
  // Small at first: there is a table for each scope that somebody looks through.
  readonly writer = new FrameWriter(4096);
  private keys = new Int32Array(256);
  private starts = new Int32Array(257);
  private count = 0;
  private source: Buffer = Buffer.alloc(0);
  private readonly header = new FrameWriter(16);

  /** Empties the table, for frames of this kind and time. */
  reset(kind: FrameKind, timeMs: number): void {
    this.count = 0;
    this.writer.at = 0;
    this.header.at = 0;
    this.header.header(kind, timeMs);
  }

  /** Gives every frame a tile level behind its header. */
  level(level: number): void {
    this.header.level(level);
  }

  /** Begins a tile; what is written to `writer` until the next one is its encoding. Keys must rise. */
  begin(key: number): void {
    if (this.count === this.keys.length) {
      this.keys = grown(Int32Array, this.keys, this.count * 2);
      this.starts = grown(Int32Array, this.starts, this.count * 2 + 1);
    }
    this.keys[this.count] = key;
    this.starts[this.count++] = this.writer.at;
  }

  /** Ends writing. */
  seal(): void {
    this.starts[this.count] = this.writer.at;
    const { bytes } = this.writer;
    if (this.source.buffer === bytes.buffer) return;
    this.source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /**
   * The frame of a window, or `undefined` when none of its tiles is in the table and `evenEmpty` is not set; of the tiles
   * from the index `from` up to, and without, `to`, whose keys rise.
   */
  frame(cover: Cover, evenEmpty = false, from = 0, to = this.count): Buffer | undefined {
    const runs: number[] = [];
    let length = 0;
    const tiles = 2 ** cover.level;
    const last = Math.min(cover.x1, tiles - 1);
    for (let y = cover.y0; y <= cover.y1; y++) {
      length += this.run(cellKey(cover.x0, y), cellKey(last, y), runs, from, to);
      if (cover.x1 >= tiles) length += this.run(cellKey(0, y), cellKey(cover.x1 - tiles, y), runs, from, to);
    }
    if (length === 0 && !evenEmpty) return undefined;
    const headerBytes = this.header.at;
    const frame = Buffer.allocUnsafe(headerBytes + length);
    for (let i = 0; i < headerBytes; i++) frame[i] = this.header.bytes[i] ?? 0;
    let at = headerBytes;
    for (let i = 0; i < runs.length; i += 2) at += this.source.copy(frame, at, runs[i], runs[i + 1]);
    return frame;
  }

  /** The encoding of one tile of those from `from` up to `to`, or `undefined`. */
  tile(key: number, from = 0, to = this.count): Buffer | undefined {
    const index = this.lowerBound(key, from, to);
    if (index === to || this.keys[index] !== key) return undefined;
    return this.source.subarray(this.starts[index], this.starts[index + 1]);
  }

  private run(west: number, east: number, runs: number[], from: number, to: number): number {
    const first = this.lowerBound(west, from, to);
    const end = this.lowerBound(east + 1, first, to);
    if (end === first) return 0;
    const start = this.starts[first] ?? 0;
    const stop = this.starts[end] ?? 0;
    // Rows that follow one another without a tile between them are one run.
    if (runs.length > 0 && runs[runs.length - 1] === start) runs[runs.length - 1] = stop;
    else runs.push(start, stop);
    return stop - start;
  }

  private lowerBound(key: number, from: number, to: number): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.keys[middle] ?? 0) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A frame of parts: `kind`'s header, then the parts. */
export function joinFrame(kind: FrameKind, timeMs: number, parts: readonly Buffer[]): Buffer {
  const header = new FrameWriter(16);
  header.header(kind, timeMs);
  return Buffer.concat([header.bytes.subarray(0, HEADER_BYTES), ...parts]);
}
