import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { countedParams } from '../../api/hotspots.ts';

/**
 * The query of a file of the areas on the screen: what is counted, and of which measure value, p and class are. To the public
 * the comparison alone is told.
 * @param offset of the place's zone from UTC, as in `+08:00`
 */
export function tableQuery(spec: AnalysisSpec, audience: 'internal' | 'public', offset: string): URLSearchParams {
  const params = countedParams(spec, offset);
  params.set('audience', audience);
  if (spec.places.kind === 'areas') params.set('level', spec.places.level);
  params.set('alpha', String(spec.alpha));
  params.set('fdr', String(spec.fdr));
  const isOfAreas = spec.measure !== 'density' && (spec.measure !== 'change' || spec.baseline !== null);
  if (audience === 'public' || !isOfAreas) return params;
  for (const name of ['measure', 'per', 'expected', 'smoothing', 'seed', 'stepDays'] as const)
    params.set(name, String(spec[name]));
  if (spec.draws) params.set('draws', String(spec.draws));
  return params;
}
