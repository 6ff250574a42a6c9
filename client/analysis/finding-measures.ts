import type { SavedMeasure } from '../../shared/schemas/saved-analysis.ts';
import type { Effect } from './effect/judge.ts';
import { type Foresight, WATCHED_WEEKLY } from './foresight/foresight.ts';
import type { Clusters } from './repeat/clusters.ts';
import type { Repeats } from './repeat/repeats.ts';

/**
 * The figures that what was found stands on, as a saved analysis keeps them. Their names begin with the kind of finding, so
 * that whoever opens it knows which view must be asked again.
 */
export function effectMeasures({ counts, local, difference }: Effect): SavedMeasure[] {
  const judged = ({ estimate, lower, upper, p }: Effect['local']) => ({ value: estimate, p, low: lower, high: upper });
  return [
    { name: 'effect.treated.before', value: counts.treated[0] },
    { name: 'effect.treated.after', value: counts.treated[1] },
    { name: 'effect.control.before', value: counts.control[0] },
    { name: 'effect.control.after', value: counts.control[1] },
    { name: 'effect.local', ...judged(local) },
    { name: 'effect.all', ...judged(difference) },
  ];
}

export function repeatsMeasures({ table, significant }: Repeats): SavedMeasure[] {
  return [
    { name: 'repeats.significant', value: significant.reduce((sum, one) => sum + one, 0) },
    { name: 'repeats.nearest', value: table.observed[0] ?? null, p: table.p[0] ?? null },
  ];
}

/** @param alpha level at which a cluster counts */
export function clustersMeasures({ clusters }: Clusters, alpha: number): SavedMeasure[] {
  const [first] = clusters;
  return [
    { name: 'clusters.significant', value: clusters.filter(({ p }) => p <= alpha).length },
    { name: 'clusters.first', value: first?.observed ?? null, p: first?.p ?? null },
  ];
}

export function testMeasures({ rows, events }: Foresight): SavedMeasure[] {
  const row = rows.find(({ share }) => share === WATCHED_WEEKLY);
  return [
    { name: 'test.events', value: events },
    { name: 'test.map', value: row?.map?.hits ?? null, p: row?.p ?? null },
    { name: 'test.naive', value: row?.naive?.hits ?? null },
  ];
}
