import { Button, Loader, Progress } from '@mantine/core';
import '@mantine/core/styles/Progress.layer.css';
import { useEffect, useState } from 'react';
import { isUnanswered, RequestError } from '../api/request.ts';
import { EmptyNote, ErrorNote } from '../components/state-note.tsx';
import { useTexts } from '../i18n/i18n.ts';
import type { Computed } from './figures.ts';
import { ReasonNote } from './reason-note.tsx';
import { reasonWords } from './reasons.ts';
import classes from './room.module.css';
import { useAnalysisTexts } from './words.ts';

/** Work that is over sooner needs no bar. */
const PATIENCE_MS = 150;

/** Where figures would be, why there are none; and above those of before, that new ones are on their way. */
export function ComputedState<Answer>({ of }: { of: Computed<Answer> }) {
  const { t } = useAnalysisTexts();
  const { language } = useTexts();
  const { answer, pending, error, stopped } = of;
  if (stopped) {
    const words = reasonWords('cancelled', language);
    return (
      <EmptyNote title={words.title}>
        <p>{words.hint}</p>
        <Button variant="default" onClick={of.retry}>
          {t('state.again')}
        </Button>
      </EmptyNote>
    );
  }
  if (error && answer) return <Failed error={error} onRetry={of.retry} kept />;
  if (error) return <Failed error={error} onRetry={of.retry} />;
  if (pending) return <Working of={of} />;
  return answer && !answer.outcome.ok ? <ReasonNote reason={answer.outcome.reason} /> : null;
}

function Failed({ error, onRetry, kept = false }: { error: Error; onRetry(): void; kept?: boolean }) {
  const { t } = useAnalysisTexts();
  if (error instanceof RequestError && error.status === 403)
    return (
      <EmptyNote title={t('noPermission')}>
        <p>{t('noPermissionHint')}</p>
      </EmptyNote>
    );
  if (isUnanswered(error))
    return (
      <ErrorNote
        title={t('state.offline')}
        hint={kept ? t('state.offlineKept') : t('state.offlineHint')}
        onRetry={onRetry}
      />
    );
  return <ErrorNote title={t('state.failed')} hint={error.message} onRetry={onRetry} />;
}

function Working<Answer>({ of: { answer, progress, cancel } }: { of: Computed<Answer> }) {
  const { t } = useAnalysisTexts();
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!long && answer) return null;
  const [done, total] = progress ?? [0, 0];
  return (
    <div className={classes.working} role="status">
      {total > 0 ? (
        <Progress value={(100 * done) / total} aria-label={t('state.computing')} className={classes.progress} />
      ) : (
        <Loader size={16} color="var(--dimmed)" />
      )}
      <span>{t('state.computing')}</span>
      {long && progress && (
        <Button size="compact-sm" variant="default" onClick={cancel}>
          {t('state.cancel')}
        </Button>
      )}
    </div>
  );
}
