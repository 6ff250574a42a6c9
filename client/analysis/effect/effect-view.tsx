import { useMemo } from 'react';
import type { Zone } from '../../../shared/geo/zone.ts';
import { type AnalysisSpec, type EffectSpec, MOST_AREAS } from '../../../shared/schemas/analysis.ts';
import { EmptyNote, ErrorNote, LoadingNote } from '../../components/state-note.tsx';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { CountedNote } from '../counted-note.tsx';
import { MethodLink } from '../methods/method-link.tsx';
import { useRoomZone } from '../room-zone.ts';
import { useAnalysis } from '../state.ts';
import { ChoiceForm } from './choice-form.tsx';
import classes from './effect.module.css';
import { EffectFigures } from './effect-figures.tsx';
import { firstEffect } from './first-effect.ts';
import { PeriodsForm } from './periods-form.tsx';
import { useEffectData } from './use-effect-data.ts';
import { usePaintedSides } from './use-painted-sides.ts';
import { useEffectTexts } from './words.ts';

/** Whether a treatment helped: treated areas against their control, before and after. */
export default function EffectView() {
  const spec = useAnalysis((analysis) => analysis.spec);
  const zone = useRoomZone();
  return spec && zone ? <Content spec={spec} zone={zone} /> : <LoadingNote />;
}

function Content({ spec, zone }: { spec: AnalysisSpec; zone: Zone }) {
  const { t } = useEffectTexts();
  const asked = useMemo(() => spec.effect ?? firstEffect(spec), [spec]);
  const before = asked.before ?? spec.baseline;
  const after = asked.after ?? spec.period;
  const problem = !before ? 'noBefore' : before.endsOn >= after.startsOn ? 'overlap' : undefined;
  return (
    <section className={classes.view} aria-labelledby="effect">
      <h2 id="effect">
        {t('title')} <MethodLink of="displacement" />
      </h2>
      <p className={classes.lead}>{t('lead')}</p>
      <PeriodsForm asked={asked} before={before} after={after} open={problem !== undefined} />
      {before && !problem ? (
        <Compared spec={spec} asked={asked} before={before} after={after} zone={zone} />
      ) : (
        <EmptyNote title={t(problem ?? 'noBefore')}>
          <p>{t(problem === 'overlap' ? 'overlapHint' : 'noBeforeHint')}</p>
        </EmptyNote>
      )}
    </section>
  );
}

interface ComparedProps {
  spec: AnalysisSpec;
  asked: EffectSpec;
  before: { startsOn: string; endsOn: string };
  after: { startsOn: string; endsOn: string };
  zone: Zone;
}

function Compared({ spec, asked, before, after, zone }: ComparedProps) {
  const { t } = useEffectTexts();
  const { language } = useTexts();
  const spans = useMemo(
    () => ({
      before: { startsOn: before.startsOn, endsOn: before.endsOn },
      after: { startsOn: after.startsOn, endsOn: after.endsOn },
    }),
    [before.startsOn, before.endsOn, after.startsOn, after.endsOn],
  );
  const data = useEffectData(spec, asked, spans.before, spans.after, zone);
  usePaintedSides(asked.level, data.areas, data.sides);
  if (data.failed) return <ErrorNote title={t('offline')} hint={t('offlineHint')} onRetry={data.retry} />;
  const { areas, sides, ready } = data;
  if (!areas || !sides) return <LoadingNote />;
  // Those that are not of this level or filter count for nothing.
  const missing = sides.treated.length === 0 ? 'empty' : sides.control.length === 0 ? 'emptyControl' : undefined;
  return (
    <>
      <details key={missing ? 'open' : 'shut'} className={classes.details} open={missing !== undefined}>
        <summary>
          {t('chosen', {
            treated: number(asked.treated.length, language),
            control: number(asked.control.length, language),
          })}
        </summary>
        <ChoiceForm asked={asked} areas={areas} sides={sides} />
      </details>
      {(['treated', 'control'] as const).map(
        (side) =>
          asked[side].length >= MOST_AREAS && (
            <p key={side} className={classes.careful} role="status">
              {t('full', { side: t(side), most: number(MOST_AREAS, language) })}
            </p>
          ),
      )}
      {missing ? (
        <EmptyNote title={t(missing)}>
          <p>{t(`${missing}Hint`)}</p>
        </EmptyNote>
      ) : ready ? (
        <>
          <EffectFigures {...{ spec, asked, areas, sides, ...ready }} spans={spans} weeks={data.weeks} />
          {ready.counted && <CountedNote counts={ready.counted} zone={zone} />}
        </>
      ) : (
        <LoadingNote />
      )}
    </>
  );
}
