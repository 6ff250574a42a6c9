import { ActionIcon, Button } from '@mantine/core';
import { useState } from 'react';
import { laterOf } from '../../../shared/calendar/days.ts';
import type { ListedCalendar } from '../../../shared/schemas/election-calendar.ts';
import { useArea } from '../../api/areas.ts';
import { Icon } from '../../components/icons.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import { notify } from '../../notify.ts';
import { spanWords } from '../days.ts';
import classes from './calendars.module.css';
import { type Failure, useCalendarDeed } from './use-calendar-deed.ts';
import { useCalendarTexts } from './words.ts';

/** A calendar in the list: what it is of, and for who may, the ways to change or remove it. */
export function CalendarRow({ calendar, onEdit }: { calendar: ListedCalendar; onEdit(): void }) {
  const { t } = useCalendarTexts();
  const { language } = useTexts();
  const [removing, setRemoving] = useState(false);
  const { kind, jurisdiction, stages, origin, mayChange } = calendar;
  const name = language === 'id' ? calendar.name : calendar.nameEn;
  const first = jurisdiction === 'national' ? undefined : jurisdiction[0];
  const { data: area } = useArea(first);
  const others = jurisdiction === 'national' ? 0 : jurisdiction.length - 1;
  const where = first
    ? [area?.name ?? first, others > 0 && t('andMore', { count: others })].filter(Boolean).join(' ')
    : t('national');
  const endsOn = stages.map((stage) => stage.endsOn).reduce(laterOf);
  const span = spanWords({ startsOn: stages[0]?.startsOn ?? endsOn, endsOn }, language);
  return (
    <li>
      <div className={classes.row}>
        <div>
          <b>{name}</b>
          <span>{[t(`kinds.${kind}`), where, t('stages', { count: stages.length })].join(' · ')}</span>
          <span>
            {span} · {t(`origin.${origin}`)}
          </span>
        </div>
        {mayChange && (
          <>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={44}
              aria-label={t('edit', { name })}
              title={t('edit', { name })}
              onClick={onEdit}
            >
              <Icon name="pencil" size={18} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={44}
              aria-label={t('remove', { name })}
              title={t('remove', { name })}
              onClick={() => setRemoving(true)}
            >
              <Icon name="trash" size={18} />
            </ActionIcon>
          </>
        )}
      </div>
      {removing && <Removal calendar={calendar} name={name} onDone={() => setRemoving(false)} />}
    </li>
  );
}

function Removal({ calendar, name, onDone }: { calendar: ListedCalendar; name: string; onDone(): void }) {
  const { t } = useCalendarTexts();
  const { run, busy } = useCalendarDeed();
  const [failure, setFailure] = useState<Failure>();
  const remove = () =>
    run(
      { kind: 'delete', id: calendar.id, version: calendar.version ?? 0 },
      { done: () => notify({ message: t('removed', { name }) }), failed: setFailure },
    );
  return (
    <section className={classes.ask} aria-label={t('removeAsk', { name })}>
      <b>{t('removeAsk', { name })}</b>
      <p className={classes.dim}>{t('removeHint')}</p>
      {failure && (
        <p className={classes.alert} role="alert">
          {t(failure)}
        </p>
      )}
      <div className={classes.actions}>
        <Button size="sm" autoFocus loading={busy} onClick={remove}>
          {t('removeYes')}
        </Button>
        <Button size="sm" variant="default" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </section>
  );
}
