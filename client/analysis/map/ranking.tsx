import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { type RankedPlace, rankPlaces } from '../brief/ranking.ts';
import type { PlaceFigure } from '../measures/figure.ts';
import type { Counts } from '../places.ts';
import { useAnalysis } from '../state.ts';
import { pointAt } from '../use-drawn.ts';
import { useAnalysisTexts } from '../words.ts';
import { placeName, valueWords } from './figure-words.ts';
import classes from './map.module.css';

/** So many places are listed; the comparison has them all. */
const MOST = 12;

/** The places to look at first, in step with the map: the significant ones, else those with the highest figure. */
export function Ranking({ spec, counts, figure }: { spec: AnalysisSpec; counts: Counts; figure: PlaceFigure }) {
  const { t } = useAnalysisTexts();
  const { language } = useTexts();
  const focus = useAnalysis((analysis) => analysis.focus);
  const ranked = rankPlaces(counts, figure, spec);
  const stands = ({ significant, value, at }: RankedPlace) => {
    if (figure.test) return significant;
    return figure.scale === 'emerging' ? (figure.cls[at] ?? 0) > 0 : (value ?? 0) > 0;
  };
  const top = ranked.filter(stands).slice(0, MOST);
  const chosen = ranked.find(({ key }) => key === focus);
  const places = chosen && !top.includes(chosen) ? [chosen, ...top] : top;
  const title = figure.test ? t('rank.significant') : t('rank.highest');
  return (
    <section className={classes.ranking} aria-label={title}>
      <h3>{title}</h3>
      {top.length === 0 && <p>{figure.test ? t('rank.noneSignificant') : t('rank.none')}</p>}
      <ol>
        {places.map(({ key, at }) => (
          <li key={key}>
            <button
              type="button"
              aria-pressed={key === focus}
              onClick={() => (key === focus ? useAnalysis.getState().set({ focus: undefined }) : pointAt(counts, at))}
            >
              <span>{placeName(counts, at, t)}</span>
              <span className={classes.value}>{valueWords(figure, at, spec, t, language)}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
