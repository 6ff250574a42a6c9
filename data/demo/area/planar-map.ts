import { between, crossing, cyclic, distance, distanceToSegment, insideRing, type Point } from './plane.ts';

/** A line that cuts the land: a street, the river, the coast, the edge of a field. */
export interface Line {
  id: number;
  kind: 'coast' | 'river' | 'street' | 'field';
  class: 'primary' | 'secondary' | 'residential' | 'path' | '';
  name: string;
}

export interface Face<Data> {
  id: number;
  /** Vertices, counter-clockwise. */
  ring: number[];
  data: Data;
}

const KEY = 2 ** 24;
const directed = (a: number, b: number) => a * KEY + b;
const undirected = (a: number, b: number) => (a < b ? directed(a, b) : directed(b, a));

/**
 * A plane cut into faces that share their vertices exactly. Two operations keep it so: a vertex put on an edge is put into
 * the faces on both sides of it, and a face is only ever cut in two along a path of vertices. Areas made of faces
 * therefore tile without gap or overlap.
 */
export class PlanarMap<Data> {
  readonly points: Point[] = [];
  readonly faces = new Map<number, Face<Data>>();
  readonly lines: Line[] = [];
  private readonly sides = new Map<number, number>();
  private readonly edgeLines = new Map<number, number>();
  private nextFace = 1;

  addLine(line: Omit<Line, 'id'>): Line {
    const added = { id: this.lines.length, ...line };
    this.lines.push(added);
    return added;
  }

  /** A first face, whose edges belong to `line`. The ring must be counter-clockwise. */
  addFace(ring: readonly Point[], line: Line, data: Data): Face<Data> {
    const ids = ring.map((point) => this.points.push(point) - 1);
    ids.forEach((a, i) => {
      this.edgeLines.set(undirected(a, cyclic(ids, i + 1)), line.id);
    });
    return this.register(ids, data);
  }

  point(vertex: number): Point {
    return cyclic(this.points, vertex);
  }

  ringPoints(face: Face<Data>): Point[] {
    return face.ring.map((vertex) => this.point(vertex));
  }

  lineOf(a: number, b: number): Line | undefined {
    const id = this.edgeLines.get(undirected(a, b));
    return id === undefined ? undefined : this.lines[id];
  }

  /** Every edge once, as its two vertices and its line. */
  *edges(): Generator<[a: number, b: number, line: Line]> {
    for (const [key, id] of this.edgeLines) yield [Math.floor(key / KEY), key % KEY, cyclic(this.lines, id)];
  }

  /** The face whose boundary runs from a to b, if there is land on that side. */
  faceAlong(a: number, b: number): Face<Data> | undefined {
    const id = this.sides.get(directed(a, b));
    return id === undefined ? undefined : this.faces.get(id);
  }

