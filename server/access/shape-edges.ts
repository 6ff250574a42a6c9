/** Rings of longitude and latitude; the first is the outside, the others are holes. */
export type Polygon = readonly (readonly (readonly number[])[])[];

/** Directed edges, the inside on their left: edge `i` runs from `x1[i], y1[i]` to `x2[i], y2[i]`, degrees. */
export interface Edges {
  readonly count: number;
  readonly x1: Float64Array;
  readonly y1: Float64Array;
  readonly x2: Float64Array;
  readonly y2: Float64Array;
}

/** 0.1 mm: pieces of one shape that were cut apart meet again on this grid. */
const GRID = 1e9;
const snap = (degrees: number) => Math.round(degrees * GRID) / GRID;

/** An edge that counts `weight` times in the direction from its lesser end to its greater one; negative: the other way. */
interface Undirected {
  ax: number;
  ay: number;
  bx: number;
  by: number;
  weight: number;
}

/**
 * The border of what the polygons cover together. Edges that two of them share run both ways and cancel, so that the
 * cuts between the pieces of a subdivided shape are no border; polygons may overlap.
 */
export function borderOf(polygons: readonly Polygon[]): Edges {
  const all: Undirected[] = [];
  for (const polygon of polygons) {
    for (const [index, ring] of polygon.entries()) addRing(all, ring, index === 0);
  }
  const slanted: Undirected[] = [];
  const upright = new Map<number, Undirected[]>();
  const level = new Map<number, Undirected[]>();
  for (const edge of all) {
    if (edge.ax === edge.bx) push(upright, edge.ax, edge);
    else if (edge.ay === edge.by) push(level, edge.ay, edge);
    else slanted.push(edge);
  }
  const left = joinEqual(slanted);
  // Where a cut is cut again on one side only, its edges lie on one another without being the same.
  for (const [x, edges] of upright) {
    const spans = joinSpans(edges.map(({ ay, by, weight }) => ({ from: ay, to: by, weight })));
    for (const { from, to, weight } of spans) left.push({ ax: x, ay: from, bx: x, by: to, weight });
  }
  for (const [y, edges] of level) {
    const spans = joinSpans(edges.map(({ ax, bx, weight }) => ({ from: ax, to: bx, weight })));
    for (const { from, to, weight } of spans) left.push({ ax: from, ay: y, bx: to, by: y, weight });
  }
  return directed(left);
}

/** Degrees from a place to the nearest of these edges, straight in longitude and latitude; infinite without any. */
export function distanceTo({ x1, y1, x2, y2 }: Edges, some: ArrayLike<number>, lon: number, lat: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < some.length; i++) {
    const edge = some[i] ?? 0;
    const [ax, ay] = [lon - (x1[edge] ?? 0), lat - (y1[edge] ?? 0)];
    const [dx, dy] = [(x2[edge] ?? 0) - (x1[edge] ?? 0), (y2[edge] ?? 0) - (y1[edge] ?? 0)];
    const squared = dx * dx + dy * dy;
    const along = squared > 0 ? Math.max(0, Math.min(1, (ax * dx + ay * dy) / squared)) : 0;
    const [offX, offY] = [ax - along * dx, ay - along * dy];
    nearest = Math.min(nearest, offX * offX + offY * offY);
  }
  return Math.sqrt(nearest);
}

function addRing(all: Undirected[], ring: readonly (readonly number[])[], isOutside: boolean): void {
  const points = ring.map(([x = Number.NaN, y = Number.NaN]) => [snap(x), snap(y)] as const);
  if (points.some(([x, y]) => !Number.isFinite(x) || !Number.isFinite(y))) {
    throw new RangeError('a ring has a coordinate that is no number');
  }
  const isLeftward = signedArea(points) > 0;
  const turn = isLeftward === isOutside ? 1 : -1;
  for (const [index, [ax, ay]] of points.entries()) {
    const [bx, by] = points[(index + 1) % points.length] ?? [ax, ay];
    if (ax < bx || (ax === bx && ay < by)) all.push({ ax, ay, bx, by, weight: turn });
    else if (ax !== bx || ay !== by) all.push({ ax: bx, ay: by, bx: ax, by: ay, weight: -turn });
  }
}

function signedArea(points: readonly (readonly [number, number])[]): number {
  let sum = 0;
  const [x0, y0] = points[0] ?? [0, 0];
  for (const [index, [ax, ay]] of points.entries()) {
    const [bx, by] = points[(index + 1) % points.length] ?? [ax, ay];
    sum += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return sum;
}

function joinEqual(edges: Undirected[]): Undirected[] {
  edges.sort((a, b) => a.ax - b.ax || a.ay - b.ay || a.bx - b.bx || a.by - b.by);
  const joined: Undirected[] = [];
  let last: Undirected | undefined;
  for (const edge of edges) {
    if (last && last.ax === edge.ax && last.ay === edge.ay && last.bx === edge.bx && last.by === edge.by) {
      last.weight += edge.weight;
    } else {
      last = { ...edge };
      joined.push(last);
    }
  }
  return joined.filter(({ weight }) => weight !== 0);
}

interface Span {
  from: number;
  to: number;
  weight: number;
}

/** The sum of weighted spans of one line, as spans that do not overlap; where it is 0 there is none. */
function joinSpans(spans: readonly Span[]): Span[] {
  const ends = spans.flatMap(({ from, to, weight }) => [
    { at: from, weight },
    { at: to, weight: -weight },
  ]);
  ends.sort((a, b) => a.at - b.at);
  const joined: Span[] = [];
  let weight = 0;
  let begun = 0;
  for (const end of ends) {
    const last = joined.at(-1);
    if (weight !== 0 && end.at > begun) {
      if (last && last.to === begun && last.weight === weight) last.to = end.at;
      else joined.push({ from: begun, to: end.at, weight });
    }
    begun = end.at;
    weight += end.weight;
  }
  return joined;
}

function directed(edges: readonly Undirected[]): Edges {
  const count = edges.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
  const [x1, y1, x2, y2] = Array.from({ length: 4 }, () => new Float64Array(count));
  if (!x1 || !y1 || !x2 || !y2) throw new Error('unreachable');
  let at = 0;
  // From north to south, so that those that are asked together lie together in memory.
  for (const { ax, ay, bx, by, weight } of edges.toSorted((a, b) => Math.max(b.ay, b.by) - Math.max(a.ay, a.by))) {
    for (let copy = Math.abs(weight); copy > 0; copy--, at++) {
      [x1[at], y1[at], x2[at], y2[at]] = weight > 0 ? [ax, ay, bx, by] : [bx, by, ax, ay];
    }
  }
  return { count, x1, y1, x2, y2 };
}

function push(groups: Map<number, Undirected[]>, key: number, edge: Undirected): void {
  const group = groups.get(key);
  if (group) group.push(edge);
  else groups.set(key, [edge]);
}
