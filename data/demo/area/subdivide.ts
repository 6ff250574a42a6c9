import type { Random } from '../random.ts';
import { bent } from './curves.ts';
import { QUARTERS, type QuarterStyle, quarterAt } from './plan/people.ts';
import type { Face, Line, PlanarMap } from './planar-map.ts';
import {
  between,
  centroid,
  crossing,
  cyclic,
  distance,
  distanceToSegment,
  insideRing,
  type Point,
  perimeter,
  signedArea,
} from './plane.ts';

/** An end of a cut: on the ring's edge that begins at `index`, or on its vertex when `vertex` is set. */
interface End {
  index: number;
  point: Point;
  vertex: boolean;
}

/** Ends nearer to a vertex than this use it, metres: no edge becomes shorter. */
const CORNER = 9;

interface Candidate {
  from: End;
  to: End;
  score: number;
}

/**
 * Cuts a face in two the way people divide land: across its length, in fair and compact parts, meeting streets squarely
 * and joining crossings that are there. Gives `undefined` when no good cut exists.
 */
export function divide<Data>(
  map: PlanarMap<Data>,
  face: Face<Data>,
  line: () => Line,
  random: Random,
): [Face<Data>, Face<Data>] | undefined {
  const ring = map.ringPoints(face);
  const middle = centroid(ring);
  const style = QUARTERS[quarterAt(middle)];
  const candidates = propose(map, face, ring, middle, style, random).sort((a, b) => b.score - a.score);
  for (const { from, to } of candidates.slice(0, 8)) {
    for (const bend of [style.bend, style.bend / 3, 0]) {
      const path = bent(from.point, to.point, bend, random);
      if (!fits(ring, from, to, path)) continue;
      return map.splitFace(face, vertexOf(map, ring, face, from), path, vertexOf(map, ring, face, to), line());
    }
  }
  return undefined;
}

function vertexOf<Data>(map: PlanarMap<Data>, ring: readonly Point[], face: Face<Data>, end: End): number {
  if (end.vertex)
    return cyclic(
      face.ring,
      face.ring.findIndex((vertex) => map.point(vertex) === end.point),
    );
  // Edges are looked up by their ends, since the other end of the cut may have moved the indices.
  const a = face.ring.findIndex((vertex) => map.point(vertex) === cyclic(ring, end.index));
  const from = cyclic(face.ring, a);
  return map.splitEdge(from, cyclic(face.ring, a + 1), end.point);
}

function propose<Data>(
  map: PlanarMap<Data>,
  face: Face<Data>,
  ring: readonly Point[],
  middle: Point,
  style: QuarterStyle,
  random: Random,
): Candidate[] {
  const long = longAxis(ring, middle);
  let across = long + Math.PI / 2;
  if (style.angle !== undefined) {
    const quarterTurns = Math.round((across - style.angle) / (Math.PI / 2));
    across = style.angle + (quarterTurns * Math.PI) / 2;
  }
  const extent = Math.sqrt(Math.abs(signedArea(ring)));
  const out: Candidate[] = [];
  for (const shift of [0, -0.12, 0.12, -0.26, 0.26]) {
    for (const turn of style.wander === 0 ? [0] : [0, -1, 1]) {
      const angle = across + turn * style.wander * random.between(0.3, 1);
      const offset = (shift + random.between(-0.04, 0.04)) * extent * 1.3;
      const anchor: Point = [middle[0] + Math.cos(long) * offset, middle[1] + Math.sin(long) * offset];
      const ends = chord(ring, anchor, angle);
      if (!ends) continue;
      const [from, to] = ends.map((end) => snapped(map, face, ring, end, extent)) as [End, End];
      const score = judge(map, face, ring, from, to);
      if (score !== undefined) out.push({ from, to, score: score + random.between(0, 0.08) });
    }
  }
  return out;
}

/** Direction in which the ring's outline stretches farthest, radians. */
function longAxis(ring: readonly Point[], [mx, my]: Point): number {
  let [xx, xy, yy] = [0, 0, 0];
  ring.forEach((a, i) => {
    const b = cyclic(ring, i + 1);
    const weight = distance(a, b);
    const [dx, dy] = [(a[0] + b[0]) / 2 - mx, (a[1] + b[1]) / 2 - my];
    xx += dx * dx * weight;
    xy += dx * dy * weight;
    yy += dy * dy * weight;
  });
  return 0.5 * Math.atan2(2 * xy, xx - yy);
}

