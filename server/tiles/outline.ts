import { clipPath, type Square } from './edge-clip.ts';
import { quantiseLine } from './quantise.ts';
import type { Path } from './wkb.ts';

/** Wider than the numbers of any tile unit that is drawn, and so that two points fit into one number. */
const SPAN = 2 ** 13;
const OFFSET = SPAN / 4;

/**
 * Turns rings into lines, each edge once: what two neighbours share belongs to the one that comes first. Drawn twice,
 * dashes would fill each other's gaps.
 */
export class Outlines {
  private readonly drawn = new Set<number>();
  private readonly square: Square;

  constructor(square: Square) {
    this.square = square;
  }

  /** What the square shows of a ring and no ring before it has drawn, in whole units. */
  linesOf(ring: Path): Int32Array[] {
    const { whole, chains } = clipPath(ring, true, this.square);
    if (whole === 'outside') return [];
    const parts = whole === 'inside' ? [[...ring, ring[0] ?? 0, ring[1] ?? 0]] : chains.map((chain) => chain.points);
    return parts.flatMap((part) => this.notYetDrawn(quantiseLine(part)));
  }

  private notYetDrawn(line: Int32Array): Int32Array[] {
    const parts: Int32Array[] = [];
    let begin = 0;
    for (let i = 0; i + 3 < line.length; i += 2) {
      const known = this.drawn.size;
      this.drawn.add(edgeKey(line, i));
      if (this.drawn.size > known) continue;
      if (i > begin) parts.push(line.subarray(begin, i + 2));
      begin = i + 2;
    }
    if (line.length - begin >= 4) parts.push(line.subarray(begin));
    return parts;
  }
}

/** The edge from point i to the next, the same from both ends. */
function edgeKey(line: Int32Array, i: number): number {
  const a = ((line[i] as number) + OFFSET) * SPAN + (line[i + 1] as number) + OFFSET;
  const b = ((line[i + 2] as number) + OFFSET) * SPAN + (line[i + 3] as number) + OFFSET;
  return a < b ? a * SPAN * SPAN + b : b * SPAN * SPAN + a;
}
