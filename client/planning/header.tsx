import { ActionIcon, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState, useSyncExternalStore } from 'react';
import { Icon } from '../components/icons.tsx';
import { useView } from '../state/view.ts';
import { useDraft, useOpened } from './plan-context.ts';
import classes from './room.module.css';
import { ToolIcon } from './tool-icon.tsx';
import { useDeed } from './use-deed.ts';
import { useTurn } from './use-turn.ts';
import { usePlanningTexts } from './words.ts';

/** The way back to the list. */
export function ToList() {
  const { t } = usePlanningTexts();
  return (
    <button type="button" className={classes.back} onClick={() => useView.getState().set({ plan: undefined })}>
      <Icon name="chevronLeft" size={16} />
      {t('editor.back')}
    </button>
  );
}

/** What is open, how it stands with the server, and the way back; undo and redo of everything. */
export function Header({ isHelped, onHelp }: { isHelped: boolean; onHelp(): void }) {
  const { t } = usePlanningTexts();
  const { plan, editable } = useOpened();
  const { undo, redo } = useTurn();
  const { canUndo, canRedo } = useDraft();
  const [isRenamed, setRenamed] = useState(false);
  return (
    <header className={classes.header}>
      <div className={classes.line}>
        <ToList />
        <span className={classes.tools}>
          {editable && (
            <>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t('editor.undo')}
                title={`${t('editor.undo')} (Ctrl Z)`}
                disabled={!canUndo}
                onClick={undo}
              >
                <ToolIcon name="undo" />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t('editor.redo')}
                title={`${t('editor.redo')} (Ctrl Shift Z)`}
                disabled={!canRedo}
                onClick={redo}
              >
                <ToolIcon name="redo" />
              </ActionIcon>
            </>
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t('help')}
            title={t('help')}
            aria-expanded={isHelped}
            onClick={onHelp}
          >
            <Icon name="help" />
          </ActionIcon>
        </span>
      </div>
      {isRenamed ? (
        <Rename onDone={() => setRenamed(false)} />
      ) : (
        <div className={classes.line}>
          <h2>{plan.title}</h2>
          {editable && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={t('editor.rename')}
              title={t('editor.rename')}
              onClick={() => setRenamed(true)}
            >
              <Icon name="pencil" size={16} />
            </ActionIcon>
          )}
        </div>
      )}
      <p className={classes.standing}>
        <span className={classes.state} data-state={plan.state}>
          {t(`state.${plan.state}`)}
        </span>
        <Saving />
        <Others />
      </p>
    </header>
  );
}

function Rename({ onDone }: { onDone(): void }) {
  const { t } = usePlanningTexts();
  const { plan } = useOpened();
  const queries = useQueryClient();
  const { run, busy } = useDeed();
  const [title, setTitle] = useState(plan.title);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const next = title.trim();
    if (next === '') return;
    if (next === plan.title) return onDone();
    run({ kind: 'rename', id: plan.id, before: plan.title, title: next }, () => {
      void queries.invalidateQueries({ queryKey: ['plans', 'plan', plan.id] });
      onDone();
    });
  };
  return (
    <form className={classes.line} onSubmit={submit}>
      <TextInput
        className={classes.grow}
        aria-label={t('form.title')}
        value={title}
        maxLength={200}
        autoFocus
        error={title.trim() === '' ? t('form.titleNeeded') : undefined}
        onChange={(event) => setTitle(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && onDone()}
      />
      <ActionIcon type="submit" variant="default" size={36} loading={busy} aria-label={t('editor.saveTitle')}>
        <Icon name="check" size={18} />
      </ActionIcon>
    </form>
  );
}

/** Whether what was done has reached the server. */
function Saving() {
  const { t } = usePlanningTexts();
  const { sync } = useOpened();
  const { pending } = useDraft();
  const status = useSyncExternalStore(
    (callback) => sync?.subscribe(callback) ?? (() => {}),
    () => sync?.status,
  );
  if (!sync || !status || status.state === 'ended' || status.state === 'offline') return null;
  return (
    <span role="status" data-saving={status.state}>
      {pending.length > 0 ? t('editor.sending', { count: pending.length }) : t('editor.saved')}
    </span>
  );
}

function Others() {
  const { t } = usePlanningTexts();
  const { planners } = useOpened();
  const names = [...new Set(planners.map(({ actor }) => actor))];
  if (names.length === 0) return null;
  return <span className={classes.others}>{t('editor.here', { names: names.join(', ') })}</span>;
}
