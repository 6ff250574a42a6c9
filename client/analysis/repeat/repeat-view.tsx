import type { Zone } from '../../../shared/geo/zone.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import type { CountedPoints } from '../../../shared/schemas/hotspot.ts';
import { EmptyNote, ErrorNote, LoadingNote } from '../../components/state-note.tsx';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { CountedNote } from '../counted-note.tsx';
import { useRoomZone } from '../room-zone.ts';
import { useAnalysis } from '../state.ts';
import { ClustersPart } from './clusters-part.tsx';
import { countedFor } from './counted-for.ts';
import { FIRST_REPEAT } from './defaults.ts';
import { RepeatsPart } from './repeats-part.tsx';
import { MOST_INCIDENTS, useIncidents } from './use-incidents.ts';
import { useSearchedAreas } from './use-searched-areas.ts';
import { useRepeatTexts } from './words.ts';

/** Near repeats and space-time clusters of the period. */
export default function RepeatView() {
  const spec = useAnalysis((analysis) => analysis.spec);
  const zone = useRoomZone();
  return spec && zone ? <Content spec={spec} zone={zone} /> : <LoadingNote />;
}

function Content({ spec, zone }: { spec: AnalysisSpec; zone: Zone }) {
  const { t } = useRepeatTexts();
  const { language } = useTexts();
  const { data, isError, refetch } = useIncidents(spec, zone);
  if (isError) return <ErrorNote title={t('offline')} hint={t('offlineHint')} onRetry={() => void refetch()} />;
  if (!data) return <LoadingNote />;
  if (data.total.period === 0)
    return (
      <EmptyNote title={t('none')}>
        <p>{t('noneHint')}</p>
      </EmptyNote>
    );
  const tooMany = data.next !== null && (
    <EmptyNote title={t('tooMany', { n: number(data.total.period, language) })}>
      <p>{t('tooManyHint', { most: number(MOST_INCIDENTS, language) })}</p>
    </EmptyNote>
  );
  return (
    <>
      <RepeatsPart spec={spec} zone={zone} answer={data} tooMany={tooMany} />
      <ClustersPart spec={spec} zone={zone} answer={data} tooMany={tooMany} />
      {isAmongAreas(spec) ? (
        <CountedWithAreas spec={spec} zone={zone} points={data} />
      ) : (
        <CountedNote counts={data} zone={zone} />
      )}
    </>
  );
}

/** Whether areas are searched for clusters, and can be: their baseline is there where the risk goes by it. */
function isAmongAreas({ repeat = FIRST_REPEAT, baseline }: AnalysisSpec): boolean {
  return repeat.clusters === 'poisson' && (repeat.risk !== 'baseline' || baseline !== null);
}

function CountedWithAreas({ spec, zone, points }: { spec: AnalysisSpec; zone: Zone; points: CountedPoints }) {
  const { t } = useRepeatTexts();
  const { data, isPlaceholderData } = useSearchedAreas(spec, zone);
  if (!data || isPlaceholderData) return null;
  const counts = countedFor(points, data, (spec.repeat ?? FIRST_REPEAT).risk);
  return <CountedNote counts={counts} zone={zone} placeless={t('placeless')} />;
}
