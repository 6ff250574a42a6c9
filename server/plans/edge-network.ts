import { MICRO } from './metres.ts';

/** Polygons of rings of [longitude, latitude], degrees. */
export type Outline = readonly (readonly (readonly (readonly number[])[])[])[];

/** How far a corner may lie from an edge that it is said to lie on, micro-degrees: what rounding leaves. */
const ON_EDGE = 1.5;

/**
 * The outlines of areas over one set of corners, in whole micro-degrees, and which areas lie on either side of each edge.
 */
export class EdgeNetwork {
  readonly #x: number[] = [];
  readonly #y: number[] = [];
  /** By area, its rings by their corners; the first is not repeated at the end. */
  readonly #rings: number[][][];
  /** The areas beside each edge, by {@link EdgeNetwork.#edge}: one number for two, see {@link pair}. */
  #beside = new Map<number, number>();

  constructor(outlines: readonly Outline[]) {
    this.#rings = this.#readRings(outlines);
    this.#weigh();
    if (this.#cutEdges()) this.#weigh();
  }

  ringsOf(area: number): readonly (readonly number[])[] {
    return this.#rings[area] ?? [];
  }

  /** Longitude and latitude of a corner, micro-degrees. */
  place(vertex: number): readonly [x: number, y: number] {
    return [this.#x[vertex] ?? 0, this.#y[vertex] ?? 0];
  }

  /** The area beyond an edge of this one; −1: none, `undefined`: itself, as where a ring goes there and back. */
  beyond(area: number, from: number, to: number): number | undefined {
    const beside = this.#beside.get(this.#edge(from, to)) ?? 0;
    const [one, two] = [(beside % SHIFT) - 1, Math.floor(beside / SHIFT) - 1];
    if (one !== area && two !== area) return -1;
    const other = one === area ? two : one;
    return other === area ? undefined : other;
  }

  #readRings(outlines: readonly Outline[]): number[][][] {
    const [west, south, east, north] = boundsOf(outlines);
    const height = north - south + 1;
    if ((east - west + 1) * height > Number.MAX_SAFE_INTEGER) throw new RangeError('outlines are too far apart');
    const known = new Map<number, number>();
    const vertexAt = (x: number, y: number) => {
      const key = (x - west) * height + (y - south);
      let vertex = known.get(key);
      if (vertex === undefined) {
        vertex = this.#x.push(x) - 1;
        this.#y.push(y);
        known.set(key, vertex);
      }
      return vertex;
    };
    return outlines.map((polygons) =>
      polygons.flat().flatMap((ring) => {
        const vertices: number[] = [];
        for (const [lon = 0, lat = 0] of ring) {
          const vertex = vertexAt(micro(lon), micro(lat));
          if (vertex !== vertices.at(-1)) vertices.push(vertex);
        }
        if (vertices.length > 1 && vertices[0] === vertices.at(-1)) vertices.pop();
        return vertices.length > 2 ? [vertices] : [];
      }),
    );
  }

  /** Notes for every edge who lies beside it: the first two; outlines that overlap have no more. */
  #weigh(): void {
    this.#beside = new Map();
    for (const [area, rings] of this.#rings.entries()) {
      for (const ring of rings) {
        for (const [at, from] of ring.entries()) {
          const edge = this.#edge(from, ring[(at + 1) % ring.length] ?? 0);
          const beside = this.#beside.get(edge);
          if (beside === undefined) this.#beside.set(edge, area + 1);
          else if (beside < SHIFT) this.#beside.set(edge, beside + (area + 1) * SHIFT);
        }
      }
    }
  }

