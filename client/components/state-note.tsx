import { Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/i18n.ts';
import { Icon } from './icons.tsx';
import classes from './state-note.module.css';

/** What stands where content would: empty, with the one next step. */
export function EmptyNote({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={classes.note}>
      <p className={classes.title}>{title}</p>
      {children}
    </div>
  );
}

/** Content is on its way. */
export function LoadingNote() {
  const { t } = useTexts();
  return (
    <div className={classes.note} role="status">
      <Loader size="sm" color="var(--dimmed)" />
      <p>{t('app.loading')}</p>
    </div>
  );
}

/** Content could not be loaded: what happened, what is safe, what to do. */
export function ErrorNote({
  title,
  hint,
  onRetry,
}: {
  title?: string;
  hint?: string;
  onRetry?: (() => void) | undefined;
}) {
  const { t } = useTexts();
  return (
    <div className={classes.note} role="alert">
      <Icon name="warning" size={24} />
      <p className={classes.title}>{title ?? t('app.failed')}</p>
      <p>{hint ?? t('app.failedHint')}</p>
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          {t('app.retry')}
        </Button>
      )}
    </div>
  );
}
