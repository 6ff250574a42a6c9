import type { DaySpan } from '../../../shared/calendar/days.ts';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { decimals, percent, pWords } from '../numbers.ts';
import type { Counts } from '../places.ts';
import classes from './foresight.module.css';
import { type Foresight, type ForesightInput, type MapScore, WATCHED_WEEKLY } from './foresight.ts';
import { usePaintedRanks } from './use-painted-ranks.ts';
import { WeekBars } from './week-bars.tsx';
import { useForesightTexts } from './words.ts';

/** Fewer incidents than this turn every share over with the next one. */
const FEW = 20;

interface Props {
  found: Foresight;
  input: ForesightInput;
  counts: Counts;
  weeks: DaySpan[];
}

/** How the map did: in a sentence, at each share of the area, and week by week. */
export function ForesightFigures({ found, input, counts, weeks }: Props) {
  const { t } = useForesightTexts();
  const { language } = useTexts();
  usePaintedRanks(found, counts);
  const isNaive = input.forecast === 'count';
  return (
    <div className={classes.figures}>
      <p className={classes.verdict} role="status">
        {verdict()}
      </p>
      {isNaive && <p className={classes.note}>{t('sameMap')}</p>}
      {found.events < FEW && <p className={classes.note}>{t('few', { events: number(found.events, language) })}</p>}
      <div className={classes.scroll}>
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
            {found.rows.map(({ share, map, naive, p }) => (
              <tr key={share}>
                <th scope="row">{percent(share, language)}</th>
                <td>{scored(map)}</td>
                {!isNaive && <td>{scored(naive)}</td>}
                {!isNaive && <td>{p === null ? '–' : pWords(p, language)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <WeekBars weekly={found.weekly} weeks={weeks} naive={!isNaive} />
      <p className={classes.note}>{t('method', { confidence: percent(1 - input.alpha, language) })}</p>
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
        <small className={classes.below}>{t('places', { n: number(score.places, language) })}</small>
      </>
    );
  }

  function verdict(): string {
    const row = found.rows.find(({ share }) => share === WATCHED_WEEKLY);
    if (!row?.map || !row.naive) return t('verdictTooLarge');
    const words = {
      map: number(row.map.hits, language),
      naive: number(row.naive.hits, language),
      events: number(found.events, language),
    };
    if (isNaive) return t('verdictCount', words);
    if (row.p === null || row.p > input.alpha) return t('verdictSame', words);
    const p = pWords(row.p, language);
    return row.onlyMap > row.onlyNaive ? t('verdictBetter', { ...words, p }) : t('verdictWorse', { ...words, p });
  }
}
