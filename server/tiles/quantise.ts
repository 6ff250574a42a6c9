import { doubleArea } from './polygon-clip.ts';
import type { Path } from './wkb.ts';

/**
 * Rounds the rings of a polygon to whole units, as {@link quantiseRing} does each. Rings that shrink to nothing go, and
 * with a shell its holes. Shells keep positive area and holes negative, whatever rounding did to slim ones.
 */
export function quantisePolygon(rings: Path[]): Int32Array[] {
  const kept: Int32Array[] = [];
  for (const [index, ring] of rings.entries()) {
    const rounded = quantiseRing(ring);
    const size = doubleArea(rounded);
    if (size === 0) {
      if (index === 0) return [];
      continue;
    }
    if (size > 0 !== (index === 0)) turn(rounded);
    kept.push(rounded);
  }
  return kept;
}

/**
 * Rounds to whole units and drops what that makes superfluous: points that fall on the one before, and hairs, where the
 * ring runs out and straight back. Every other edge stays as it is, so that the edge a neighbour shares is still the same.
 */
export function quantiseRing(ring: Path): Int32Array {
  const points = new Int32Array(ring.length);
  let length = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const x = Math.round(ring[i] as number);
    const y = Math.round(ring[i + 1] as number);
    if (length >= 2 && points[length - 2] === x && points[length - 1] === y) continue;
    if (length >= 4 && points[length - 4] === x && points[length - 3] === y) {
      length -= 2;
      continue;
    }
    points[length++] = x;
    points[length++] = y;
  }
  // The same across the seam between the last point and the first.
  let start = 0;
  for (let changed = true; changed && length - start >= 4; ) {
    changed = true;
    const same = (i: number, j: number) => points[i] === points[j] && points[i + 1] === points[j + 1];
    if (same(length - 2, start)) length -= 2;
    else if (length - start >= 6 && same(length - 4, start)) length -= 2;
    else if (length - start >= 6 && same(length - 2, start + 2)) start += 2;
    else changed = false;
  }
  return length - start < 6 ? new Int32Array(0) : points.slice(start, length);
}

/** Rounds a line to whole units, without points that fall on the one before; empty when fewer than two stay. */
export function quantiseLine(line: ArrayLike<number>): Int32Array {
  const points = new Int32Array(line.length);
  let length = 0;
  for (let i = 0; i < line.length; i += 2) {
    const x = Math.round(line[i] as number);
    const y = Math.round(line[i + 1] as number);
    if (length >= 2 && points[length - 2] === x && points[length - 1] === y) continue;
    points[length++] = x;
    points[length++] = y;
  }
  return length < 4 ? new Int32Array(0) : points.subarray(0, length);
}

function turn(ring: Int32Array): void {
  for (let i = 0, j = ring.length - 2; i < j; i += 2, j -= 2) {
    const x = ring[i] as number;
    const y = ring[i + 1] as number;
    ring[i] = ring[j] as number;
    ring[i + 1] = ring[j + 1] as number;
    ring[j] = x;
    ring[j + 1] = y;
  }
}
