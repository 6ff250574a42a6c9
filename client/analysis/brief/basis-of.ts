import type { BaselineWarning } from '../../../shared/calendar/baseline.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { distance, number } from '../../format.ts';
import { LEFT_OUT_REASONS } from '../counted.ts';
import { spanWords } from '../days.ts';
import type { Counts } from '../places.ts';
import { warningWords } from '../ribbon/warning-words.ts';
import type { Wording } from './facts.ts';

/** Lines of what the figures rest on, each with its label. */
export type Basis = [label: string, lines: string[]][];

interface BasisMatter {
  spec: AnalysisSpec;
  counts: Counts;
  warnings: readonly BaselineWarning[];
  /** Of the area, categories and severities asked for, in words. */
  where: string;
  kinds: string;
  /** The level's name. */
  level: string;
  version: string;
}

/** What is counted although it usually is not: it must stand wherever the figures do. */
export function countedBeyond({ patrol, unverified }: Pick<AnalysisSpec, 'patrol' | 'unverified'>, t: Wording['t']) {
  return [...(patrol ? [t('patrolIn')] : []), ...(unverified ? [t('unverifiedIn')] : [])];
}

/** What is counted, of which places, against what, and what is not. */
export function basisOf(
  { spec, counts, warnings, where, kinds, level, version }: BasisMatter,
  wording: Wording,
): Basis {
  const { t, room, language } = wording;
  const { baseline, places } = spec;
  const counted = [where, kinds || t('allCategories'), ...countedBeyond(spec, t)];
  const rows: Basis = [
    [t('counted'), [counted.join(' · ')]],
    [t('places'), [places.kind === 'areas' ? level : t('grid', { metres: distance(places.metres, language) })]],
    [
      t('baseline'),
      [baseline ? `${spanWords(baseline, language)} (${room(`question.kind.${baseline.kind}`)})` : t('noBaseline')],
    ],
  ];
  if (warnings.length > 0) rows.push([t('careful'), warnings.map((warning) => warningWords(warning, room, language))]);
  rows.push([t('leftOut'), leftOut(counts, wording)], [t('asOf'), [version]]);
  return rows;
}

/** Of the period and of its baseline by themselves, a line each. */
function leftOut({ leftOut, coarse }: Counts, { t, language }: Wording): string[] {
  const spans = ['period', 'baseline'] as const;
  const leftLines = spans.flatMap((of) => {
    const told = LEFT_OUT_REASONS.flatMap((reason) => {
      const n = leftOut[of][reason];
      return n > 0 ? [t(`left.${reason}`, { n: number(n, language) })] : [];
    });
    return told.length > 0 ? [t(`of.${of}`, { told: told.join(', ') })] : [];
  });
  const coarseLines = spans.flatMap((of) =>
    coarse[of] > 0 ? [t(`of.${of}`, { told: t('coarse', { n: number(coarse[of], language) }) })] : [],
  );
  return [...(leftLines.length > 0 ? leftLines : [t('leftOutNone')]), ...coarseLines];
}
