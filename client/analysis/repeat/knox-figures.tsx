import { useEffect } from 'react';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { decimals, percent, pWords } from '../numbers.ts';
import { useAnalysis } from '../state.ts';
import { useAnalysisMap } from '../use-analysis-map.ts';
import { verdictOf } from './knox-verdict.ts';
import classes from './repeat.module.css';
import type { Repeats, RepeatsInput } from './repeats.ts';
import { useRepeatTexts } from './words.ts';

/** Fewer pairs than this make a ratio that the next incident may turn over. */
const SMALL = 5;

/** What Knox's test found: in a sentence, and as a table of distances by times. */
export function KnoxFigures({ repeats, input }: { repeats: Repeats; input: RepeatsInput }) {
  const { t } = useRepeatTexts();
  const { language } = useTexts();
  const alpha = useAnalysis(({ spec }) => spec?.alpha ?? 0.05);
  const { table, significant, pairs, pairCount } = repeats;
  usePairsOnMap(repeats, input);
  const verdict = verdictOf(repeats, input);
  const columns = input.days.map((to, column) => daysWords(input.days[column - 1] ?? 0, to));
  return (
    <div className={classes.result}>
      <p className={classes.verdict} role="status">
        {verdict.kind === 'none' && t('verdictNone')}
        {verdict.kind === 'other' && t('verdictOther', { n: number(verdict.cells, language) })}
        {verdict.kind === 'near' &&
          t('verdict', {
            ratio: decimals(verdict.ratio, language, 1),
            metres: number(verdict.metres, language),
            days: number(verdict.days, language),
          })}
      </p>
      <div className={classes.scroll}>
        <table className={classes.knox}>
          <thead>
            <tr>
              <th scope="col">{t('distance')}</th>
              {columns.map((words) => (
                <th key={words} scope="col">
                  {words}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {input.metres.map((to, row) => (
              <tr key={to}>
                <th scope="row">{metresWords(input.metres[row - 1] ?? 0, to)}</th>
                {input.days.map((end, column) => {
                  const cell = row * table.columns + column;
                  const observed = table.observed[cell] ?? 0;
                  const ratio = table.ratio[cell] ?? null;
                  const p = pWords(table.p[cell] ?? 1, language);
                  const whole = t('cell', {
                    observed: number(observed, language),
                    expected: decimals(table.expected[cell] ?? 0, language, 1),
                    p,
                  });
                  const marked = significant[cell] === 1;
                  return (
                    <td key={end} title={whole} data-significant={marked || undefined}>
                      <b>{ratio === null ? '–' : t('times', { ratio: decimals(ratio, language, 2) })}</b>
                      <span>p {p}</span>
                      <span>{t('pairs', { n: number(observed, language) })}</span>
                      {observed < SMALL && <em>{t('small')}</em>}
                      {marked && <span className={classes.hidden}>{t('significantCell')}</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pairCount > 0 && (
        <p className={classes.note}>
          {t(pairCount > pairs.first.length ? 'shown' : 'shownAll', {
            shown: number(pairs.first.length, language),
            n: number(pairCount, language),
          })}
        </p>
      )}
      <p className={classes.note}>
        {t('legend', {
          draws: number(table.permutations, language),
          seed: String(table.seed),
          alpha: percent(alpha, language),
          fdr: input.fdr ? t('withFdr') : t('withoutFdr'),
        })}
      </p>
    </div>
  );

  function metresWords(from: number, to: number): string {
    return from === 0
      ? t('within', { to: number(to, language) })
      : t('between', { from: number(from, language), to: number(to, language) });
  }

  /** Bands are of whole days: up to, not including, their upper end. */
  function daysWords(from: number, to: number): string {
    if (to - from === 1) return from === 0 ? t('sameDay') : t('oneDay', { from: number(from, language) });
    const last = number(to - 1, language);
    return from === 0 ? t('daysWithin', { to: last }) : t('daysBetween', { from: number(from, language), to: last });
  }
}

/** Draws the pairs as lines from the earlier incident to the later one, as long as they are told of. */
function usePairsOnMap({ pairs: { first, second } }: Repeats, { lon, lat, day }: RepeatsInput): void {
  const map = useAnalysisMap();
  useEffect(() => {
    const at = (i: number) => [lon[i] ?? 0, lat[i] ?? 0] as const;
    map?.showPairs(
      Array.from(first, (one, k) => {
        const other = second[k] ?? 0;
        return (day[one] ?? 0) <= (day[other] ?? 0) ? ([at(one), at(other)] as const) : ([at(other), at(one)] as const);
      }),
    );
    return () => map?.showPairs([]);
  }, [map, first, second, lon, lat, day]);
}
