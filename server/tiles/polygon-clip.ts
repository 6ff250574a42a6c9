import { type Chain, clipPath, type Square } from './edge-clip.ts';
import type { Path } from './wkb.ts';

/** Twice the signed area of a ring. Positive rings have their inside on the left in x right, y up: shells, in a vector tile. */
export function doubleArea(ring: ArrayLike<number>): number {
  let sum = 0;
  const length = ring.length;
  if (length < 6) return 0;
  // Relative to the first point, so that small rings far from the origin keep their digits.
  const ox = ring[0] as number;
  const oy = ring[1] as number;
  let px = (ring[length - 2] as number) - ox;
  let py = (ring[length - 1] as number) - oy;
  for (let i = 0; i < length; i += 2) {
    const x = (ring[i] as number) - ox;
    const y = (ring[i + 1] as number) - oy;
    sum += px * y - x * py;
    px = x;
    py = y;
  }
  return sum;
}

/**
 * The part of a polygon inside a square, as polygons: shell first, then its holes; shells positive, holes negative.
 *
 * Rings are cut into the chains that run inside, and the chains joined along the square's edge, so that the result is
 * valid where the polygon was: no doubled edges where a polygon leaves the square and comes back.
 *
 * @param rings shell first, in any direction, not closed
 */
export function clipPolygon(rings: Path[], square: Square): Path[][] {
  const [shell] = rings;
  if (!shell || isBesideRing(shell, square)) return [];
  const oriented = rings.map((ring, index) => orient(ring, index === 0));
  if (isWithin(shell, square)) return [oriented];
  const chains: Chain[] = [];
  const whole: Path[] = [];
  for (const ring of oriented) {
    const clipped = clipPath(ring, true, square);
    if (clipped.whole === 'inside') whole.push(ring);
    chains.push(...clipped.chains);
  }
  if (chains.length > 0) {
    const shells = joinChains(chains, square);
    const joined = shells && assemble(shells, whole);
    // Where edges cross the square's edge closer together than numbers tell apart, or a ring crosses itself, the way round
    // can be taken wrongly, and the whole square would be filled: the area tells.
    const expected = oriented.reduce((sum, ring) => sum + areaWithin(ring, square), 0);
    if (joined && Math.abs(sizeOf(joined.flat()) / 2 - expected) < 1) return joined;
    return withoutEmpty(oriented.map((ring) => clipRing(ring, square)));
  }
  // Nothing crosses the edge: then the square is inside the polygon as a whole, or outside.
  const filled = !whole.some((ring) => doubleArea(ring) > 0) && covers(oriented, square.min, square.min);
  return assemble(filled ? [ringOfSquare(square)] : [], whole);
}

/** Gives each shell the holes in it. */
function assemble(shells: Path[], whole: Path[]): Path[][] {
  const outer = [...shells, ...whole.filter((ring) => doubleArea(ring) > 0)];
  const holes = whole.filter((ring) => doubleArea(ring) <= 0);
  return outer.map((shell) => [
    shell,
    ...(outer.length === 1 ? holes : holes.filter((hole) => covers([shell], hole[0] as number, hole[1] as number))),
  ]);
}

function sizeOf(rings: Path[]): number {
  return rings.reduce((sum, ring) => sum + doubleArea(ring), 0);
}

/**
 * Joins chains into rings: from where one leaves the square, counter-clockwise along its edge to where the next enters.
 * Gives `undefined` where entries and exits do not take turns, as only a ring that crosses itself makes them.
 */
function joinChains(chains: Chain[], square: Square): Path[] | undefined {
  const byEntry = [...chains].sort((a, b) => a.enters - b.enters);
  const used = new Set<Chain>();
  const rings: Path[] = [];
  for (const start of byEntry) {
    if (used.has(start)) continue;
    const points: number[] = [];
    let chain = start;
    do {
      if (used.has(chain)) return undefined;
      used.add(chain);
      for (const value of chain.points) points.push(value);
      const next = nextEntry(byEntry, chain.leaves);
      if (!next) return undefined;
      pushCorners(points, chain.leaves, next.enters, square);
      chain = next;
    } while (chain !== start);
    rings.push(Float64Array.from(points));
  }
  return rings;
}

/** Signed area of what lies of a ring inside the square, by Green's theorem, without cutting it. */
export function areaWithin(ring: Path, { min, max }: Square): number {
  let sum = 0;
  let ax = ring[ring.length - 2] as number;
  let ay = ring[ring.length - 1] as number;
  for (let i = 0; i < ring.length; i += 2) {
    const bx = ring[i] as number;
    const by = ring[i + 1] as number;
    if (ay !== by && !(ay <= min && by <= min) && !(ay >= max && by >= max) && !(ax <= min && bx <= min)) {
      const y0 = clamp(ay, min, max);
      const y1 = clamp(by, min, max);
      const x0 = ax + ((y0 - ay) / (by - ay)) * (bx - ax);
      const x1 = ax + ((y1 - ay) / (by - ay)) * (bx - ax);
      sum += stripUnder(x0 - min, x1 - min, max - min) * (y1 - y0);
    }
    ax = bx;
    ay = by;
  }
  return sum;
}

