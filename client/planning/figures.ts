import { type Assignment, assignmentOf } from '../../shared/plans/assignment.ts';
import { checkPlan, type PlanCheck } from '../../shared/plans/checks.ts';
import { type Compactness, compactnessOf } from '../../shared/plans/compactness.ts';
import type { Ground } from '../../shared/plans/ground.ts';
import { areaWorkload, type Balance, balanceOf, type WorkloadColumns } from '../../shared/plans/workload.ts';
import type { PlanContent } from '../../shared/schemas/plan.ts';

/** All that is told of a plan as it is, or as it is in the middle of a stroke. */
export interface PlanFigures {
  content: PlanContent;
  assignment: Assignment;
  /** Areas of each zone, in the order of the list. */
  areas: readonly number[];
  /** Areas in no zone. */
  free: number;
  checks: readonly PlanCheck[];
  compactness: Compactness;
  /** Undefined while what there is in the areas is not known. */
  balance: Balance | undefined;
}

/** What there is in the areas of a ground, and what one of each weighs. */
export interface Load {
  columns: WorkloadColumns;
  /** Of each area, by the weights of the content that it is for. */
  workload: Float64Array;
}

/** The workload of each area by a content's weights. */
export function loadOf(columns: WorkloadColumns, content: PlanContent): Load {
  return { columns, workload: areaWorkload(columns, content.weights) };
}

/**
 * Reckons a plan's figures.
 * @param zoneOf zones of the areas in the middle of a stroke; those of the content otherwise
 */
export function figuresOf(
  ground: Ground,
  content: PlanContent,
  load: Load | undefined,
  zoneOf?: Int32Array,
): PlanFigures {
  const own = assignmentOf(ground, content);
  const assignment = zoneOf ? { ...own, zoneOf } : own;
  const areas = content.zones.map(() => 0);
  let free = 0;
  for (const zone of assignment.zoneOf) {
    if (zone < 0) free++;
    else areas[zone] = (areas[zone] ?? 0) + 1;
  }
  return {
    content,
    assignment,
    areas,
    free,
    checks: checkPlan(ground, assignment),
    compactness: compactnessOf(ground, assignment),
    balance: load && balanceOf(assignment, load.columns, load.workload),
  };
}
