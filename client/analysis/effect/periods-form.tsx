import { Button } from '@mantine/core';
import { useState } from 'react';
import { addDays, type DaySpan } from '../../../shared/calendar/days.ts';
import type { EffectSpec } from '../../../shared/schemas/analysis.ts';
import { DayField } from '../../components/day-field.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import { spanWords } from '../days.ts';
import { useAnalysis } from '../state.ts';
import classes from './effect.module.css';
import { useEffectTexts } from './words.ts';

interface Props {
  asked: EffectSpec;
  before: DaySpan | null;
  after: DaySpan;
  /** Whether there is something to put right. */
  open: boolean;
}

/** Before and after: those of the ribbon unless others are set. */
export function PeriodsForm({ asked, before, after, open }: Props) {
  const { t } = useEffectTexts();
  const { language } = useTexts();
  const [opened, setOpened] = useState(false);
  const ask = (change: Partial<EffectSpec>) => useAnalysis.getState().ask({ effect: { ...asked, ...change } });
  const start = before ?? { startsOn: addDays(after.startsOn, -28), endsOn: addDays(after.startsOn, -1) };
  const setBefore = ({ startsOn, endsOn }: DaySpan) => ask({ before: { startsOn, endsOn } });
  const setAfter = ({ startsOn, endsOn }: DaySpan) => ask({ after: { startsOn, endsOn } });
  return (
    <div className={classes.periods}>
      <dl>
        <dt>{t('before')}</dt>
        <dd>
          {before ? spanWords(before, language) : '–'}{' '}
          {before && <small>{t(asked.before ? 'own' : 'fromBaseline')}</small>}
        </dd>
        <dt>{t('after')}</dt>
        <dd>
          {spanWords(after, language)} <small>{t(asked.after ? 'own' : 'fromPeriod')}</small>
        </dd>
      </dl>
      {opened || open ? (
        <>
          <div className={classes.days}>
            <DayField
              label={t('beforeFrom')}
              value={start.startsOn}
              max={start.endsOn}
              onChange={(startsOn) => setBefore({ ...start, startsOn })}
            />
            <DayField
              label={t('beforeTo')}
              value={start.endsOn}
              min={start.startsOn}
              max={addDays(after.startsOn, -1)}
              onChange={(endsOn) => setBefore({ ...start, endsOn })}
            />
            <DayField
              label={t('afterFrom')}
              value={after.startsOn}
              max={after.endsOn}
              onChange={(startsOn) => setAfter({ ...after, startsOn })}
            />
            <DayField
              label={t('afterTo')}
              value={after.endsOn}
              min={after.startsOn}
              onChange={(endsOn) => setAfter({ ...after, endsOn })}
            />
          </div>
          {(asked.before || asked.after) && (
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => {
                ask({ before: null, after: null });
                setOpened(false);
              }}
            >
              {t('followRibbon')}
            </Button>
          )}
        </>
      ) : (
        <Button variant="default" size="compact-sm" onClick={() => setOpened(true)}>
          {t('changePeriods')}
        </Button>
      )}
    </div>
  );
}