/** Mean over a straight edge of its distance from the square's left side, held between 0 and the square's width. */
function stripUnder(from: number, to: number, width: number): number {
  const low = Math.min(from, to);
  const high = Math.max(from, to);
  if (low >= 0 && high <= width) return (low + high) / 2;
  if (low >= width) return width;
  if (high <= 0) return 0;
  const left = Math.max(low, 0);
  const right = Math.min(high, width);
  return (((left + right) / 2) * (right - left) + width * (high - right)) / (high - low);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}

/** The first chain that enters at or after a place on the edge, going round. */
function nextEntry(byEntry: Chain[], from: number): Chain | undefined {
  let low = 0;
  let high = byEntry.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((byEntry[middle]?.enters ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return byEntry[low] ?? byEntry[0];
}

function pushCorners(points: number[], from: number, to: number, { min, max }: Square): void {
  const length = max - min;
  const end = to < from ? to + 4 * length : to;
  for (let corner = Math.floor(from / length) + 1; corner * length < end; corner++) {
    const which = corner % 4;
    points.push(which === 1 || which === 2 ? max : min, which === 2 || which === 3 ? max : min);
  }
}

/** A polygon of rings cut one by one: right in area for any rings, at the price of doubled edges along the square's. */
function withoutEmpty(rings: Path[]): Path[][] {
  const [shell, ...holes] = rings;
  if (!shell || shell.length < 6) return [];
  return [[shell, ...holes.filter((ring) => ring.length >= 6)]];
}

/** One ring by Sutherland and Hodgman's rule. */
export function clipRing(ring: Path, { min, max }: Square): Path {
  let points: ArrayLike<number> = ring;
  for (const [axis, bound, keepsAbove] of [
    [0, min, true],
    [0, max, false],
    [1, min, true],
    [1, max, false],
  ] as const) {
    const kept: number[] = [];
    const count = points.length / 2;
    for (let i = 0; i < count; i++) {
      const j = i === 0 ? count - 1 : i - 1;
      const a = points[2 * j + axis] as number;
      const b = points[2 * i + axis] as number;
      const aIn = keepsAbove ? a > bound : a < bound;
      const bIn = keepsAbove ? b > bound : b < bound;
      if (aIn !== bIn) {
        const otherA = points[2 * j + 1 - axis] as number;
        const otherB = points[2 * i + 1 - axis] as number;
        const other = otherA + ((bound - a) / (b - a)) * (otherB - otherA);
        kept.push(axis === 0 ? bound : other, axis === 0 ? other : bound);
      }
      if (bIn) kept.push(points[2 * i] as number, points[2 * i + 1] as number);
    }
    points = kept;
  }
  return Float64Array.from(points);
}

/** Whether a point is inside by the even-odd rule over all the rings. */
function covers(rings: Path[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    let px = ring[ring.length - 2] as number;
    let py = ring[ring.length - 1] as number;
    for (let i = 0; i < ring.length; i += 2) {
      const qx = ring[i] as number;
      const qy = ring[i + 1] as number;
      if (qy > y !== py > y && x < ((px - qx) * (y - qy)) / (py - qy) + qx) inside = !inside;
      px = qx;
      py = qy;
    }
  }
  return inside;
}

function orient(ring: Path, positive: boolean): Path {
  if (doubleArea(ring) > 0 === positive) return ring;
  const turned = new Float64Array(ring.length);
  for (let i = 0; i < ring.length; i += 2) {
    turned[i] = ring[ring.length - 2 - i] as number;
    turned[i + 1] = ring[ring.length - 1 - i] as number;
  }
  return turned;
}

function isWithin(ring: Path, { min, max }: Square): boolean {
  for (let i = 0; i < ring.length; i++) {
    const value = ring[i] as number;
    if (value <= min || value >= max) return false;
  }
  return true;
}

function isBesideRing(ring: Path, { min, max }: Square): boolean {
  let left = true;
  let right = true;
  let below = true;
  let above = true;
  for (let i = 0; i < ring.length; i += 2) {
    const x = ring[i] as number;
    const y = ring[i + 1] as number;
    left &&= x <= min;
    right &&= x >= max;
    below &&= y <= min;
    above &&= y >= max;
    if (!left && !right && !below && !above) return false;
  }
  return true;
}

function ringOfSquare({ min, max }: Square): Path {
  return Float64Array.of(min, min, max, min, max, max, min, max);
}
