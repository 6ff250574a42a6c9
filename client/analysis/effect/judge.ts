import type { AreaSize } from '../../../shared/schemas/analysis.ts';
import {
  type BeforeAfter,
  type DisplacementDifference,
  harmWeightedDifference,
  type JudgedDifference,
  weightedDisplacementDifference,
} from '../../../shared/stats/displacement.ts';
import { done, type Outcome } from '../../../shared/stats/result.ts';
import { SIDES, type SideName, type Sides } from './sides.ts';

/** Incidents of each area, before and after. */
export interface AreaChanges {
  before: ArrayLike<number>;
  after: ArrayLike<number>;
}

export interface EffectInput {
  changes: AreaChanges;
  sides: Sides;
  /** Lengths of the periods, days. */
  days: { before: number; after: number };
  /** What each area holds, to make sides of unlike size comparable; undefined to take them as they are. */
  sizes: ArrayLike<number> | undefined;
  alpha: number;
}

/** What a treatment did, in incidents of a period as long as the one after. */
export interface Effect {
  counts: Record<SideName, BeforeAfter>;
  /** Of all four sides; negative: fewer than without the treatment. */
  difference: DisplacementDifference;
  /** Of treated against control alone. */
  local: JudgedDifference;
  /** Of what lies around them; undefined where nothing does or nothing happened there. */
  moved: JudgedDifference | undefined;
  /** What the treated areas would have had after, if they had changed as their control did. */
  without: number;
}

/** Counts of each side. */
export function countsOf({ before, after }: AreaChanges, sides: Sides): Record<SideName, BeforeAfter> {
  const sum = (values: ArrayLike<number>, areas: number[]) => areas.reduce((all, area) => all + (values[area] ?? 0), 0);
  const pairs = SIDES.map((name) => [name, [sum(before, sides[name]), sum(after, sides[name])]] as const);
  return Object.fromEntries(pairs) as unknown as Record<SideName, BeforeAfter>;
}

/**
 * Weighted displacement difference of the sides. Counts before are put to the length of the period after; counts of a
 * control to the size of what it is compared with, where sizes are given. Refuses as {@link weightedDisplacementDifference}.
 */
export function judgeEffect(input: EffectInput): Outcome<Effect> {
  const { sides, days, alpha } = input;
  const counts = countsOf(input.changes, sides);
  const controlSize = relativeSize(sides.control, sides.treated, input.sizes);
  const outerSize = relativeSize(sides.controlSurroundings, sides.surroundings, input.sizes);
  const judged = weightedDisplacementDifference(
    {
      treated: counts.treated,
      control: counts.control,
      treatedSurroundings: counts.surroundings,
      controlSurroundings: counts.controlSurroundings,
      timeWeights: [days.before / days.after, 1],
      areaWeights: [controlSize, 1, outerSize, 1],
    },
    { alpha },
  );
  if (!judged.ok) return judged;
  const difference = judged.value;
  const local = harmWeightedDifference([{ ...difference.local, weight: 1 }], { alpha });
  if (!local.ok) return local;
  const moved = harmWeightedDifference([{ ...difference.displaced, weight: 1 }], { alpha });
  return done({
    counts,
    difference,
    local: local.value,
    moved: moved.ok ? moved.value : undefined,
    without: counts.treated[1] - difference.local.estimate,
  });
}

/** How much larger one side is than the other; 1 where it is not known, or not to matter. */
function relativeSize(side: number[], other: number[], sizes: ArrayLike<number> | undefined): number {
  const sum = (areas: number[]) => areas.reduce((all, area) => all + (sizes?.[area] ?? 0), 0);
  return sum(side) > 0 && sum(other) > 0 ? sum(side) / sum(other) : 1;
}

/** What areas hold, by what is asked; undefined where they are taken as they are, or some of them say nothing. */
export function sizesOf(
  areas: { households: readonly (number | null)[]; km2: readonly number[] },
  size: AreaSize,
  sides: Sides,
): number[] | undefined {
  if (size === 'none') return undefined;
  const values = areas[size].map((value) => value ?? 0);
  return SIDES.every((name) => sides[name].every((area) => (values[area] ?? 0) > 0)) ? values : undefined;
}

/** How much worse an incident is than one of the next milder severity: a choice of ours, said on the screen. */
const HARM = { low: 1, moderate: 2, serious: 4, critical: 8 } as const;

/**
 * The same weighted by the harm of each severity. Severities without an incident on any side add nothing. Refuses `no-areas`
 * where none has one.
 */
export function judgeHarm(
  bySeverity: Readonly<Partial<Record<keyof typeof HARM, AreaChanges>>>,
  input: Omit<EffectInput, 'changes'>,
): Outcome<JudgedDifference> {
  const differences = Object.entries(bySeverity).flatMap(([severity, changes]) => {
    const judged = judgeEffect({ ...input, changes });
    return judged.ok ? [{ ...judged.value.difference, weight: HARM[severity as keyof typeof HARM] }] : [];
  });
  return harmWeightedDifference(differences, { alpha: input.alpha });
}