  /** Cuts edges that one area alone has where corners of others lie on them; false where there is nothing to cut. */
  #cutEdges(): boolean {
    const isLone = (from: number, to: number) => (this.#beside.get(this.#edge(from, to)) ?? 0) < SHIFT;
    const corners = new CornerGrid(this.#x, this.#y);
    for (const ring of this.#rings.flat())
      for (const [at, from] of ring.entries()) if (isLone(from, ring[(at + 1) % ring.length] ?? 0)) corners.add(from);
    let cut = false;
    for (const rings of this.#rings) {
      for (const [index, ring] of rings.entries()) {
        const whole = ring.flatMap((from, at) => {
          const to = ring[(at + 1) % ring.length] ?? 0;
          return isLone(from, to) ? [from, ...corners.between(from, to)] : [from];
        });
        if (whole.length === ring.length) continue;
        rings[index] = whole;
        cut = true;
      }
    }
    return cut;
  }

  #edge(from: number, to: number): number {
    return from < to ? from * this.#x.length + to : to * this.#x.length + from;
  }
}

/** Two areas, each by its number and one, stand in one number. */
const SHIFT = 2 ** 24;

/** Corners by the cell of a grid that they lie in, to find those on an edge. */
class CornerGrid {
  readonly #cells = new Map<string, Set<number>>();
  readonly #x: readonly number[];
  readonly #y: readonly number[];

  constructor(x: readonly number[], y: readonly number[]) {
    this.#x = x;
    this.#y = y;
  }

  add(vertex: number): void {
    const key = keyOf(cellOf(this.#x[vertex] ?? 0), cellOf(this.#y[vertex] ?? 0));
    const cell = this.#cells.get(key) ?? new Set();
    this.#cells.set(key, cell.add(vertex));
  }

  /** The corners on the edge between two, in order from the first; neither of them. */
  between(from: number, to: number): number[] {
    const [x0, y0, x1, y1] = [this.#x[from] ?? 0, this.#y[from] ?? 0, this.#x[to] ?? 0, this.#y[to] ?? 0];
    const [dx, dy] = [x1 - x0, y1 - y0];
    const length = Math.hypot(dx, dy);
    const found: { vertex: number; along: number }[] = [];
    for (const vertex of this.#near(x0, y0, x1, y1)) {
      if (vertex === from || vertex === to) continue;
      const [x, y] = [(this.#x[vertex] ?? 0) - x0, (this.#y[vertex] ?? 0) - y0];
      const along = (x * dx + y * dy) / length;
      if (along > 0 && along < length && Math.abs(x * dy - y * dx) / length <= ON_EDGE) found.push({ vertex, along });
    }
    return found.sort((one, other) => one.along - other.along).map(({ vertex }) => vertex);
  }

  /** Corners of the cells that an edge runs through: in each column of cells those that it spans there. */
  *#near(x0: number, y0: number, x1: number, y1: number): Generator<number> {
    const [west, east] = [Math.min(x0, x1) - ON_EDGE, Math.max(x0, x1) + ON_EDGE];
    const slope = x1 === x0 ? 0 : (y1 - y0) / (x1 - x0);
    for (let column = cellOf(west); column <= cellOf(east); column++) {
      const inside = [column * CELL, (column + 1) * CELL].map((x) => Math.min(east, Math.max(west, x)));
      const ends = x1 === x0 ? [y0, y1] : inside.map((x) => y0 + (x - x0) * slope);
      const margin = ON_EDGE * (1 + Math.abs(slope));
      const [low, high] = [
        Math.max(Math.min(...ends), Math.min(y0, y1)) - margin,
        Math.min(Math.max(...ends), Math.max(y0, y1)) + margin,
      ];
      for (let row = cellOf(low); row <= cellOf(high); row++) yield* this.#cells.get(keyOf(column, row)) ?? [];
    }
  }
}

/** Micro-degrees that a cell is wide: a kilometre or so. */
const CELL = 10_000;
const cellOf = (value: number) => Math.floor(value / CELL);
const keyOf = (column: number, row: number) => `${column},${row}`;
const micro = (degrees: number) => Math.round(degrees * MICRO);

function boundsOf(outlines: readonly Outline[]): [west: number, south: number, east: number, north: number] {
  let [west, south, east, north] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const outline of outlines) {
    for (const ring of outline.flat()) {
      for (const [lon = 0, lat = 0] of ring) {
        west = Math.min(west, micro(lon));
        east = Math.max(east, micro(lon));
        south = Math.min(south, micro(lat));
        north = Math.max(north, micro(lat));
      }
    }
  }
  return west > east ? [0, 0, 0, 0] : [west, south, east, north];
}
