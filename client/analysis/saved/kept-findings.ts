import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import {
  FINDING_KINDS,
  type SavedAnalysis,
  type SavedFigures,
  type SavedFinding,
} from '../../../shared/schemas/saved-analysis.ts';
import { questionOf } from '../findings.ts';
import { isOf } from './differences.ts';
import { specOf } from './opened.ts';

type Kept = Pick<SavedAnalysis, 'spec' | 'figures'>;

/** What other views had found when an analysis was saved, as far as the same is asked of them now. */
export function keptFindings(analysis: Kept | undefined, spec: AnalysisSpec): SavedFinding[] {
  const { findings = [] } = analysis?.figures ?? {};
  return analysis
    ? findings.filter(({ kind }) => questionOf(kind, specOf(analysis)) === questionOf(kind, spec))
    : findings;
}

/** Figures with what an analysis keeps of views that were not asked again: whoever saves it anew does not lose that. */
export function withKept(figures: SavedFigures, analysis: Kept | undefined, spec: AnalysisSpec): SavedFigures {
  const { findings = [] } = figures;
  const kept = keptFindings(analysis, spec).filter(({ kind }) => !findings.some((found) => found.kind === kind));
  const measures = (analysis?.figures.measures ?? []).filter((measure) => kept.some(({ kind }) => isOf(kind, measure)));
  const all = [...findings, ...kept];
  return {
    ...figures,
    measures: [...figures.measures, ...measures],
    findings: FINDING_KINDS.flatMap((kind) => all.filter((each) => each.kind === kind)),
  };
}
