import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { ListedCalendar } from '../../../shared/schemas/election-calendar.ts';
import { useMay } from '../../access/access.ts';
import { useCalendars } from '../../api/calendars.ts';
import { isUnanswered } from '../../api/request.ts';
import { Icon } from '../../components/icons.tsx';
import { EmptyNote, ErrorNote, LoadingNote } from '../../components/state-note.tsx';
import { usePhone } from '../../components/use-phone.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { CalendarForm } from './calendar-form.tsx';
import { CalendarRow } from './calendar-row.tsx';
import classes from './calendars.module.css';
import { useCalendarTexts } from './words.ts';

/** The sheet of election calendars: all that concern the own areas; who may makes, changes and removes those of their own. */
export default function Calendars({ onClose }: { onClose(): void }) {
  const { t } = useCalendarTexts();
  const { t: common } = useTexts();
  const phone = usePhone();
  /** The id of the calendar in the form; `new` for one to be made. */
  const [edited, setEdited] = useState<string>();
  const [dirty, setDirty] = useState(false);
  const [leaving, setLeaving] = useState<() => void>();
  const leave = (go: () => void) => (dirty ? setLeaving(() => go) : go());
  const toList = () => {
    setEdited(undefined);
    setDirty(false);
    setLeaving(undefined);
  };
  return (
    <Modal
      opened
      onClose={() => leave(onClose)}
      title={edited ? t(edited === 'new' ? 'newTitle' : 'editTitle') : t('title')}
      size={720}
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': common('app.close'), size: 'lg' }}
      transitionProps={{ duration: 100 }}
      styles={{ title: { fontWeight: 600 } }}
    >
      {leaving && (
        <section className={classes.ask} role="alertdialog" aria-label={t('discardAsk')}>
          <b>{t('discardAsk')}</b>
          <div className={classes.actions}>
            <Button size="sm" autoFocus onClick={() => setLeaving(undefined)}>
              {t('goOn')}
            </Button>
            <Button size="sm" variant="default" onClick={leaving}>
              {t('discard')}
            </Button>
          </div>
        </section>
      )}
      <Content edited={edited} onEdit={setEdited} onDirty={setDirty} onBack={() => leave(toList)} onDone={toList} />
    </Modal>
  );
}

interface ContentProps {
  edited: string | undefined;
  onEdit(id: string): void;
  onDirty(dirty: boolean): void;
  onBack(): void;
  onDone(): void;
}

function Content({ edited, onEdit, onDirty, onBack, onDone }: ContentProps) {
  const { t } = useCalendarTexts();
  const { t: common } = useTexts();
  const { data: calendars, error, isPending, refetch } = useCalendars();
  if (isPending) return <LoadingNote />;
  if (!calendars)
    return (
      <ErrorNote
        title={isUnanswered(error) ? common('app.failed') : undefined}
        hint={isUnanswered(error) ? t('unreachableList') : error?.message}
        onRetry={() => void refetch()}
      />
    );
  if (!edited) return <List calendars={calendars} onEdit={onEdit} />;
  const calendar = calendars.find(({ id }) => id === edited);
  return (
    <>
      <button type="button" className={classes.back} onClick={onBack}>
        <Icon name="chevronLeft" size={16} />
        {t('back')}
      </button>
      {edited !== 'new' && !calendar ? (
        <EmptyNote title={t('gone')} />
      ) : (
        <CalendarForm
          key={`${edited} ${calendar?.version}`}
          calendar={calendar}
          calendars={calendars}
          onDirty={onDirty}
          onCancel={onBack}
          onDone={onDone}
        />
      )}
    </>
  );
}

function List({ calendars, onEdit }: { calendars: readonly ListedCalendar[]; onEdit(id: string): void }) {
  const { t } = useCalendarTexts();
  const allowed = useMay('analysis.write');
  const own = calendars.filter(({ origin }) => origin === 'own');
  const others = calendars.filter(({ origin }) => origin !== 'own');
  return (
    <>
      <p className={classes.lead}>{t('lead')}</p>
      {allowed ? (
        <Button
          variant="default"
          leftSection={<Icon name="plus" size={18} />}
          autoFocus
          data-autofocus
          onClick={() => onEdit('new')}
        >
          {t('add')}
        </Button>
      ) : (
        <p className={classes.hint}>{t('mayNot')}</p>
      )}
      {own.length === 0 && (
        <EmptyNote title={t('noOwn')}>{allowed && <p className={classes.dim}>{t('noOwnHint')}</p>}</EmptyNote>
      )}
      <ul className={classes.list} aria-label={t('list')}>
        {[...own, ...others].map((calendar) => (
          <CalendarRow key={calendar.id} calendar={calendar} onEdit={() => onEdit(calendar.id)} />
        ))}
      </ul>
    </>
  );
}
