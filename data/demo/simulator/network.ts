import type { Random } from '../random.ts';
import { RouteQueue } from './route-queue.ts';

export type LonLat = [lon: number, lat: number];

/** A street as it comes from the demonstration or a file: its class and its line. */
export interface StreetLine {
  class: string;
  coordinates: readonly LonLat[];
}

/** Speed on a street of a class, as a share of what a vehicle could drive. */
const PACE: Record<string, number> = {
  motorway: 1.5,
  trunk: 1.2,
  primary: 1,
  secondary: 0.85,
  tertiary: 0.75,
  residential: 0.55,
  path: 0.35,
};
const OTHER_PACE = 0.6;
const METRES_PER_DEGREE = 111_200;
/** Grid for finding the nearest crossing, degrees. */
const CELL = 0.005;

/** Streets as a graph: crossings where lines share a position, of the largest connected part. */
export class StreetNetwork {
  readonly nodes: LonLat[] = [];
  private readonly next: { to: number; metres: number; pace: number }[][] = [];
  private readonly cells = new Map<string, number[]>();
  private readonly scale: number;

  /** Throws a RangeError when no line has two different positions. */
  constructor(lines: readonly StreetLine[]) {
    const all = linkLines(lines);
    const kept = largestPart(all.links);
    if (kept.length === 0) throw new RangeError('there are no streets');
    const numbers = new Map(kept.map((node, index) => [node, index]));
    const latitude = all.nodes[kept[0] ?? 0]?.[1] ?? 0;
    this.scale = Math.cos((latitude * Math.PI) / 180);
    for (const node of kept) {
      const at = all.nodes[node] ?? [0, 0];
      this.nodes.push(at);
      const cell = cellOf(at);
      this.cells.set(cell, [...(this.cells.get(cell) ?? []), this.nodes.length - 1]);
    }
    for (const node of kept) {
      const from = this.node(numbers.get(node) ?? 0);
      this.next.push(
        [...(all.links[node] ?? [])].map(([other, pace]) => {
          const to = numbers.get(other) ?? 0;
          return { to, metres: this.metres(from, this.node(to)), pace };
        }),
      );
    }
  }

  node(index: number): LonLat {
    const at = this.nodes[index];
    if (!at) throw new RangeError(`no crossing ${index}`);
    return at;
  }

  /** Metres between two positions; exact enough within a city. */
  metres(a: LonLat, b: LonLat): number {
    return Math.hypot((a[0] - b[0]) * this.scale, a[1] - b[1]) * METRES_PER_DEGREE;
  }

  /** Direction from a to b, degrees clockwise from north. */
  heading(a: LonLat, b: LonLat): number {
    return ((Math.atan2((b[0] - a[0]) * this.scale, b[1] - a[1]) * 180) / Math.PI + 360) % 360;
  }

  /** A position so many metres east and north of another. */
  moved([lon, lat]: LonLat, east: number, north: number): LonLat {
    return [lon + east / (METRES_PER_DEGREE * this.scale), lat + north / METRES_PER_DEGREE];
  }

  /** Share of a vehicle's speed that the street between two neighbouring crossings allows. */
  pace(from: number, to: number): number {
    return this.next[from]?.find((link) => link.to === to)?.pace ?? OTHER_PACE;
  }

  /** The crossing nearest to a position. */
  nearest(at: LonLat): number {
    for (let ring = 0; ring < 200; ring++) {
      const found = this.around(at, ring);
      if (found.length === 0) continue;
      // One ring more, since a corner of this one may be farther than the next one's middle.
      const all = [...found, ...this.around(at, ring + 1)];
      return all.reduce((best, node) =>
        this.metres(this.node(node), at) < this.metres(this.node(best), at) ? node : best,
      );
    }
    return this.nodes.reduce(
      (best, node, index) => (this.metres(node, at) < this.metres(this.node(best), at) ? index : best),
      0,
    );
  }

  /** Some crossing within about so many metres of a position. */
  somewhere(at: LonLat, metres: number, random: Random): number {
    const angle = random.next() * 2 * Math.PI;
    const far = metres * Math.sqrt(random.next());
    return this.nearest(this.moved(at, Math.cos(angle) * far, Math.sin(angle) * far));
  }

  /** The quickest way between two crossings, both included. Everything is connected, so there always is one. */
  route(from: number, to: number): number[] {
    const goal = this.node(to);
    const cost = new Map([[from, 0]]);
    const before = new Map<number, number>();
    const open = new RouteQueue();
    const done = new Set<number>();
    open.push(from, 0);
    for (let node = open.pop(); node !== undefined && node !== to; node = open.pop()) {
      if (done.has(node)) continue;
      done.add(node);
      const so = cost.get(node) ?? 0;
      for (const link of this.next[node] ?? []) {
        const total = so + link.metres / link.pace;
        if (total >= (cost.get(link.to) ?? Number.POSITIVE_INFINITY)) continue;
        cost.set(link.to, total);
        before.set(link.to, node);
        open.push(link.to, total + this.metres(this.node(link.to), goal) / 1.5);
      }
    }
    const way = [to];
    for (let at = before.get(to); at !== undefined; at = before.get(at)) way.unshift(at);
    return way;
  }

  private around([lon, lat]: LonLat, ring: number): number[] {
    const found: number[] = [];
    for (let i = -ring; i <= ring; i++) {
      for (let j = -ring; j <= ring; j++) {
        if (Math.max(Math.abs(i), Math.abs(j)) !== ring) continue;
        found.push(...(this.cells.get(cellOf([lon + i * CELL, lat + j * CELL])) ?? []));
      }
    }
    return found;
  }
}

const cellOf = ([lon, lat]: LonLat) => `${Math.floor(lon / CELL)},${Math.floor(lat / CELL)}`;

function linkLines(lines: readonly StreetLine[]): { nodes: LonLat[]; links: Map<number, number>[] } {
  const nodes: LonLat[] = [];
  const links: Map<number, number>[] = [];
  const known = new Map<string, number>();
  const nodeAt = ([lon, lat]: LonLat): number => {
    const key = `${lon.toFixed(7)},${lat.toFixed(7)}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, nodes.length);
    links.push(new Map());
    return nodes.push([lon, lat]) - 1;
  };
  for (const { class: cls, coordinates } of lines) {
    const pace = PACE[cls.replace(/_link$/, '')] ?? OTHER_PACE;
    let before: number | undefined;
    for (const position of coordinates) {
      const node = nodeAt(position);
      if (before !== undefined && before !== node) {
        links[before]?.set(node, pace);
        links[node]?.set(before, pace);
      }
      before = node;
    }
  }
  return { nodes, links };
}

/** Numbers of the nodes of the largest connected part, in order. */
function largestPart(links: readonly Map<number, number>[]): number[] {
  const seen = new Uint8Array(links.length);
  let largest: number[] = [];
  for (let start = 0; start < links.length; start++) {
    if (seen[start]) continue;
    seen[start] = 1;
    const part = [start];
    for (const node of part) {
      for (const to of links[node]?.keys() ?? []) {
        if (!seen[to]) part.push(to);
        seen[to] = 1;
      }
    }
    if (part.length > largest.length && part.length > 1) largest = part;
  }
  return largest.sort((a, b) => a - b);
}
