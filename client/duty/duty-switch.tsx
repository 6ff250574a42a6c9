import { Switch } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Zone } from '../../shared/geo/zone.ts';
import { DoorNote } from '../access/door-card.tsx';
import { useRefusalWords } from '../access/refusal.ts';
import { useAccessTexts } from '../access/words.ts';
import { isUnanswered } from '../api/request.ts';
import { ToggleChips } from '../components/toggle-chips.tsx';
import { useNow } from '../components/use-now.ts';
import { useTexts } from '../i18n/i18n.ts';
import { momentOf } from '../time.ts';
import classes from './duty-switch.module.css';
import { SHIFT_HOURS, spanWords } from './duty-words.ts';

/** What somebody wants of a duty: on or off, and when it ends by itself, ISO 8601. */
export interface WantedDuty {
  on: boolean;
  until?: string;
}

interface DutySwitchProps {
  on: boolean;
  /** Since when, and when it ends by itself, ISO 8601; `null`: nobody knows, and not by itself. */
  since: string | null;
  until: string | null;
  /** Of the area where the unit belongs. */
  zone: Zone;
  /** More about the state, beside „Dinas“. */
  state?: string;
  /** Why it cannot be switched here; absent when it can. */
  locked?: string | undefined;
  busy: boolean;
  /** Why the last switch did not work. */
  error: Error | null;
  onSwitch(wanted: WantedDuty): void;
  children?: ReactNode;
}

/** The switch of a unit's duty, on which alone it is tracked: since when, until when, and what it is that did not work. */
export function DutySwitch(props: DutySwitchProps) {
  const { on, since, until, zone, state, locked, busy, error, onSwitch, children } = props;
  const { t } = useAccessTexts();
  const { language } = useTexts();
  const now = useNow(30_000);
  const [hours, setHours] = useState<number>(SHIFT_HOURS[SHIFT_HOURS.length - 1] ?? 12);
  const inHours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();
  const time = (iso: string) => momentOf(Date.parse(iso), now, zone, language);
  const chooseHours = (count: number) => {
    setHours(count);
    if (on && !busy) onSwitch({ on: true, until: inHours(count) });
  };
  return (
    <section className={classes.duty} aria-label={t('duty.title')} aria-busy={busy}>
      <Switch
        size="md"
        label={state ?? t(on ? 'duty.on' : 'duty.off')}
        description={locked ?? t(on ? 'duty.tracked' : 'duty.notTracked')}
        checked={on}
        disabled={locked !== undefined}
        onChange={({ currentTarget }) => {
          if (!busy) onSwitch(currentTarget.checked ? { on: true, until: inHours(hours) } : { on: false });
        }}
      />
      {on && (
        <dl className={classes.times}>
          <dt>{t('duty.since')}</dt>
          <dd>{since ? time(since) : t('duty.sinceUnknown')}</dd>
          <dt>{t('duty.until')}</dt>
          <dd>
            {until ? (
              <>
                {time(until)}
                <span className={classes.left}>
                  {t('duty.left', { span: spanWords(Date.parse(until) - now, language) })}
                </span>
              </>
            ) : (
              t('duty.endless')
            )}
          </dd>
        </dl>
      )}
      {!locked && (
        <ToggleChips
          label={t(on ? 'duty.endIn' : 'duty.lasts')}
          options={SHIFT_HOURS.map((count) => ({ value: String(count), label: t('duty.hours', { count }) }))}
          chosen={on ? [] : [String(hours)]}
          onChange={([chosen]) => chosen && chooseHours(Number(chosen))}
          single
        />
      )}
      {children}
      {error && (
        <DoorNote>
          <Reason error={error} />
        </DoorNote>
      )}
    </section>
  );
}

function Reason({ error }: { error: Error }) {
  const { t } = useAccessTexts();
  const refused = useRefusalWords();
  return (
    <>
      <b>{t('duty.failed')}</b> {isUnanswered(error) ? t('duty.unreachable') : refused(error)}
    </>
  );
}
