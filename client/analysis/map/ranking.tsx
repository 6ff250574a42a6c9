import { useMemo } from 'react';
import type { PlaceFigure } from '../../../shared/measures/figure.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { type RankedPlace, rankPlaces, standingOut } from '../brief/ranking.ts';
import { useParents } from '../parents.ts';
import type { Counts } from '../places.ts';
import { useAnalysis } from '../state.ts';
import { pointAt } from '../use-drawn.ts';
import { useAnalysisTexts } from '../words.ts';
import { placeName, valueWords } from './figure-words.ts';
import classes from './map.module.css';

/** So many places are listed; the comparison has them all. */
const MOST = 12;

/** The places to look at first, in step with the map: the significant ones, else those with the highest figure; the low beneath the high. */
export function Ranking({ spec, counts, figure }: { spec: AnalysisSpec; counts: Counts; figure: PlaceFigure }) {
  const { t } = useAnalysisTexts();
  const { language } = useTexts();
  const focus = useAnalysis((analysis) => analysis.focus);
  const { fdr } = spec;
  const { ranked, top } = useMemo(() => {
    const ranked = rankPlaces(counts, figure, { fdr });
    return { ranked, top: standingOut(ranked, figure).slice(0, MOST) };
  }, [counts, figure, fdr]);
  const chosen = ranked.find(({ key }) => key === focus);
  const isBeside = chosen !== undefined && !top.includes(chosen);
  const desa = useParents('areas' in counts && counts.level === 'rw' ? (isBeside ? [chosen, ...top] : top) : []);
  const kind = figure.test ? 'significant' : figure.scale === 'emerging' ? 'history' : 'highest';
  const title = t(`rank.${kind}`);
  const low = top.filter(({ side }) => side < 0);
  const others = top.filter(({ side }) => side >= 0);
  return (
    <section className={classes.ranking} aria-label={title}>
      <h3>{title}</h3>
      {top.length === 0 && <p>{t(figure.test ? 'rank.noneSignificant' : 'rank.none')}</p>}
      {listed(isBeside ? [chosen, ...others] : others)}
      {low.length > 0 && (
        <>
          <h3>{t(kind === 'history' ? 'rank.cold' : spec.measure === 'change' ? 'rank.fallen' : 'rank.low')}</h3>
          {listed(low)}
        </>
      )}
    </section>
  );

  function listed(places: readonly RankedPlace[]) {
    return (
      <ol>
        {places.map(({ key, at }) => (
          <li key={key}>
            <button
              type="button"
              aria-pressed={key === focus}
              onClick={() => (key === focus ? useAnalysis.getState().set({ focus: undefined }) : pointAt(counts, at))}
            >
              <span>{placeName(counts, at, t, desa.nameOf(key))}</span>
              <span className={classes.value}>{valueWords(figure, at, spec, t, language)}</span>
            </button>
          </li>
        ))}
      </ol>
    );
  }
}
