import { NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { dayIn, type Zone } from '../../../shared/geo/zone.ts';
import { type AnalysisSpec, FORECASTS, type ForesightSpec } from '../../../shared/schemas/analysis.ts';
import { EmptyNote, ErrorNote, LoadingNote } from '../../components/state-note.tsx';
import { ToggleChips } from '../../components/toggle-chips.tsx';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { CountedNote } from '../counted-note.tsx';
import { spanWords } from '../days.ts';
import { JobPanel } from '../job/job-panel.tsx';
import { useLongJob } from '../job/use-long-job.ts';
import { MethodLink } from '../methods/method-link.tsx';
import { PlacesControl } from '../places-control.tsx';
import { ReasonNote } from '../reason-note.tsx';
import { useRoomZone } from '../room-zone.ts';
import { useAnalysis } from '../state.ts';
import { type Followed, firstForesight, followedBy } from './followed.ts';
import classes from './foresight.module.css';
import { ForesightFigures } from './foresight-figures.tsx';
import { useForesightInput } from './use-foresight-input.ts';
import { useForesightTexts } from './words.ts';

/** A hotspot map against the weeks that followed. */
export default function ForesightView() {
  const spec = useAnalysis((analysis) => analysis.spec);
  const zone = useRoomZone();
  return spec && zone ? <Content spec={spec} zone={zone} /> : <LoadingNote />;
}

function Content({ spec, zone }: { spec: AnalysisSpec; zone: Zone }) {
  const { t } = useForesightTexts();
  const asked = spec.foresight ?? firstForesight(spec);
  const { period, baseline } = spec;
  const { from, weeks, forecast } = asked;
  const today = dayIn(zone, Date.now());
  const followed = useMemo(
    () => followedBy({ period, baseline }, { forecast, from, weeks }, today),
    [period, baseline, forecast, from, weeks, today],
  );
  const problem = !followed ? 'noBaseline' : followed.weeks.length === 0 ? 'nothingYet' : undefined;
  return (
    <section className={classes.view} aria-labelledby="foresight">
      <h2 id="foresight">
        {t('title')} <MethodLink of="accuracy" />
      </h2>
      <p className={classes.lead}>{t('lead')}</p>
      <ForesightForm asked={asked} places={spec.places} />
      {followed && !problem ? (
        <Tested spec={spec} asked={asked} followed={followed} zone={zone} />
      ) : (
        <EmptyNote title={t(problem ?? 'noBaseline')}>
          <p>{t(problem === 'nothingYet' ? 'nothingYetHint' : 'noBaselineHint')}</p>
        </EmptyNote>
      )}
    </section>
  );
}

const WEEKS = [1, 2, 4, 8, 12];

function ForesightForm({ asked, places }: { asked: ForesightSpec; places: AnalysisSpec['places'] }) {
  const { t } = useForesightTexts();
  const { language } = useTexts();
  const ask = (change: Partial<ForesightSpec>) => useAnalysis.getState().ask({ foresight: { ...asked, ...change } });
  const weeks = [...new Set([...WEEKS, asked.weeks])].toSorted((a, b) => a - b);
  return (
    <div className={classes.form}>
      <ToggleChips
        single
        label={t('forecast')}
        options={FORECASTS.map((value) => ({ value, label: t(`forecast_${value}`) }))}
        chosen={[asked.forecast]}
        onChange={([forecast]) => forecast && ask({ forecast })}
      />
      <PlacesControl places={places} />
      <ToggleChips
        single
        label={t('from')}
        options={(['baseline', 'period'] as const).map((value) => ({ value, label: t(`from_${value}`) }))}
        chosen={[asked.from]}
        onChange={([from]) => from && ask({ from })}
      />
      <NativeSelect
        label={t('weeks')}
        value={asked.weeks}
        data={weeks.map((value) => ({ value: String(value), label: number(value, language) }))}
        onChange={(event) => ask({ weeks: Number(event.currentTarget.value) })}
      />
    </div>
  );
}

interface TestedProps {
  spec: AnalysisSpec;
  asked: ForesightSpec;
  followed: Followed;
  zone: Zone;
}

function Tested({ spec, asked, followed, zone }: TestedProps) {
  const { t } = useForesightTexts();
  const { language } = useTexts();
  const { counts, input, failed, retry } = useForesightInput(spec, asked.forecast, followed, zone);
  const job = useLongJob('judgeForesight', input, true);
  if (failed) return <ErrorNote title={t('offline')} hint={t('offlineHint')} onRetry={retry} />;
  if (!input || !counts) return <LoadingNote />;
  const [first, last] = [followed.weeks[0], followed.weeks.at(-1)];
  return (
    <>
      <p className={classes.note}>
        {t('span', {
          training: spanWords(followed.training, language),
          weeks: number(followed.weeks.length, language),
          test: first && last ? spanWords({ startsOn: first.startsOn, endsOn: last.endsOn }, language) : '',
        })}
      </p>
      <JobPanel job={job}>
        {(found) => {
          if (found.ok)
            return (
              <ForesightFigures spec={spec} found={found.value} input={input} counts={counts} weeks={followed.weeks} />
            );
          return <ReasonNote reason={found.reason} />;
        }}
      </JobPanel>
      <CountedNote counts={counts} zone={zone} />
    </>
  );
}
