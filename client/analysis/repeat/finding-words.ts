import i18next from 'i18next';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { distance, number } from '../../format.ts';
import type { Language } from '../../i18n/i18n.ts';
import { spanWords } from '../days.ts';
import { partStepWords } from '../map/figure-words.ts';
import { decimals, percent, pWords } from '../numbers.ts';
import { stepsOf } from '../steps.ts';
import type { Cluster, Clusters, ClustersInput } from './clusters.ts';
import { verdictOf } from './knox-verdict.ts';
import type { Repeats, RepeatsInput } from './repeats.ts';

/** What Knox's test comes to. */
export function repeatsVerdict(repeats: Repeats, input: RepeatsInput, language: Language): string {
  const t = i18next.getFixedT(language, 'repeat');
  const verdict = verdictOf(repeats, input);
  switch (verdict.kind) {
    case 'none':
      return t('verdictNone');
    case 'other':
      return t('verdictOther', { n: number(verdict.cells, language) });
    case 'near':
      return t('verdict', {
        ratio: decimals(verdict.ratio, language, 1),
        metres: number(verdict.metres, language),
        days: number(verdict.days, language),
      });
  }
}

/** How Knox's test was done. @param what of it: how its table is read (`legend`), or what stands without one */
export function repeatsMethod(
  what: 'legend' | 'knox',
  { table }: Pick<Repeats, 'table'>,
  { alpha, fdr }: RepeatsInput,
  language: Language,
): string {
  const t = i18next.getFixedT(language, 'repeat');
  return t(what, {
    draws: number(table.permutations, language),
    seed: String(table.seed),
    alpha: percent(alpha, language),
    fdr: fdr ? t('withFdr') : t('withoutFdr'),
  });
}

/** How many clusters stand out. */
export function clustersVerdict(clusters: readonly Cluster[], alpha: number, language: Language): string {
  const t = i18next.getFixedT(language, 'repeat');
  const words = { alpha: percent(alpha, language) };
  if (clusters.length === 0) return t('clustersNone');
  const significant = clusters.filter(({ p }) => p <= alpha).length;
  return significant > 0
    ? t('clustersVerdict', { ...words, n: number(significant, language) })
    : t('clustersInsignificant', words);
}

/** What clusters were looked for in, and how. */
export function clustersMethod(
  { squareM }: Pick<Clusters, 'squareM'>,
  { draws, seed, share, radiusM, lon }: ClustersInput,
  spec: Pick<AnalysisSpec, 'period' | 'stepDays'>,
  language: Language,
): string {
  const t = i18next.getFixedT(language, 'repeat');
  const n = (value: number) => number(value, language);
  const method = t('clustersMethod', {
    draws: n(draws),
    seed: String(seed),
    share: percent(share, language),
    radius: radiusM === null ? '' : t('clustersRadius', { radius: distance(radiusM, language) }),
  });
  if (squareM === null) return method;
  const room = i18next.getFixedT(language, 'analysis');
  const span = spanWords(stepsOf(spec.period, spec.stepDays).span, language);
  return [
    room('legend.basis', { n: n(lon.length), span }),
    ...partStepWords(spec, room, language),
    t('squares', { metres: n(squareM), days: n(spec.stepDays) }),
    method,
  ].join(' ');
}

/** How far a cluster reaches, and over how much: `4 areas, radius 800 m`; of one place there is no radius. */
export function clusterReach(
  { steps, members, radiusM }: Pick<Cluster, 'steps' | 'members' | 'radiusM'>,
  language: Language,
): string {
  const t = i18next.getFixedT(language, 'repeat');
  const n = number(members.length, language);
  if (radiusM === 0) return steps ? t('incidentsOnePlace', { n }) : t('onePlace');
  return t(steps ? 'incidents' : 'places', { n, radius: distance(radiusM, language) });
}

/** Clusters that a brief names. */
const NAMED = 3;

/** The clusters that stand out most, a line each. @param nameOf of what lies in the middle, where it is known */
export function clusterLines(
  clusters: readonly Cluster[],
  alpha: number,
  nameOf: (cluster: Cluster) => string | undefined,
  language: Language,
): string[] {
  const t = i18next.getFixedT(language, 'repeat');
  return clusters
    .filter(({ p }) => p <= alpha)
    .slice(0, NAMED)
    .map((cluster) =>
      t(cluster.radiusM > 0 ? 'clusterLine' : 'clusterPlace', {
        where: nameOf(cluster) ?? `${decimals(cluster.lat, language, 3)}; ${decimals(cluster.lon, language, 3)}`,
        radius: distance(Math.round(cluster.radiusM), language),
        observed: number(cluster.observed, language),
        expected: decimals(cluster.expected, language, 1),
        p: pWords(cluster.p, language),
      }),
    );
}
