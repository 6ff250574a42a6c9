import '@mantine/core/styles/Progress.layer.css';
import { Progress as Bar, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorNote } from '../../components/state-note.tsx';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import classes from './job-panel.module.css';
import type { JobAnswer, JobName } from './jobs.ts';
import type { Progress } from './long-job.ts';
import type { LongJob } from './use-long-job.ts';
import { useJobTexts } from './words.ts';

/** A job as it stands: the button that starts it, how far it is and the way to end it, or what came out. */
export function JobPanel<Name extends JobName>({
  job,
  children,
}: {
  job: LongJob<Name>;
  children(answer: JobAnswer<Name>): ReactNode;
}) {
  const { t } = useJobTexts();
  const { state, start, cancel } = job;
  if (state.kind === 'running') return <Running progress={state.progress} onCancel={cancel} />;
  if (state.kind === 'done') return children(state.answer);
  if (state.kind === 'failed') return <ErrorNote title={t('failed')} hint={t('failedHint')} onRetry={start} />;
  return (
    <div className={classes.waiting}>
      {state.kind === 'cancelled' && <p role="status">{t('cancelled')}</p>}
      <Button onClick={start}>{state.kind === 'cancelled' ? t('again') : t('start')}</Button>
    </div>
  );
}

function Running({ progress, onCancel }: { progress: Progress | undefined; onCancel(): void }) {
  const { t } = useJobTexts();
  const { language } = useTexts();
  const left = progress?.remainingMs;
  const share = progress ? (100 * progress.done) / progress.total : 0;
  return (
    <div className={classes.running}>
      <div className={classes.bar}>
        <Bar value={share} animated={!progress} striped={!progress} aria-label={t('running')} transitionDuration={0} />
        <p>
          {progress
            ? t('rounds', { done: number(progress.done, language), total: number(progress.total, language) })
            : t('preparing')}
          {left !== undefined && ` · ${t('remaining', { time: timeWords(left) })}`}
        </p>
      </div>
      <Button variant="default" onClick={onCancel}>
        {t('cancel')}
      </Button>
    </div>
  );

  function timeWords(ms: number): string {
    const seconds = Math.max(1, Math.round(ms / 1000));
    return seconds < 90 ? t('seconds', { n: seconds }) : t('minutes', { n: Math.round(seconds / 60) });
  }
}
