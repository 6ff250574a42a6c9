import type { Random } from '../../stats/random.ts';
import type { Division } from './division.ts';
import type { TreeCutter } from './tree.ts';

/**
 * One recombination: two neighbouring zones are united and cut in two anew along a random tree (DeFord, Duchin, Solomon
 * 2021), kept by the rule of simulated annealing.
 * @returns how many areas it looked at, which it takes time in proportion to
 */
export function recombine(division: Division, cutter: TreeCutter, random: Random, temperature: number): number {
  const { region, zoneOf } = division;
  const edge = randomEdge(division, random);
  if (!edge) return 1;
  const [one, other] = [zoneOf[edge[0]] ?? 0, zoneOf[edge[1]] ?? 0];
  const areas: number[] = [];
  for (let area = 0; area < region.size; area++) if (zoneOf[area] === one || zoneOf[area] === other) areas.push(area);
  const half = ((division.workload[one] ?? 0) + (division.workload[other] ?? 0)) / 2;
  const cut = cutter.cut(areas, (_, workload) => Math.abs(workload - half));
  if (!cut) return areas.length;
  const before = division.cost(one) + division.cost(other);
  const was = areas.map((area) => zoneOf[area] ?? 0);
  const inside = new Set(cut.side);
  for (const area of areas) {
    const to = inside.has(area) ? one : other;
    if (zoneOf[area] !== to) division.move(area, to);
  }
  if (accepts(division.cost(one) + division.cost(other) - before, temperature, random)) return areas.length;
  for (const [at, area] of areas.entries()) {
    const to = was[at] ?? 0;
    if (zoneOf[area] !== to) division.move(area, to);
  }
  return areas.length;
}

/**
 * One flip: an area at a border goes over to the zone beyond, where its own stays connected, kept by the rule of simulated
 * annealing (S. J. D'Amico, S.-J. Wang, R. Batta, C. M. Rump, "A simulated annealing approach to police district design",
 * Computers & Operations Research 29, 2002).
 */
export function flip(division: Division, random: Random, temperature: number): void {
  const edge = randomEdge(division, random);
  if (!edge) return;
  const [area, beyond] = edge;
  const to = division.zoneOf[beyond] ?? 0;
  if (!accepts(division.costOfMove(area, to), temperature, random)) return;
  if (division.canLeave(area)) division.move(area, to);
}

/** S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, "Optimization by simulated annealing", Science 220, 1983. */
function accepts(dearer: number, temperature: number, random: Random): boolean {
  return dearer <= 0 || random.uniform() < Math.exp(-dearer / temperature);
}

/** Two neighbouring areas that are in two zones; nothing where a few tries find none. */
function randomEdge({ region, zoneOf }: Division, random: Random): [number, number] | undefined {
  const { starts, neighbours, size } = region;
  for (let attempt = 0; attempt < 20; attempt++) {
    const area = random.below(size);
    const begin = starts[area] ?? 0;
    const many = (starts[area + 1] ?? 0) - begin;
    if (many === 0) continue;
    const other = neighbours[begin + random.below(many)] ?? 0;
    if (zoneOf[area] !== zoneOf[other]) return [area, other];
  }
  return undefined;
}
