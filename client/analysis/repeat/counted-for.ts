import type { Risk } from '../../../shared/schemas/analysis.ts';
import type { Counted } from '../counted.ts';

/**
 * What near repeats and clusters rest on, as one statement: the incidents of the period, and what a search of areas takes besides,
 * the baseline where the risk goes by that, and those in none of the areas.
 * @param areas undefined where the incidents themselves are searched
 */
export function countedFor(points: Counted, areas: Counted | undefined, risk: Risk): Counted {
  if (!areas) return points;
  const isCompared = risk === 'baseline';
  const pair = (of: 'total' | 'accuracyUnknown') => ({
    period: points[of].period,
    baseline: isCompared ? areas[of].baseline : 0,
  });
  const before = isCompared ? areas.leftOut.baseline : { patrol: 0, unverified: 0, void: 0, placeless: 0 };
  return {
    total: pair('total'),
    leftOut: {
      period: { ...points.leftOut.period, placeless: areas.leftOut.period.placeless },
      baseline: before,
    },
    coarse: { period: areas.coarse.period, baseline: isCompared ? areas.coarse.baseline : 0 },
    accuracyUnknown: pair('accuracyUnknown'),
    baseline: isCompared ? areas.baseline : null,
    // The older: nothing is newer than that in both.
    asOf: [points.asOf, areas.asOf].sort()[0] ?? points.asOf,
    dataVersion: [...new Set([points.dataVersion, areas.dataVersion])].join(' · '),
  };
}