  /** Puts a new vertex on an edge, for the faces of both sides. */
  splitEdge(a: number, b: number, point: Point): number {
    const line = this.edgeLines.get(undirected(a, b));
    if (line === undefined) throw new Error('no such edge');
    const vertex = this.points.push(point) - 1;
    this.edgeLines.delete(undirected(a, b));
    this.edgeLines.set(undirected(a, vertex), line);
    this.edgeLines.set(undirected(vertex, b), line);
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const face = this.faceAlong(from, to);
      this.sides.delete(directed(from, to));
      if (!face) continue;
      face.ring.splice(face.ring.indexOf(from) + 1, 0, vertex);
      this.sides.set(directed(from, vertex), face.id);
      this.sides.set(directed(vertex, to), face.id);
    }
    return vertex;
  }

  /** Cuts a face in two along a path between two of its vertices; both parts get a copy of its data. */
  splitFace(face: Face<Data>, from: number, path: readonly Point[], to: number, line: Line): [Face<Data>, Face<Data>] {
    const i = face.ring.indexOf(from);
    const j = face.ring.indexOf(to);
    if (i < 0 || j < 0 || i === j) throw new Error('a cut needs two vertices of the face');
    const middle = path.map((point) => this.points.push(point) - 1);
    const whole = [from, ...middle, to];
    for (let k = 0; k + 1 < whole.length; k++) {
      this.edgeLines.set(undirected(cyclic(whole, k), cyclic(whole, k + 1)), line.id);
    }
    const along = (start: number, end: number) => {
      const part: number[] = [];
      for (let k = start; k !== end; k = (k + 1) % face.ring.length) part.push(cyclic(face.ring, k));
      return part;
    };
    const left = [...along(i, j), to, ...middle.toReversed()];
    const right = [...along(j, i), from, ...middle];
    this.faces.delete(face.id);
    return [this.register(left, { ...face.data }), this.register(right, { ...face.data })];
  }

  /**
   * Cuts through everything a polyline crosses. What sticks out beyond the first and last crossing is left off.
   * Crossings within `snap` metres of a vertex use that vertex.
   */
  cut(polyline: readonly Point[], line: Line, snap: number): void {
    const stops: { position: number; vertex: number }[] = [];
    for (let s = 0; s + 1 < polyline.length; s++) {
      const [p, q] = [cyclic(polyline, s), cyclic(polyline, s + 1)];
      const found: { t: number; point: Point; edge: [number, number] }[] = [];
      for (const [a, b] of this.edges()) {
        const hit = crossing(p, q, this.point(a), this.point(b));
        if (hit) found.push({ t: hit.t, point: between(p, q, hit.t), edge: [a, b] });
      }
      for (const { t, point, edge } of found) {
        stops.push({ position: s + t, vertex: this.vertexAt(point, edge, snap) });
      }
    }
    stops.sort((one, other) => one.position - other.position);
    for (let k = 0; k + 1 < stops.length; k++) {
      const [start, end] = [cyclic(stops, k), cyclic(stops, k + 1)];
      if (start.vertex === end.vertex) continue;
      const path = polyline.slice(Math.floor(start.position) + 1, Math.floor(end.position) + 1).filter((point) => {
        return distance(point, this.point(start.vertex)) > snap && distance(point, this.point(end.vertex)) > snap;
      });
      const whole = [this.point(start.vertex), ...path, this.point(end.vertex)];
      const half = Math.floor((whole.length - 1) / 2);
      const [a, b] = [cyclic(whole, half), cyclic(whole, half + 1)];
      const face = this.faceAt([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
      if (face?.ring.includes(start.vertex) && face.ring.includes(end.vertex)) {
        this.splitFace(face, start.vertex, path, end.vertex, line);
      }
    }
  }

  faceAt(point: Point): Face<Data> | undefined {
    for (const face of this.faces.values()) if (insideRing(this.ringPoints(face), point)) return face;
    return undefined;
  }

  /** Outlines of a set of faces: outer rings counter-clockwise, holes clockwise, as vertices. */
  outline(faces: Iterable<Face<Data>>): number[][] {
    const mine = new Set([...faces].map((face) => face.id));
    const next = new Map<number, number[]>();
    for (const id of mine) {
      const ring = this.faces.get(id)?.ring ?? [];
      ring.forEach((a, i) => {
        const b = cyclic(ring, i + 1);
        const across = this.sides.get(directed(b, a));
        if (across !== undefined && mine.has(across)) return;
        const list = next.get(a);
        if (list) list.push(b);
        else next.set(a, [b]);
      });
    }
    const rings: number[][] = [];
    for (const start of next.keys()) {
      while ((next.get(start)?.length ?? 0) > 0) rings.push(...simpleRings(this.walk(start, next)));
    }
    return rings;
  }

  private walk(start: number, next: Map<number, number[]>): number[] {
    const ring: number[] = [];
    let vertex = start;
    do {
      ring.push(vertex);
      const to = next.get(vertex)?.pop();
      if (to === undefined) throw new Error('an outline is not closed');
      vertex = to;
    } while (vertex !== start);
    return ring;
  }

  /** The vertex at a point of an edge, made if need be. An edge that was split meanwhile is looked for again. */
  private vertexAt(point: Point, edge: readonly [number, number], snap: number): number {
    const [a, b] = this.edgeLines.has(undirected(...edge)) ? edge : this.nearestEdge(point);
    const [toA, toB] = [distance(point, this.point(a)), distance(point, this.point(b))];
    if (Math.min(toA, toB) < snap) return toA < toB ? a : b;
    return this.splitEdge(a, b, point);
  }

  private nearestEdge(point: Point): [number, number] {
    let best: [number, number] | undefined;
    let nearest = Number.POSITIVE_INFINITY;
    for (const [a, b] of this.edges()) {
      const far = distanceToSegment(point, this.point(a), this.point(b));
      if (far < nearest) [best, nearest] = [[a, b], far];
    }
    if (!best) throw new Error('there are no edges');
    return best;
  }

  private register(ring: number[], data: Data): Face<Data> {
    const face = { id: this.nextFace++, ring, data };
    this.faces.set(face.id, face);
    ring.forEach((a, i) => {
      this.sides.set(directed(a, cyclic(ring, i + 1)), face.id);
    });
    return face;
  }
}

/** Takes a walk that meets itself apart into rings that do not. */
function simpleRings(walk: readonly number[]): number[][] {
  const rings: number[][] = [];
  let open: number[] = [];
  for (const vertex of walk) {
    const before = open.indexOf(vertex);
    if (before >= 0) {
      rings.push(open.slice(before));
      open = open.slice(0, before);
    }
    open.push(vertex);
  }
  if (open.length > 2) rings.push(open);
  return rings.filter((ring) => ring.length > 2);
}
