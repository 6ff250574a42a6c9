import { logPicture } from '../../api/pictures.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { mapPicture } from '../../map/paper-picture.ts';
import { useSession } from '../../session.ts';
import { useView } from '../../state/view.ts';
import { exactTime } from '../../time.ts';
import { spanWords } from '../days.ts';
import { useShownFigures } from '../figures.ts';
import { densityLegend, legendOf } from '../map/legend-of.ts';
import { useOpened } from '../saved/opened.ts';
import { useAnalysisTexts } from '../words.ts';
import { countedBeyond } from './basis-of.ts';
import { useBrief } from './brief-state.ts';
import { mapFile } from './map-file.ts';
import { FIGURES_ALONE } from './use-paper.ts';
import { useBriefTexts } from './words.ts';

/** Makes the file of the map that is on the screen, with its legend; it is written down before it is made. */
export function useMapFile(): () => Promise<{ content: Blob; name: string }> {
  const { t } = useAnalysisTexts();
  const { t: paper } = useBriefTexts();
  const { language } = useTexts();
  const { answer, zone } = useShownFigures();
  return async () => {
    const { map } = useSession.getState();
    if (!map || !answer || !zone) throw new Error('There is no map.');
    const { spec, counts, outcome } = answer;
    const span = spanWords(spec.period, language);
    const baseline = spec.baseline && spanWords(spec.baseline, language);
    const subtitle = baseline ? paper('against', { span, baseline }) : span;
    const title = useOpened.getState().analysis?.title ?? t(`measure.${spec.measure}`);
    const { watermark, at } = await logPicture({ kind: 'png', title, spec });
    const version = paper('version', {
      time: exactTime(Date.parse(counts.asOf), zone, language),
      version: counts.dataVersion,
      seed: spec.seed,
    });
    const { theme, layers, set } = useView.getState();
    const wording = { t, language, theme };
    const value = outcome.ok ? outcome.value : undefined;
    const legend =
      value?.kind === 'density'
        ? densityLegend(value.figure, spec, wording)
        : value && legendOf({ spec, figure: value.figure, incidents: counts.total.period }, wording);
    useBrief.setState({ isPicture: true });
    set({ layers: FIGURES_ALONE });
    try {
      const picture = await mapPicture(map.map);
      const lines = [...(legend?.lines ?? []), ...countedBeyond(spec, paper), version];
      const content = await mapFile(picture, { title, subtitle, legend, lines, watermark, theme });
      return { content, name: `ronda-peta-${at.slice(0, 10)}.png` };
    } finally {
      useBrief.setState({ isPicture: false });
      set({ layers });
    }
  };
}
