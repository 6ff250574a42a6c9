import type { Random } from '../../stats/random.ts';
import type { Region } from './region.ts';

/** A way of cutting areas in two by taking one edge out of a tree: the areas on one side of it. */
export interface Cut {
  side: number[];
  /** Workload of that side. */
  workload: number;
}

/**
 * Cuts connected areas along random spanning trees, as the recombination of D. DeFord, M. Duchin and J. Solomon does
 * ("Recombination: a family of Markov chains for redistricting", Harvard Data Science Review 3.1, 2021): a minimum spanning
 * tree of random weights. The weights are exponential with the length of the border as their rate, so that
 * areas with a long border stay together more often, which makes compact zones likelier still.
 */
export class TreeCutter {
  readonly #region: Region;
  readonly #random: Random;
  /** Of each area of the region: its place in the list that is cut, −1 for others. */
  readonly #at: Int32Array;
  /** Border that a link over water counts as. */
  readonly #linkM: number;

  constructor(region: Region, random: Random) {
    this.#region = region;
    this.#random = random;
    this.#at = new Int32Array(region.size).fill(-1);
    this.#linkM = Math.max(
      1,
      region.borderM.reduce((sum, border) => sum + border, 0) / Math.max(1, region.borderM.length),
    );
  }

  /**
   * The cut of a new random tree that `unfit` finds best, or nothing where it takes none.
   * @param areas connected, at least two
   * @param unfit how far a cut with so many areas and so much workload on its side is from what is wanted; Infinity: never
   */
  cut(areas: readonly number[], unfit: (count: number, workload: number) => number): Cut | undefined {
    const { order, parent } = this.#tree(areas);
    const size = areas.length;
    const count = new Uint32Array(size).fill(1);
    const workload = Float64Array.from(areas, (area) => this.#region.workload[area] ?? 0);
    let [best, least] = [-1, Number.POSITIVE_INFINITY];
    for (let step = size - 1; step > 0; step--) {
      const at = order[step] ?? 0;
      const up = parent[at] ?? 0;
      count[up] = (count[up] ?? 0) + (count[at] ?? 0);
      workload[up] = (workload[up] ?? 0) + (workload[at] ?? 0);
      const found = unfit(count[at] ?? 0, workload[at] ?? 0);
      if (found < least) [best, least] = [at, found];
    }
    if (best < 0) return undefined;
    const inside = new Uint8Array(size);
    inside[best] = 1;
    const side: number[] = [];
    for (const at of order) {
      if (at !== best && at !== order[0] && inside[parent[at] ?? 0]) inside[at] = 1;
      if (inside[at]) side.push(areas[at] ?? 0);
    }
    return { side, workload: workload[best] ?? 0 };
  }

  /** A random spanning tree of areas, by their places in the list: the order from its root, and what each hangs from. */
  #tree(areas: readonly number[]): { order: Uint32Array; parent: Int32Array } {
    const { starts, neighbours, borderM } = this.#region;
    const size = areas.length;
    for (const [at, area] of areas.entries()) this.#at[area] = at;
    const from: number[] = [];
    const to: number[] = [];
    const weight: number[] = [];
    for (const [at, area] of areas.entries()) {
      for (let entry = starts[area] ?? 0; entry < (starts[area + 1] ?? 0); entry++) {
        const other = this.#at[neighbours[entry] ?? 0] ?? -1;
        if (other <= at) continue;
        from.push(at);
        to.push(other);
        weight.push(-Math.log(1 - this.#random.uniform()) / Math.max(borderM[entry] || this.#linkM, this.#linkM / 20));
      }
    }
    for (const area of areas) this.#at[area] = -1;
    return rooted(size, from, to, kruskal(size, from, to, weight));
  }
}

/** The edges of a minimum spanning tree. */
function kruskal(size: number, from: readonly number[], to: readonly number[], weight: readonly number[]): number[] {
  const edges = Uint32Array.from(weight.keys()).sort((one, other) => (weight[one] ?? 0) - (weight[other] ?? 0));
  const root = Int32Array.from({ length: size }, (_, at) => at);
  const find = (at: number) => {
    let top = at;
    while (root[top] !== top) {
      root[top] = root[root[top] ?? 0] ?? 0;
      top = root[top] ?? 0;
    }
    return top;
  };
  const kept: number[] = [];
  for (const edge of edges) {
    const [one, other] = [find(from[edge] ?? 0), find(to[edge] ?? 0)];
    if (one === other) continue;
    root[one] = other;
    kept.push(edge);
    if (kept.length === size - 1) break;
  }
  return kept;
}

function rooted(
  size: number,
  from: readonly number[],
  to: readonly number[],
  edges: readonly number[],
): { order: Uint32Array; parent: Int32Array } {
  const lists: number[][] = Array.from({ length: size }, () => []);
  for (const edge of edges) {
    lists[from[edge] ?? 0]?.push(to[edge] ?? 0);
    lists[to[edge] ?? 0]?.push(from[edge] ?? 0);
  }
  const parent = new Int32Array(size).fill(-1);
  const order = new Uint32Array(size);
  for (let step = 0, found = 1; step < found; step++) {
    const at = order[step] ?? 0;
    for (const next of lists[at] ?? []) {
      if (next === parent[at]) continue;
      parent[next] = at;
      order[found++] = next;
    }
  }
  return { order, parent };
}
