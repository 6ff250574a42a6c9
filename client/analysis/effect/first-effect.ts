import type { AnalysisSpec, EffectSpec } from '../../../shared/schemas/analysis.ts';

/** What is asked at first, at the level that the room shows; desa where it shows cells. */
export function firstEffect({ places }: Pick<AnalysisSpec, 'places'>): EffectSpec {
  const level = places.kind === 'areas' ? places.level : 'desa';
  return { level, treated: [], control: [], before: null, after: null, surroundings: true, size: 'none' };
}
