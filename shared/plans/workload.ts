import type { PlanWorkload, WorkloadWeights } from '../schemas/plan.ts';
import type { Assignment } from './assignment.ts';
import type { Ground } from './ground.ts';

/** What a workload is weighed from: the names of the weights. */
export type WorkloadPart = keyof WorkloadWeights;
const PARTS: readonly WorkloadPart[] = [
  'low',
  'moderate',
  'serious',
  'critical',
  'km2',
  'streetKm',
  'households',
  'tps',
  'posts',
];
/** How many of each a weight is of, where it is not one: it is of a thousand households. */
const OF_HOUSEHOLDS = 1_000;

/** What there is in each area of a ground, in its order. Households are NaN where no figure is known. */
export type WorkloadColumns = Readonly<Record<WorkloadPart, Float64Array>>;

/** What there is in a zone, or in the areas of none. */
export type ZoneFigures = Record<WorkloadPart, number> & {
  areas: number;
  /** Areas whose households nobody knows; `households` is of the others alone. */
  withoutHouseholds: number;
  workload: number;
  /** How far the workload is from the mean of the zones, in hundredths of that mean; null where there is no workload. */
  deviation: number | null;
};

/** How evenly zones share the workload. */
export interface Balance {
  /** In the order of the plan's list. */
  zones: ZoneFigures[];
  /** The areas that are in no zone; their deviation is null. */
  none: ZoneFigures;
  /** Mean workload of a zone; 0 where there are none. */
  mean: number;
  /** Index of the zone that is furthest from the mean, the first of several; null where there is no workload in zones. */
  worst: number | null;
  /** Standard deviation of the zones' workload in hundredths of their mean; null where there is none. */
  variation: number | null;
}

/**
 * The columns of an answer for a ground. Null where the answer is of other areas than the ground: areas were imported
 * between the two, which must both be asked for again.
 */
export function readWorkload(ground: Ground, answer: PlanWorkload): WorkloadColumns | null {
  if (answer.code.length !== ground.size || answer.code.some((code, at) => code !== ground.code[at])) return null;
  return {
    low: Float64Array.from(answer.low),
    moderate: Float64Array.from(answer.moderate),
    serious: Float64Array.from(answer.serious),
    critical: Float64Array.from(answer.critical),
    km2: ground.areaM2.map((area) => area / 1e6),
    streetKm: Float64Array.from(answer.streetKm),
    households: Float64Array.from(answer.households, (count) => count ?? Number.NaN),
    tps: Float64Array.from(answer.tps),
    posts: Float64Array.from(answer.posts),
  };
}

/**
 * The workload of each area: the weighted sum of what there is in it. Households that nobody knows add nothing, which
 * `ZoneFigures.withoutHouseholds` tells.
 */
export function areaWorkload(columns: WorkloadColumns, weights: WorkloadWeights): Float64Array {
  const sum = new Float64Array(columns.low.length);
  for (const part of PARTS) {
    const weight = part === 'households' ? weights.households / OF_HOUSEHOLDS : weights[part];
    if (weight === 0) continue;
    const column = columns[part];
    for (let area = 0; area < sum.length; area++) {
      const value = column[area] ?? 0;
      if (!Number.isNaN(value)) sum[area] = (sum[area] ?? 0) + weight * value;
    }
  }
  return sum;
}

/**
 * What there is in each zone, and how evenly the zones share the workload.
 * @param workload of each area, by `areaWorkload`
 */
export function balanceOf(
  { zones, zoneOf }: Pick<Assignment, 'zones' | 'zoneOf'>,
  columns: WorkloadColumns,
  workload: Float64Array,
): Balance {
  const figures = zones.map(noFigures);
  const none = noFigures();
  for (let area = 0; area < zoneOf.length; area++) {
    const its = figures[zoneOf[area] ?? -1] ?? none;
    its.areas++;
    its.workload += workload[area] ?? 0;
    for (const part of PARTS) {
      const value = columns[part][area] ?? 0;
      if (Number.isNaN(value)) its.withoutHouseholds++;
      else its[part] += value;
    }
  }
  const total = figures.reduce((sum, its) => sum + its.workload, 0);
  const mean = zones.length > 0 ? total / zones.length : 0;
  if (mean === 0) return { zones: figures, none, mean, worst: null, variation: null };
  let worst = 0;
  let squares = 0;
  for (const [index, its] of figures.entries()) {
    its.deviation = (100 * (its.workload - mean)) / mean;
    squares += its.deviation ** 2;
    if (Math.abs(its.deviation) > Math.abs(figures[worst]?.deviation ?? 0)) worst = index;
  }
  return { zones: figures, none, mean, worst, variation: Math.sqrt(squares / zones.length) };
}

function noFigures(): ZoneFigures {
  return {
    areas: 0,
    low: 0,
    moderate: 0,
    serious: 0,
    critical: 0,
    km2: 0,
    streetKm: 0,
    households: 0,
    withoutHouseholds: 0,
    tps: 0,
    posts: 0,
    workload: 0,
    deviation: null,
  };
}
