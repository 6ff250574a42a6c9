import { useCallback, useEffect, useMemo } from 'react';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { number } from '../../format.ts';
import { type Language, useTexts } from '../../i18n/i18n.ts';
import { repeatsMeasures } from '../finding-measures.ts';
import { FindingNote } from '../finding-note.tsx';
import { decimals, pWords } from '../numbers.ts';
import { useAnalysisMap } from '../use-analysis-map.ts';
import { Wide } from '../wide.tsx';
import { repeatsMethod, repeatsVerdict } from './finding-words.ts';
import classes from './repeat.module.css';
import type { Repeats, RepeatsInput } from './repeats.ts';
import { useRepeatTexts } from './words.ts';

/** Fewer pairs than this make a ratio that the next incident may turn over. */
const SMALL = 5;

/** What Knox's test found: in a sentence, and as a table of distances by times. */
export function KnoxFigures({ spec, repeats, input }: { spec: AnalysisSpec; repeats: Repeats; input: RepeatsInput }) {
  const say = useCallback(
    (language: Language) => [repeatsVerdict(repeats, input, language), repeatsMethod('knox', repeats, input, language)],
    [repeats, input],
  );
  const measures = useMemo(() => repeatsMeasures(repeats), [repeats]);
  const { t } = useRepeatTexts();
  const { language } = useTexts();
  const { table, adjusted, significant, pairs, pairCount } = repeats;
  usePairsOnMap(repeats, input);
  const columns = input.days.map((to, column) => daysWords(input.days[column - 1] ?? 0, to));
  return (
    <div className={classes.result}>
      <p className={classes.verdict} role="status">
        {repeatsVerdict(repeats, input, language)}
      </p>
      <Wide label={t('repeats')} className={classes.scroll}>
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
                    fdr: pWords(adjusted[cell] ?? 1, language),
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
      </Wide>
      {pairCount > 0 && (
        <p className={classes.note}>
          {t(pairCount > pairs.first.length ? 'shown' : 'shownAll', {
            shown: number(pairs.first.length, language),
            n: number(pairCount, language),
          })}
        </p>
      )}
      <p className={classes.note}>{repeatsMethod('legend', repeats, input, language)}</p>
      <FindingNote kind="repeats" spec={spec} say={say} measures={measures} />
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
