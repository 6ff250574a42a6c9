import type { Ground } from '../../shared/plans/ground.ts';
import type { FixOutcome } from '../../shared/plans/suggest/fix-zone.ts';
import type { Suggestion, SuggestRefusal } from '../../shared/plans/suggest/suggest.ts';

/** What the worker of plans is asked: a division of what is free, or the fewest areas to move so that a zone is even. */
export type PlanJob =
  | { kind: 'division'; ground: Ground; zones: number; seed: number; free: Uint8Array; workload: Float64Array }
  | {
      kind: 'fix';
      ground: Ground;
      zone: number;
      locked: readonly boolean[];
      zoneOf: Int32Array;
      workload: Float64Array;
    };

/** What it answers: how far it is from 0 to 1, and one of the others at the end. */
export type PlanMessage =
  | { done: number }
  | { division: { ok: true; value: Suggestion } | { ok: false; reason: SuggestRefusal } }
  | { fix: FixOutcome }
  | { error: string };
