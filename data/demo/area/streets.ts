import type { Belongs } from './layout.ts';
import type { Line, PlanarMap } from './planar-map.ts';
import { between, cyclic, distance, type Point } from './plane.ts';

/** A run of one line, in order. */
export interface Run {
  line: Line;
  vertices: number[];
  points: Point[];
}

/** Street ends are drawn this far back from the shore and from the river's middle, metres. */
const SHORE_GAP = 16;
const BANK_GAP = 34;
/** An islet has fewer blocks than this. */
const ISLET_BLOCKS = 60;

/**
 * Makes lonely pieces of street, which nobody could drive to, field paths; those of an islet stay streets.
 * Gives the vertices of the one network that everything else is connected to.
 */
export function connectStreets(map: PlanarMap<Belongs>): Set<number> {
  const next = new Map<number, number[]>();
  const edges = [...map.edges()].filter(([, , line]) => line.kind === 'street');
  for (const [a, b] of edges) {
    next.set(a, [...(next.get(a) ?? []), b]);
    next.set(b, [...(next.get(b) ?? []), a]);
  }
  let largest = new Set<number>();
  const left = new Set(next.keys());
  for (const start of left) {
    const reached = new Set([start]);
    for (const vertex of reached) for (const to of next.get(vertex) ?? []) reached.add(to);
    for (const vertex of reached) left.delete(vertex);
    if (reached.size > largest.size) largest = reached;
  }
  for (const [a, b, line] of edges) {
    if (largest.has(a) || isOnIslet(map, a, b)) continue;
    Object.assign(line, { kind: 'field', class: '', name: '' });
  }
  return largest;
}

function isOnIslet(map: PlanarMap<Belongs>, a: number, b: number): boolean {
  const reached = new Set<number>();
  const open = [map.faceAlong(a, b) ?? map.faceAlong(b, a)];
  for (let face = open.pop(); face; face = open.pop()) {
    if (reached.size > ISLET_BLOCKS) return false;
    reached.add(face.id);
    face.ring.forEach((vertex, i) => {
      const across = face && map.faceAlong(cyclic(face.ring, i + 1), vertex);
      if (across && !reached.has(across.id)) open.push(across);
    });
  }
  return true;
}

/** Every line of the kind as runs of connected edges. Streets stop short of the shore, and of the river unless they cross it. */
export function runs(map: PlanarMap<Belongs>, kind: Line['kind']): Run[] {
  const byLine = new Map<Line, [number, number][]>();
  const streetEnds = new Map<number, number>();
  const shore = new Map<number, number>();
  for (const [a, b, line] of map.edges()) {
    for (const vertex of [a, b]) {
      if (line.kind === 'street') streetEnds.set(vertex, (streetEnds.get(vertex) ?? 0) + 1);
      if (line.kind === 'coast') shore.set(vertex, SHORE_GAP);
      if (line.kind === 'river') shore.set(vertex, BANK_GAP);
    }
    if (line.kind !== kind) continue;
    const list = byLine.get(line);
    if (list) list.push([a, b]);
    else byLine.set(line, [[a, b]]);
  }
  const out: Run[] = [];
  for (const [line, edges] of byLine) {
    for (const vertices of chains(edges)) {
      let points = vertices.map((vertex) => map.point(vertex));
      if (kind === 'street') {
        const gap = (vertex: number) => (streetEnds.get(vertex) === 1 ? (shore.get(vertex) ?? 0) : 0);
        points = shortened(points, gap(cyclic(vertices, 0)), gap(cyclic(vertices, -1)));
      }
      if (points.length > 1) out.push({ line, vertices, points });
    }
  }
  return out;
}

/** Edges in any order → chains of vertices; a closed chain repeats its first vertex. */
function chains(edges: readonly [number, number][]): number[][] {
  const next = new Map<number, Set<number>>();
  const link = (a: number, b: number) => {
    const set = next.get(a);
    if (set) set.add(b);
    else next.set(a, new Set([b]));
  };
  for (const [a, b] of edges) {
    link(a, b);
    link(b, a);
  }
  const out: number[][] = [];
  const follow = (start: number) => {
    const chain = [start];
    for (let at = start; ; ) {
      const [to] = next.get(at) ?? [];
      if (to === undefined) break;
      next.get(at)?.delete(to);
      next.get(to)?.delete(at);
      chain.push(to);
      at = to;
    }
    if (chain.length > 1) out.push(chain);
  };
  for (const [vertex, to] of next) if (to.size === 1) follow(vertex);
  for (const vertex of next.keys()) follow(vertex);
  return out;
}

/** A line cut back at both ends by so many metres; empty when nothing is left. */
function shortened(points: readonly Point[], atStart: number, atEnd: number): Point[] {
  return cutBack(cutBack(points, atStart).toReversed(), atEnd).toReversed();
}

function cutBack(points: readonly Point[], metres: number): Point[] {
  let left = metres;
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b] = [cyclic(points, i), cyclic(points, i + 1)];
    const length = distance(a, b);
    if (length > left) return left === 0 ? points.slice(i) : [between(a, b, left / length), ...points.slice(i + 1)];
    left -= length;
  }
  return [];
}
