import { useCallback } from 'react';
import type { PlaceFigure } from '../../../shared/measures/figure.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useView } from '../../state/view.ts';
import { useIsLeaving } from '../brief/brief-state.ts';
import { ComputedState } from '../computed-state.tsx';
import { CountedNote } from '../counted-note.tsx';
import { useFigures } from '../figures.ts';
import { METHOD_OF_MEASURE } from '../methods/method-keys.ts';
import { usePlaceName } from '../parents.ts';
import type { Counts } from '../places.ts';
import { useAnalysis } from '../state.ts';
import { useDrawn, useDrawnDensity } from '../use-drawn.ts';
import { useAnalysisTexts } from '../words.ts';
import { Careful } from './careful.tsx';
import { Controls } from './controls.tsx';
import { valueWords } from './figure-words.ts';
import { densityLegend, legendOf } from './legend-of.ts';
import classes from './map.module.css';
import { MapKey } from './map-key.tsx';
import { MapLegend } from './map-legend.tsx';
import { PairPart } from './pair-part.tsx';
import { PlayPart } from './play-part.tsx';
import { Ranking } from './ranking.tsx';
import { ShorterSteps } from './shorter-steps.tsx';
import { usePair } from './use-pair.ts';
import { usePlay } from './use-play.ts';

/** The map's figures: which measure of which places, what their colours mean, and which places stand out. */
export default function MapView() {
  const { t } = useAnalysisTexts();
  const { language } = useTexts();
  const theme = useView((view) => view.theme);
  const spec = useAnalysis((analysis) => analysis.spec);
  const figures = useFigures();
  const { answer, zone } = figures;
  const play = usePlay(answer?.spec, zone, answer?.counts);
  const value = answer?.outcome.ok ? answer.outcome.value : undefined;
  const figure = value?.kind === 'places' ? value.figure : undefined;
  const density = value?.kind === 'density' ? value.figure : undefined;
  const isLeaving = useIsLeaving();
  const isPlayed = play.figure !== undefined && !isLeaving;
  const pair = usePair(answer?.spec, figure && !isPlayed && !isLeaving ? answer?.counts : undefined);
  const shown = figure && ((isPlayed ? play.figure : pair.figure) ?? figure);
  const isCount = isPlayed || pair.figure !== undefined;
  const nameOf = usePlaceName();
  const tell = useCallback(
    (place: number) => {
      if (!answer || !shown) return '';
      const asked = isCount ? { ...answer.spec, measure: 'count' as const } : answer.spec;
      return `${nameOf(answer.counts, place)} · ${valueWords(shown, place, asked, t, language)}`;
    },
    [answer, shown, isCount, nameOf, t, language],
  );
  useDrawn(answer?.counts, shown, tell);
  useDrawnDensity(density);
  if (!spec) return null;
  const wording = { t, language, theme };
  const legend = (of: PlaceFigure, { spec, counts }: { spec: AnalysisSpec; counts: Counts }) => {
    const asked = pair.figure ? { ...spec, measure: 'count' as const } : spec;
    const played = isPlayed ? play.span : undefined;
    const words = legendOf({ spec: asked, figure: of, incidents: counts.total.period, played }, wording);
    return { ...words, lines: [...words.lines, ...pair.lines] };
  };
  const made = answer && (shown ? legend(shown, answer) : density && densityLegend(density, answer.spec, wording));
  return (
    <div className={classes.view}>
      <Controls spec={spec} counts={answer?.counts} />
      <ComputedState of={figures} />
      <ShorterSteps spec={spec} refused={answer?.outcome.ok === false ? answer.outcome.reason : undefined} />
      {answer && (
        <div className={classes.results} data-old={figures.pending || undefined}>
          {made && (
            <>
              <MapLegend {...made} method={METHOD_OF_MEASURE[isCount ? 'count' : answer.spec.measure]} />
              <MapKey {...made} />
            </>
          )}
          {figure && <Careful spec={answer.spec} counts={answer.counts} figure={figure} />}
          {figure && !pair.mode && <PlayPart play={play} />}
          {figure && !isPlayed && answer.spec.baseline && <PairPart pair={pair} />}
          {figure && !isPlayed && <Ranking spec={answer.spec} counts={answer.counts} figure={figure} />}
          {zone && <CountedNote counts={answer.counts} zone={zone} />}
        </div>
      )}
    </div>
  );
}
