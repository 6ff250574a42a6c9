import { lengthOf } from '../../../shared/calendar/days.ts';
import { type Comparison, PERMUTATIONS } from '../../../shared/measures/comparison.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import type { Outcome, PermutationTest } from '../../../shared/stats/index.ts';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { MethodLink } from '../methods/method-link.tsx';
import { decimals, pWords, ratioWords } from '../numbers.ts';
import type { Counts } from '../places.ts';
import { reasonWords } from '../reasons.ts';
import { useAnalysisTexts } from '../words.ts';
import classes from './compare.module.css';

/** All places together: the ratio with its interval, and Moran's I of both periods. */
export function Whole({ spec, counts, comparison }: { spec: AnalysisSpec; counts: Counts; comparison: Comparison }) {
  const { t } = useAnalysisTexts();
  const { language } = useTexts();
  const { whole, moran } = comparison;
  const n = (value: number) => number(value, language);
  const moranWords = (outcome: Outcome<PermutationTest>) =>
    outcome.ok
      ? t('compare.moranValue', {
          value: decimals(outcome.value.statistic, language, 2),
          p: pWords(outcome.value.p, language),
        })
      : reasonWords(outcome.reason, language).title;
  return (
    <section className={classes.whole} aria-label={t('compare.whole')}>
      <p className={classes.ratio}>
        {whole.ratio === null
          ? t('compare.noRatio')
          : t('compare.ratio', {
              ratio: ratioWords(whole.ratio, language),
              lower: decimals(whole.lower, language, 2),
              upper: whole.upper === null ? '∞' : decimals(whole.upper, language, 2),
            })}
      </p>
      <p className={classes.dim}>
        {t('compare.counts', {
          period: n(counts.total.period),
          baseline: n(counts.total.baseline),
          days: n(lengthOf(spec.period)),
          baselineDays: n(spec.baseline ? lengthOf(spec.baseline) : 0),
        })}
      </p>
      <dl>
        <dt>
          {t('compare.moran')}, {t('question.period').toLowerCase()}
        </dt>
        <dd>{moranWords(moran.period)}</dd>
        <dt>
          {t('compare.moran')}, {t('question.baseline').toLowerCase()}
        </dt>
        <dd>{moranWords(moran.baseline)}</dd>
      </dl>
      <p className={classes.dim}>
        {t('compare.moranNote', { draws: n(PERMUTATIONS), seed: spec.seed })}{' '}
        {moran.period.ok && t('compare.moranChance', { expected: number(moran.period.value.expected, language, 4) })}{' '}
        <MethodLink of="global-moran" compact />
      </p>
    </section>
  );
}
