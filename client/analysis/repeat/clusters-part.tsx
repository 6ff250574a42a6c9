import { type ReactNode, useCallback, useMemo } from 'react';
import { daysBetween } from '../../../shared/calendar/days.ts';
import { type Zone, zoneOffset } from '../../../shared/geo/zone.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import type { AreaCounts, CountedPoints } from '../../../shared/schemas/hotspot.ts';
import { EmptyNote, ErrorNote, LoadingNote } from '../../components/state-note.tsx';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { JobPanel } from '../job/job-panel.tsx';
import { useLongJob } from '../job/use-long-job.ts';
import { MethodLink } from '../methods/method-link.tsx';
import { usePlaceName } from '../parents.ts';
import { ReasonNote } from '../reason-note.tsx';
import { daysOfStep, stepsOf } from '../steps.ts';
import { areasAtRisk } from './at-risk.ts';
import { ClusterFigures } from './cluster-figures.tsx';
import type { ClustersInput } from './clusters.ts';
import { ClustersForm } from './clusters-form.tsx';
import { FIRST_REPEAT } from './defaults.ts';
import { type Incidents, incidentsOf } from './incidents.ts';
import classes from './repeat.module.css';
import { useSearchedAreas } from './use-searched-areas.ts';
import type { Place } from './where.ts';
import { useRepeatTexts } from './words.ts';

interface Props {
  spec: AnalysisSpec;
  zone: Zone;
  answer: CountedPoints;
  /** What to say instead of a search among the incidents themselves, where there are too many. */
  tooMany: ReactNode;
}

/** Clusters in space and time: among areas, or among the incidents themselves. */
export function ClustersPart({ spec, zone, answer, tooMany }: Props) {
  const { t } = useRepeatTexts();
  const asked = spec.repeat ?? FIRST_REPEAT;
  return (
    <section className={classes.part} aria-labelledby="clusters">
      <h2 id="clusters">
        {t('clusters')} <MethodLink of="scan" />
      </h2>
      <p className={classes.lead}>{t('clustersLead')}</p>
      <ClustersForm spec={spec} asked={asked} />
      {asked.clusters === 'poisson' ? (
        <AmongAreas spec={spec} zone={zone} />
      ) : (
        tooMany || <AmongIncidents spec={spec} zone={zone} answer={answer} />
      )}
    </section>
  );
}

function AmongAreas({ spec, zone }: Omit<Props, 'answer' | 'tooMany'>) {
  const { t } = useRepeatTexts();
  const { risk } = spec.repeat ?? FIRST_REPEAT;
  const { data, isError, isPlaceholderData, refetch } = useSearchedAreas(spec, zone);
  if (risk === 'baseline' && !spec.baseline)
    return (
      <EmptyNote title={t('noBaseline')}>
        <p>{t('noBaselineHint')}</p>
      </EmptyNote>
    );
  if (isError) return <ErrorNote title={t('offline')} hint={t('offlineHint')} onRetry={() => void refetch()} />;
  if (!data || !('areas' in data) || isPlaceholderData) return <LoadingNote />;
  return <AreaSearch spec={spec} answer={data} />;
}

function AreaSearch({ spec, answer }: { spec: AnalysisSpec; answer: AreaCounts }) {
  const { t } = useRepeatTexts();
  const nameOf = usePlaceName();
  const { language } = useTexts();
  const { risk, draws, share, radiusM } = spec.repeat ?? FIRST_REPEAT;
  const { seed } = spec;
  const areas = useMemo(() => areasAtRisk(answer, risk), [answer, risk]);
  const input = useMemo((): ClustersInput => {
    const { lon, lat, count, baselineCount, atRisk } = areas;
    const search = { lon, lat, count, draws, seed, share, radiusM };
    return risk === 'baseline'
      ? { ...search, method: 'baseline', baselineCount }
      : { ...search, method: 'poisson', atRisk };
  }, [areas, risk, draws, seed, share, radiusM]);
  const place = useCallback(
    (index: number): Place => {
      const at = areas.index[index] ?? 0;
      return { code: answer.areas.code[at] ?? '', name: nameOf(answer, at) };
    },
    [areas, answer, nameOf],
  );
  if (areas.index.length === 0)
    return (
      <EmptyNote title={t('noFigures')}>
        <p>{t('noFiguresHint')}</p>
      </EmptyNote>
    );
  const { leftOut } = areas;
  return (
    <>
      <Search spec={spec} input={input} place={place} at={() => undefined} />
      {leftOut.areas > 0 && (
        <p className={classes.note}>
          {t('leftOutAreas', {
            areas: number(leftOut.areas, language),
            incidents: number(leftOut.incidents, language),
          })}
        </p>
      )}
    </>
  );
}

const EVERYTHING = { metres: Infinity, days: Infinity };

function AmongIncidents({ spec, zone, answer }: Omit<Props, 'tooMany'>) {
  const { draws, share, radiusM } = spec.repeat ?? FIRST_REPEAT;
  const { seed, stepDays, period } = spec;
  const steps = useMemo(() => stepsOf(period, stepDays), [period, stepDays]);
  const incidents = useMemo(
    () => within(incidentsOf(answer, zoneOffset(zone), EVERYTHING, false), steps.span.startsOn),
    [answer, zone, steps],
  );
  const input = useMemo((): ClustersInput => {
    const { lon, lat, day } = incidents;
    const first = daysBetween('1970-01-01', steps.span.startsOn);
    const step = Uint32Array.from(day, (one) => Math.floor((one - first) / stepDays));
    return { method: 'space-time', lon, lat, step, steps: steps.count, draws, seed, share, radiusM };
  }, [incidents, steps, stepDays, draws, seed, share, radiusM]);
  const at = (step: number) => daysOfStep(steps, step).startsOn;
  const place = useCallback((index: number): Place => ({ code: incidents.area[index] ?? '' }), [incidents]);
  return <Search spec={spec} input={input} place={place} at={at} />;
}

/** Without the incidents before a local day: those of a step that would not be whole. */
function within({ day, lon, lat, area }: Incidents, startsOn: string) {
  const first = daysBetween('1970-01-01', startsOn);
  const kept = (_: unknown, i: number) => (day[i] as number) >= first;
  return { day: day.filter(kept), lon: lon.filter(kept), lat: lat.filter(kept), area: area.filter(kept) };
}

/** So much is searched at once; more waits for the button: draws times pairs of places. */
const AT_ONCE = 2e8;

interface SearchProps {
  spec: AnalysisSpec;
  input: ClustersInput;
  place(index: number): Place;
  /** First day of a step. */
  at(step: number): string | undefined;
}

function Search({ spec, input, place, at }: SearchProps) {
  const job = useLongJob('findClusters', input, input.draws * input.lon.length ** 2 <= AT_ONCE);
  return (
    <JobPanel job={job}>
      {(found) =>
        found.ok ? (
          <ClusterFigures clusters={found.value} spec={spec} input={input} place={place} at={at} />
        ) : (
          <ReasonNote reason={found.reason} />
        )
      }
    </JobPanel>
  );
}
