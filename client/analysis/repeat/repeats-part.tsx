import { NativeSelect, Switch } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { type Zone, zoneOffset } from '../../../shared/geo/zone.ts';
import type { AnalysisSpec, RepeatSpec } from '../../../shared/schemas/analysis.ts';
import type { CountedPoints } from '../../../shared/schemas/hotspot.ts';
import { DraftField } from '../../components/draft-field.tsx';
import { EmptyNote } from '../../components/state-note.tsx';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { JobPanel } from '../job/job-panel.tsx';
import { useLongJob } from '../job/use-long-job.ts';
import { MethodLink } from '../methods/method-link.tsx';
import { ReasonNote } from '../reason-note.tsx';
import { useAnalysis } from '../state.ts';
import { FIRST_REPEAT } from './defaults.ts';
import { incidentsOf, narrowestBand, parseBands } from './incidents.ts';
import { KnoxFigures } from './knox-figures.tsx';
import classes from './repeat.module.css';
import type { RepeatsInput } from './repeats.ts';
import { SeedField } from './seed-field.tsx';
import { useRepeatTexts } from './words.ts';

const FARTHEST_M = 50_000;
const LONGEST_DAYS = 366;
/** So many incidents are compared at once; more wait for the button. */
const AT_ONCE = 3_000;

interface Props {
  spec: AnalysisSpec;
  zone: Zone;
  answer: CountedPoints;
  /** What to say instead of a test, where there are too many incidents. */
  tooMany: ReactNode;
}

/** Knox's test of the period's incidents. */
export function RepeatsPart({ spec, zone, answer, tooMany }: Props) {
  const { t } = useRepeatTexts();
  const { language } = useTexts();
  const asked = spec.repeat ?? FIRST_REPEAT;
  const { metres, days, exact, draws } = asked;
  const { seed, alpha, fdr } = spec;
  const narrowest = useMemo(() => ({ metres: narrowestBand(metres), days: narrowestBand(days) }), [metres, days]);
  const incidents = useMemo(
    () => incidentsOf(answer, zoneOffset(zone), narrowest, exact),
    [answer, zone, narrowest, exact],
  );
  const input = useMemo(
    (): RepeatsInput => ({ ...pick(incidents), metres, days, draws, seed, alpha, fdr }),
    [incidents, metres, days, draws, seed, alpha, fdr],
  );
  const job = useLongJob('findRepeats', tooMany ? undefined : input, input.day.length <= AT_ONCE && draws < 5000);
  return (
    <section className={classes.part} aria-labelledby="repeats">
      <h2 id="repeats">
        {t('repeats')} <MethodLink of="knox" />
      </h2>
      {tooMany || <p className={classes.lead}>{t('repeatsLead', { n: number(input.day.length, language) })}</p>}
      {/* The seed is the clusters' too. */}
      <RepeatsForm asked={asked} />
      {!tooMany && (
        <>
          <JobPanel job={job}>
            {(found) => {
              if (found.ok) return <KnoxFigures spec={spec} repeats={found.value} input={input} />;
              if (found.reason === 'too-many-pairs')
                return (
                  <EmptyNote title={t('tooDense')}>
                    <p>{t('tooDenseHint')}</p>
                  </EmptyNote>
                );
              return <ReasonNote reason={found.reason} />;
            }}
          </JobPanel>
          <p className={classes.note}>
            {t('coarse', {
              place: number(incidents.coarsePlace, language),
              time: number(incidents.coarseTime, language),
              metres: number(narrowest.metres, language),
              days: number(narrowest.days, language),
            })}{' '}
            {incidents.coarsePlace + incidents.coarseTime > 0 &&
              (exact ? t('coarseOut', { n: number(incidents.leftOut, language) }) : t('coarseKept'))}
          </p>
        </>
      )}
    </section>
  );
}

/** The worker needs no names. */
const pick = ({ lon, lat, day }: ReturnType<typeof incidentsOf>) => ({ lon, lat, day });

function RepeatsForm({ asked }: { asked: RepeatSpec }) {
  const { t } = useRepeatTexts();
  const { language } = useTexts();
  const ask = (change: Partial<RepeatSpec>) => useAnalysis.getState().ask({ repeat: { ...asked, ...change } });
  const wrong = (most: number, example: string) => t('bandsError', { most: number(most, language), example });
  return (
    <div className={classes.form}>
      <DraftField
        label={t('metres')}
        hint={t('bandsHint')}
        value={asked.metres.join(', ')}
        error={wrong(FARTHEST_M, '200, 400, 600')}
        parse={(text) => parseBands(text, FARTHEST_M)}
        onChange={(metres) => ask({ metres })}
      />
      <DraftField
        label={t('days')}
        hint={t('bandsHint')}
        value={asked.days.join(', ')}
        error={wrong(LONGEST_DAYS, '7, 14, 21')}
        parse={(text) => parseBands(text, LONGEST_DAYS)}
        onChange={(days) => ask({ days })}
      />
      <SeedField />
      <DrawsSelect value={asked.draws} onChange={(draws) => ask({ draws })} />
      <Switch
        className={classes.wide}
        label={t('exact')}
        checked={asked.exact}
        onChange={(event) => ask({ exact: event.currentTarget.checked })}
      />
    </div>
  );
}

function DrawsSelect({ value, onChange }: { value: number; onChange(draws: number): void }) {
  const { t } = useRepeatTexts();
  const { language } = useTexts();
  const choices = [...new Set([99, 999, 9_999, value])].toSorted((a, b) => a - b);
  return (
    <NativeSelect
      label={t('draws')}
      value={value}
      data={choices.map((draws) => ({ value: String(draws), label: number(draws, language) }))}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
    />
  );
}
