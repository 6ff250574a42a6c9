import type { LeftOut } from '../../shared/schemas/hotspot.ts';
import type { Coarse, Tally } from './queries.ts';

/** What every answer says of the whole: see `shared/schemas/hotspot.ts`. */
export interface Summary {
  total: { period: number; baseline: number };
  leftOut: { period: LeftOut; baseline: LeftOut };
  coarse: { period: number; baseline: number };
  accuracyUnknown: { period: number; baseline: number };
}

/**
 * Adds up what was tallied.
 * @param isPlaced whether a tally is of a place of the answer
 */
export function summarise<Of extends Tally>(
  tallies: readonly Of[],
  isPlaced: (tally: Of) => boolean,
  { coarse, coarseBaseline }: Coarse,
): Summary {
  const none = (): LeftOut => ({ patrol: 0, unverified: 0, void: 0, placeless: 0 });
  const total = { period: 0, baseline: 0 };
  const leftOut = { period: none(), baseline: none() };
  const accuracyUnknown = { period: 0, baseline: 0 };
  for (const tally of tallies) {
    const placed = isPlaced(tally);
    for (const [span, suffix] of [
      ['period', ''],
      ['baseline', 'Baseline'],
    ] as const) {
      if (placed) {
        total[span] += tally[`counted${suffix}`];
        accuracyUnknown[span] += tally[`unknown${suffix}`];
      } else leftOut[span].placeless += tally[`counted${suffix}`];
      for (const kind of ['patrol', 'unverified', 'void'] as const) leftOut[span][kind] += tally[`${kind}${suffix}`];
    }
  }
  return { total, leftOut, coarse: { period: coarse, baseline: coarseBaseline }, accuracyUnknown };
}