/** The piece of a straight line through the anchor that lies inside the ring. */
function chord(ring: readonly Point[], anchor: Point, angle: number): [End, End] | undefined {
  if (!insideRing(ring, anchor)) return undefined;
  const far = 50_000;
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const a: Point = [anchor[0] - dx * far, anchor[1] - dy * far];
  const b: Point = [anchor[0] + dx * far, anchor[1] + dy * far];
  let before: { t: number; end: End } | undefined;
  let after: { t: number; end: End } | undefined;
  for (let index = 0; index < ring.length; index++) {
    const [c, d] = [cyclic(ring, index), cyclic(ring, index + 1)];
    const hit = crossing(a, b, c, d);
    if (!hit) continue;
    const end = { index, point: between(c, d, hit.u), vertex: false };
    if (hit.t <= 0.5 && (!before || hit.t > before.t)) before = { t: hit.t, end };
    if (hit.t > 0.5 && (!after || hit.t < after.t)) after = { t: hit.t, end };
  }
  return before && after ? [before.end, after.end] : undefined;
}

/** Moves an end to a crossing nearby, or at least off the immediate neighbourhood of a vertex. */
function snapped<Data>(map: PlanarMap<Data>, face: Face<Data>, ring: readonly Point[], end: End, extent: number): End {
  const reach = Math.min(48, extent * 0.16);
  let best: { index: number; far: number } | undefined;
  for (let index = 0; index < ring.length; index++) {
    const far = distance(cyclic(ring, index), end.point);
    if (far >= Math.max(reach, CORNER) || (best && far >= best.far)) continue;
    if (far < (isJunction(map, face, index) ? reach : CORNER)) best = { index, far };
  }
  return best ? { index: best.index, point: cyclic(ring, best.index), vertex: true } : end;
}

/** Whether another line meets the ring at this vertex from outside. */
function isJunction<Data>(map: PlanarMap<Data>, face: Face<Data>, index: number): boolean {
  const [before, here, after] = [index - 1, index, index + 1].map((i) => cyclic(face.ring, i)) as [
    number,
    number,
    number,
  ];
  return map.faceAlong(here, before)?.id !== map.faceAlong(after, here)?.id;
}

function judge<Data>(
  map: PlanarMap<Data>,
  face: Face<Data>,
  ring: readonly Point[],
  from: End,
  to: End,
): number | undefined {
  const span = (to.index - from.index + ring.length) % ring.length;
  if (span < 1 || span > ring.length - 1) return undefined;
  const left = [from.point, ...slice(ring, from.index + 1, to.index), to.point];
  const right = [to.point, ...slice(ring, to.index + 1, from.index), from.point];
  const [leftArea, rightArea] = [signedArea(left), signedArea(right)];
  if (leftArea <= 0 || rightArea <= 0) return undefined;
  const fair = Math.min(leftArea, rightArea) / Math.max(leftArea, rightArea);
  if (fair < 0.25) return undefined;
  const compact = (part: Point[], area: number) => (4 * Math.PI * area) / perimeter(part) ** 2;
  const square = (end: End, other: End) => {
    const [a, b] = [cyclic(ring, end.index), cyclic(ring, end.index + 1)];
    const along = Math.atan2(b[1] - a[1], b[0] - a[0]);
    const away = Math.atan2(other.point[1] - end.point[1], other.point[0] - end.point[0]);
    return Math.abs(Math.sin(away - along));
  };
  const ends = Math.min(square(from, to), square(to, from));
  if (ends < 0.5) return undefined;
  const joins = [from, to].filter((end) => end.vertex && isJunction(map, face, end.index)).length;
  return Math.min(compact(left, leftArea), compact(right, rightArea)) * 1.6 + fair * 0.6 + ends * 0.5 + joins * 0.25;
}

function slice(ring: readonly Point[], from: number, to: number): Point[] {
  const out: Point[] = [];
  const count = (to - from + 1 + ring.length) % ring.length;
  for (let k = 0; k < count; k++) out.push(cyclic(ring, from + k));
  return out;
}

/** Whether the way from one end to the other stays inside the ring and clear of it. */
function fits(ring: readonly Point[], from: End, to: End, path: readonly Point[]): boolean {
  const whole = [from.point, ...path, to.point];
  const length = distance(from.point, to.point);
  if (length < 20) return false;
  for (const point of path) {
    if (!insideRing(ring, point)) return false;
    const clear = Math.min(12, length * 0.1);
    for (let i = 0; i < ring.length; i++) {
      const far = distanceToSegment(point, cyclic(ring, i), cyclic(ring, i + 1));
      if (far < clear && distance(point, from.point) > 30 && distance(point, to.point) > 30) return false;
    }
  }
  for (let k = 0; k + 1 < whole.length; k++) {
    const [p, q] = [cyclic(whole, k), cyclic(whole, k + 1)];
    if (!insideRing(ring, between(p, q, 0.5))) return false;
    for (let i = 0; i < ring.length; i++) {
      const hit = crossing(p, q, cyclic(ring, i), cyclic(ring, i + 1));
      if (!hit) continue;
      const at = between(p, q, hit.t);
      if (distance(at, from.point) > 0.01 && distance(at, to.point) > 0.01) return false;
    }
  }
  return true;
}
