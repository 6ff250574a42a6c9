import type { LeftOut } from '../../shared/schemas/hotspot.ts';
import type { Kind, Tally } from './queries.ts';

/** What every answer says of the whole: see `shared/schemas/hotspot.ts`. */
export interface Summary {
  total: { period: number; baseline: number };
  leftOut: { period: LeftOut; baseline: LeftOut };
  coarse: { period: number; baseline: number };
}

/**
 * Adds up what was tallied.
 * @param isPlaced whether a tally is of a place of the answer
 */
export function summarise<Of extends Tally>(tallies: readonly Of[], isPlaced: (tally: Of) => boolean): Summary {
  const none = (): LeftOut => ({ patrol: 0, unverified: 0, void: 0, placeless: 0 });
  const summary: Summary = {
    total: { period: 0, baseline: 0 },
    leftOut: { period: none(), baseline: none() },
    coarse: { period: 0, baseline: 0 },
  };
  for (const tally of tallies) {
    const placed = isPlaced(tally);
    add(summary, 'period', tally.kind, tally.period, placed ? tally.coarsePeriod : undefined);
    add(summary, 'baseline', tally.kind, tally.baseline, placed ? tally.coarseBaseline : undefined);
  }
  return summary;
}

/** @param coarse undefined where they are in no place of the answer */
function add(
  { total, leftOut, coarse: coarseOf }: Summary,
  span: 'period' | 'baseline',
  kind: Kind,
  count: number,
  coarse: number | undefined,
): void {
  if (kind !== 'counted') leftOut[span][kind] += count;
  else if (coarse === undefined) leftOut[span].placeless += count;
  else {
    total[span] += count;
    coarseOf[span] += coarse;
  }
}
