import { useCallback, useMemo } from 'react';
import type { DaySpan } from '../../../shared/calendar/days.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { number } from '../../format.ts';
import { type Language, useTexts } from '../../i18n/i18n.ts';
import { useView } from '../../state/view.ts';
import { testMeasures } from '../finding-measures.ts';
import { FindingNote } from '../finding-note.tsx';
import { Swatch } from '../map/map-legend.tsx';
import { decimals, percent, pWords } from '../numbers.ts';
import type { Counts } from '../places.ts';
import { Wide } from '../wide.tsx';
import classes from './foresight.module.css';
import type { Foresight, ForesightInput, MapScore } from './foresight.ts';
import { FEW, foresightLines, foresightMethod, foresightVerdict } from './foresight-words.ts';
import { rankColours, usePaintedRanks } from './use-painted-ranks.ts';
import { WeekBars } from './week-bars.tsx';
import { useForesightTexts } from './words.ts';

interface Props {
  spec: AnalysisSpec;
  found: Foresight;
  input: Pick<ForesightInput, 'forecast' | 'alpha'>;
  counts: Counts;
  weeks: DaySpan[];
}

/** How the map did: in a sentence, at each share of the area, and week by week. */
export function ForesightFigures({ spec, found, input, counts, weeks }: Props) {
  const { t } = useForesightTexts();
  const { language } = useTexts();
  usePaintedRanks(found, counts);
  const say = useCallback(
    (inLanguage: Language) => [foresightVerdict(found, input, inLanguage), ...foresightLines(found, input, inLanguage)],
    [found, input],
  );
  const measures = useMemo(() => testMeasures(found), [found]);
  const colours = rankColours(useView((view) => view.theme));
  const isNaive = input.forecast === 'count';
  return (
    <div className={classes.figures}>
      <p className={classes.verdict} role="status">
        {foresightVerdict(found, input, language)}
      </p>
      {isNaive && <p className={classes.note}>{t('sameMap')}</p>}
      {found.events < FEW && <p className={classes.note}>{t('few', { events: number(found.events, language) })}</p>}
      <Wide label={t('title')} className={classes.scroll}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('watched')}</th>
              <th scope="col">
                {t('hits')}: {t('map')}
              </th>
              {!isNaive && <th scope="col">{t('naive')}</th>}
              {!isNaive && <th scope="col">p</th>}
            </tr>
          </thead>
          <tbody>
            {found.rows.map(({ share, map, naive, p }, at) => (
              <tr key={share}>
                <th scope="row">
                  <Swatch colour={colours[at] ?? ''} mark="" />
                  {percent(share, language)}
                </th>
                <td>{scored(map)}</td>
                {!isNaive && <td>{scored(naive)}</td>}
                {!isNaive && <td>{p === null ? '–' : pWords(p, language)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      <WeekBars weekly={found.weekly} weeks={weeks} naive={!isNaive} />
      <p className={classes.note}>{foresightMethod(input.alpha, language)}</p>
      <FindingNote kind="test" spec={spec} say={say} measures={measures} />
    </div>
  );

  function scored(score: MapScore | null) {
    if (!score) return <small>{t('tooLarge')}</small>;
    const bounds = { from: percent(score.lower, language), to: percent(score.upper, language) };
    return (
      <>
        <b>{percent(score.hitRate, language)}</b> <small>{t('interval', bounds)}</small>
        <small className={classes.below}>
          {t('pai', { pai: decimals(score.pai, language, 1), pei: decimals(score.pei, language, 2) })}
        </small>
        <small className={classes.below}>
          {t('places', { n: number(score.places, language), area: percent(score.areaShare, language, 1) })}
        </small>
      </>
    );
  }
}
