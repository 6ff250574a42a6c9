import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { ElectionCalendar, ListedCalendar } from '../../../shared/schemas/election-calendar.ts';
import { Icon } from '../../components/icons.tsx';
import { notify } from '../../notify.ts';
import { AreasField } from './areas-field.tsx';
import classes from './calendars.module.css';
import {
  bodyOf,
  type CalendarDraft,
  draftOf,
  KINDS,
  newDraft,
  newStage,
  ordered,
  type Problems,
  problemsOf,
  type StageDraft,
} from './draft.ts';
import { StageFields } from './stage-fields.tsx';
import { type Failure, useCalendarDeed } from './use-calendar-deed.ts';
import { useProblemWords } from './use-problem-words.ts';
import { useCalendarTexts } from './words.ts';

interface FormProps {
  /** Undefined for a new one. */
  calendar: ListedCalendar | undefined;
  /** All there are: stages that mean the same are named by them. */
  calendars: readonly ElectionCalendar[];
  onDirty(dirty: boolean): void;
  onCancel(): void;
  onDone(): void;
}

/** A calendar of one's own: what it is called, where it is held, and its stages with their days and sources. */
export function CalendarForm({ calendar, calendars, onDirty, onCancel, onDone }: FormProps) {
  const { t } = useCalendarTexts();
  const queries = useQueryClient();
  const { run, busy } = useCalendarDeed();
  const [draft, setDraft] = useState(() => (calendar ? draftOf(calendar) : newDraft()));
  const [problems, setProblems] = useState<Problems>({});
  const [failure, setFailure] = useState<Failure>();
  const form = useRef<HTMLFormElement>(null);
  const words = useProblemWords(problems);
  const change = (part: Partial<CalendarDraft>) => {
    setDraft((before) => ({ ...before, ...part }));
    onDirty(true);
  };
  const changeStage = (row: number, part: Partial<StageDraft>) =>
    change({ stages: draft.stages.map((stage) => (stage.row === row ? { ...stage, ...part } : stage)) });
  const fail = (failure: Failure, found: Problems) => {
    setFailure(failure);
    setProblems(found);
  };
  // Whoever sent it goes on at the first field that is wrong.
  useEffect(() => {
    if (Object.keys(problems).length > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong] input')?.focus();
  }, [problems]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const sent = ordered(draft);
    setDraft(sent);
    const found = problemsOf(sent);
    if (Object.keys(found).length > 0) return fail('check', found);
    setProblems({});
    setFailure(undefined);
    const body = bodyOf(sent);
    run(
      calendar ? { kind: 'replace', id: calendar.id, version: calendar.version ?? 0, body } : { kind: 'create', body },
      {
        done() {
          notify({ message: t('saved', { name: body.name }) });
          onDone();
        },
        failed: fail,
      },
    );
  };
  const reload = async () => {
    onDirty(false);
    await queries.invalidateQueries({ queryKey: ['calendars'] });
  };
  return (
    <form ref={form} className={classes.form} onSubmit={submit} noValidate>
      <div className={classes.pair}>
        <TextInput
          label={t('name')}
          placeholder={t('namePlaceholder')}
          maxLength={120}
          value={draft.name}
          error={words('name')}
          autoFocus
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('nameEn')}
          description={t('nameEnHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={120}
          value={draft.nameEn}
          error={words('nameEn')}
          onChange={(event) => change({ nameEn: event.currentTarget.value })}
        />
      </div>
      <NativeSelect
        label={t('kind')}
        value={draft.kind}
        data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        onChange={({ currentTarget }) => {
          const kind = KINDS.find((each) => each === currentTarget.value);
          if (kind) change({ kind });
        }}
      />
      <fieldset className={classes.group} data-wrong={words('areas') ? true : undefined}>
        <legend>{t('where')}</legend>
        <Switch
          label={t('isNational')}
          checked={draft.isNational}
          onChange={(event) => change({ isNational: event.currentTarget.checked })}
        />
        {!draft.isNational && <AreasField codes={draft.areas} onChange={(areas) => change({ areas })} />}
        {words('areas') && (
          <p className={classes.alert} role="alert">
            {words('areas')}
          </p>
        )}
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{t('stagesTitle')}</legend>
        <p className={classes.dim}>{t('stagesHint')}</p>
        {draft.stages.map((stage, at) => (
          <StageFields
            key={stage.row}
            stage={stage}
            number={at + 1}
            calendars={calendars}
            problem={(field) => words(`stages.${at}.${field}`)}
            onChange={(part) => changeStage(stage.row, part)}
            onRemove={
              draft.stages.length > 1
                ? () => change({ stages: draft.stages.filter(({ row }) => row !== stage.row) })
                : undefined
            }
          />
        ))}
        <Button
          variant="default"
          leftSection={<Icon name="plus" size={18} />}
          onClick={() => change({ stages: [...draft.stages, newStage(draft.stages.at(-1)?.source)] })}
        >
          {t('addStage')}
        </Button>
      </fieldset>
      <div className={classes.foot}>
        {failure && (
          <p className={classes.alert} role="alert">
            {t(failure)} {failure === 'conflict' && t('conflictHint')}
          </p>
        )}
        <div className={classes.actions}>
          {failure === 'conflict' ? (
            <Button onClick={() => void reload()}>{t('reload')}</Button>
          ) : (
            <Button type="submit" loading={busy}>
              {t('save')}
            </Button>
          )}
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
        </div>
      </div>
    </form>
  );
}
