import type { LeftOut } from '../../shared/schemas/hotspot.ts';
import type { Tally } from './queries.ts';

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
    if (tally.inPeriod) add(summary, 'period', tally, isPlaced(tally));
    if (tally.inBaseline) add(summary, 'baseline', tally, isPlaced(tally));
  }
  return summary;
}

function add({ total, leftOut, coarse }: Summary, span: 'period' | 'baseline', tally: Tally, placed: boolean): void {
  if (tally.kind !== 'counted') leftOut[span][tally.kind] += tally.count;
  else if (!placed) leftOut[span].placeless += tally.count;
  else {
    total[span] += tally.count;
    if (tally.coarse) coarse[span] += tally.count;
  }
}
