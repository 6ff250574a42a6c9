import { useMemo, useState } from 'react';
import { lengthOf } from '../../../shared/calendar/days.ts';
import { comparableCounts } from '../../../shared/measures/comparable.ts';
import type { PlaceFigure } from '../../../shared/measures/figure.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { useTexts } from '../../i18n/i18n.ts';
import type { ComparisonMode } from '../../map/second-map.ts';
import { useView } from '../../state/view.ts';
import { spanWords } from '../days.ts';
import { placeLooks } from '../looks.ts';
import { brief } from '../numbers.ts';
import { usePlaceName } from '../parents.ts';
import type { Counts } from '../places.ts';
import { useAnalysisTexts } from '../words.ts';
import { useSecondMap } from './use-second-map.ts';

/** Period and baseline on two maps. */
export interface Pair {
  mode: ComparisonMode | undefined;
  choose(mode: ComparisonMode | undefined): void;
  /** What the first map shows while there are two. */
  figure: PlaceFigure | undefined;
  /** What the legend says of the two beside the classes. */
  lines: string[];
}

/** Shows the counts of the period on the map and those of the baseline on a second one, in the same classes, once it is asked to. */
export function usePair(spec: AnalysisSpec | undefined, counts: Counts | undefined): Pair {
  const { t } = useAnalysisTexts();
  const { language } = useTexts();
  const theme = useView((view) => view.theme);
  const [chosen, choose] = useState<ComparisonMode>();
  const baseline = spec?.baseline;
  const mode = baseline && counts ? chosen : undefined;
  const made = useMemo(() => {
    if (!mode || !spec?.baseline || !counts) return undefined;
    const { count, baselineCount } = 'areas' in counts ? counts.areas : counts.cells;
    return comparableCounts(count, baselineCount, { period: lengthOf(spec.period), baseline: lengthOf(spec.baseline) });
  }, [mode, spec, counts]);
  const nameOf = usePlaceName();
  const drawn = useMemo(() => {
    if (!made || !counts) return undefined;
    const tell = (place: number) => `${nameOf(counts, place)} · ${brief(made.baseline.value[place] ?? 0, language)}`;
    return { counts, ...placeLooks(made.baseline, theme), tell };
  }, [made, counts, theme, nameOf, language]);
  const words = {
    left: spec ? `${t('pair.period')}: ${spanWords(spec.period, language)}` : '',
    right: baseline ? `${t('pair.baseline')}: ${spanWords(baseline, language)}` : '',
    handle: t('pair.handle'),
  };
  useSecondMap(mode, words, drawn);
  const lines = made ? [t('pair.same'), ...(made.perDays ? [t('pair.scaled', { days: made.perDays })] : [])] : [];
  return { mode, choose, figure: made?.period, lines };
}
