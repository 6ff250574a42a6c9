import type { Effect } from './judge.ts';

/** What a comparison says, for a sentence: events are of the treated areas over the period after. */
export interface EffectVerdict {
  /**
   * Whether the whole interval lies on one side of no effect; `fewer-here` where it does, and yet so much more happened around
   * that it cannot be told of both together.
   */
  outcome: 'fewer' | 'fewer-here' | 'more' | 'unclear';
  /** How many fewer (positive) or more, with the bounds of its interval from the lesser to the greater effect. */
  events: number;
  from: number;
  to: number;
  /** Change against what would have been without, as a share; null where nothing would have been. */
  share: number | null;
  /** What happened around: nothing looked at or nothing there, no telling, more than around the control, or fewer. */
  around: 'none' | 'unclear' | 'moved' | 'spread';
}

/** The verdict on treated against control, and on what lies around them. */
export function verdictOf({ difference, local, moved, without }: Effect): EffectVerdict {
  const around = !moved ? 'none' : moved.lower > 0 ? 'moved' : moved.upper < 0 ? 'spread' : 'unclear';
  const fewer = around === 'moved' && difference.upper >= 0 ? 'fewer-here' : 'fewer';
  const outcome = local.upper < 0 ? fewer : local.lower > 0 ? 'more' : 'unclear';
  const sign = outcome === 'more' ? 1 : -1;
  const [from = 0, to = 0] = [local.lower * sign, local.upper * sign].toSorted((a, b) => a - b);
  return {
    outcome,
    events: local.estimate * sign,
    from,
    to,
    share: without > 0 ? local.estimate / without : null,
    around,
  };
}
