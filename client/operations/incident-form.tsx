import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { zoneOf } from '../../shared/geo/zone.ts';
import { INCIDENT_CATEGORIES, INCIDENT_SOURCES, SEVERITIES, TIME_PRECISIONS } from '../../shared/schemas/incident.ts';
import { accountKey } from '../access/access.ts';
import { closeForm, openForm, select } from '../actions.ts';
import { useAreasAt } from '../api/areas.ts';
import { useCreateIncident } from '../api/incidents.ts';
import { RequestError } from '../api/request.ts';
import { CategoryIcon } from '../components/marks.tsx';
import { PersonalDataWarning } from '../components/personal-data-warning.tsx';
import { ToggleChips } from '../components/toggle-chips.tsx';
import { follow } from '../follow.ts';
import { useTexts } from '../i18n/i18n.ts';
import { notify } from '../notify.ts';
import { useZone } from '../shell/use-zone.ts';
import { clock, fromLocalInput, toLocalInput } from '../time.ts';
import classes from './detail.module.css';
import { type Draft, isWritten, keepDraft, newDraft, readDraft, toIncident } from './draft.ts';
import { FormPlace } from './form-place.tsx';
import own from './incident-form.module.css';

/** Logs an incident: what, how known, when, where. What is written stays on this device until the server has it. */
export default function IncidentForm({ start }: { start: { lon: number; lat: number } | undefined }) {
  const { t, language } = useTexts();
  const [restored] = useState(() => readDraft(localStorage, accountKey()));
  const [draft, setDraft] = useState<Draft>(() =>
    restored ? { ...restored, location: start ?? restored.location } : newDraft(start, Date.now()),
  );
  // The time as fixed for the first attempt, so that a repetition is the very same request.
  const [tried, setTried] = useState<number | undefined>();
  const [asked, setAsked] = useState(false);
  const [failure, setFailure] = useState<{ title: string; hint: string } | undefined>();
  const { mutateAsync, isPending } = useCreateIncident();
  const areas = useAreasAt(draft.location);
  const area = areas.isPlaceholderData ? undefined : areas.data?.at(-1);
  // Before it has a place, that of where the map looks.
  const here = useZone();
  const zone = draft.location ? zoneOf(area?.code ?? '', draft.location.lon) : here;

  useEffect(() => {
    if (isWritten(draft)) keepDraft(localStorage, accountKey(), draft);
  }, [draft]);

  const change = (part: Partial<Draft>) => {
    setTried(undefined);
    setDraft((before) => ({ ...before, ...part, changedAt: Date.now() }));
  };
  const discard = () => {
    keepDraft(localStorage, accountKey(), undefined);
    const thrown = draft;
    closeForm();
    if (!isWritten(thrown)) return;
    notify({
      title: t('form.discarded'),
      message: (
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            keepDraft(localStorage, accountKey(), thrown);
            openForm();
          }}
        >
          {t('form.undo')}
        </Button>
      ),
    });
  };
  const future = draft.occurredAt !== undefined && draft.occurredAt > Date.now() + 5 * 60_000;
  const save = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    const now = tried ?? Date.now();
    const incident = toIncident(draft, now);
    if (!incident || future) return;
    setTried(now);
    setFailure(undefined);
    const sent = mutateAsync(incident, {
      onSuccess(saved) {
        keepDraft(localStorage, accountKey(), undefined);
        closeForm();
        select({ kind: 'incident', id: saved.id });
      },
    });
    follow(
      sent,
      () => notify({ title: t('form.saved'), message: t('form.savedHint') }),
      (error) => {
        const refused = error instanceof RequestError && error.status >= 400 && error.status < 500;
        const why = error instanceof RequestError ? (error.body.details?.[0]?.problem ?? error.message) : '';
        setFailure(
          refused
            ? { title: t('form.refused'), hint: `${why} ${t('form.refusedHint')}` }
            : { title: t('form.offline'), hint: t('form.offlineHint') },
        );
      },
    );
  };

  return (
    <form className={classes.detail} onSubmit={save} aria-label={t('form.title')} noValidate>
      <header className={classes.head}>
        <h2>{t('form.title')}</h2>
      </header>
      {restored && (
        <p className={classes.note} data-kind="info">
          <span>{t('form.draft', { time: `${clock(restored.changedAt, zone, language)} ${zone}` })}</span>
        </p>
      )}
      <TextInput
        label={t('form.titleLabel')}
        placeholder={t('form.titlePlaceholder')}
        data-autofocus
        autoFocus
        required
        maxLength={200}
        value={draft.title}
        error={asked && !draft.title.trim() ? t('form.titleMissing') : undefined}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <PersonalDataWarning text={draft.title} />
      <ToggleChips
        label={t('form.category')}
        options={INCIDENT_CATEGORIES.map((value) => ({
          value,
          label: t(`category.${value}`),
          icon: <CategoryIcon category={value} />,
        }))}
        chosen={[draft.category]}
        onChange={([category]) => category && change({ category })}
        single
      />
      <ToggleChips
        label={t('form.severity')}
        options={SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))}
        chosen={[draft.severity]}
        onChange={([severity]) => severity && change({ severity })}
        single
      />
      <ToggleChips
        label={t('form.source')}
        options={INCIDENT_SOURCES.map((value) => ({ value, label: t(`source.${value}`) }))}
        chosen={[draft.source]}
        onChange={([source]) => source && change({ source })}
        single
      />
      <FormPlace draft={draft} change={change} areas={areas} asked={asked} />
      <section className={classes.section}>
        <ToggleChips
          label={t('form.when')}
          options={[
            { value: 'now', label: t('form.now') },
            { value: 'at', label: t('form.earlier') },
          ]}
          chosen={[draft.occurredAt === undefined ? 'now' : 'at']}
          onChange={([value]) => change({ occurredAt: value === 'now' ? undefined : (draft.occurredAt ?? Date.now()) })}
          single
        />
        {draft.occurredAt !== undefined && (
          <>
            <TextInput
              type="datetime-local"
              label={`${t('form.when')} (${zone})`}
              value={toLocalInput(draft.occurredAt, zone)}
              error={future ? t('form.future') : undefined}
              onChange={(event) => change({ occurredAt: fromLocalInput(event.currentTarget.value, zone) })}
            />
            <NativeSelect
              label={t('form.precision')}
              value={draft.timePrecision}
              data={TIME_PRECISIONS.map((value) => ({ value, label: t(`precision.${value}`) }))}
              onChange={({ currentTarget }) => {
                const timePrecision = TIME_PRECISIONS.find((each) => each === currentTarget.value);
                if (timePrecision) change({ timePrecision });
              }}
            />
          </>
        )}
      </section>
      <Textarea
        label={t('form.description')}
        description={t('form.descriptionHint')}
        rows={4}
        maxLength={4000}
        value={draft.description}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      <PersonalDataWarning text={`${draft.description}\n${draft.place}`} />
      <footer className={own.foot}>
        {failure && (
          <div className={classes.note} role="alert">
            <div>
              <b>{failure.title}</b>
              <br />
              {failure.hint}
            </div>
          </div>
        )}
        <div className={classes.actions}>
          <Button type="submit" size="md" loading={isPending}>
            {t('form.save')}
          </Button>
          <Button variant="default" size="md" onClick={discard}>
            {isWritten(draft) ? t('form.discard') : t('app.cancel')}
          </Button>
        </div>
      </footer>
    </form>
  );
}
