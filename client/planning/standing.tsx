import { Button } from '@mantine/core';
import { type ReactNode, useSyncExternalStore } from 'react';
import { useTexts } from '../i18n/i18n.ts';
import { HELP } from './help-words.ts';
import { useDraft, useOpened } from './plan-context.ts';
import classes from './room.module.css';
import { usePlanningTexts } from './words.ts';

/**
 * What whoever works on the plan must know first: no server, no right, no change any more.
 * @param isOther the areas are no longer those that the plan was opened with
 */
export function Standing({ isOther, isHelped }: { isOther: boolean; isHelped: boolean }) {
  const { t } = usePlanningTexts();
  const { plan, sync, isGone } = useOpened();
  const { pending } = useDraft();
  const status = useSyncExternalStore(
    (callback) => sync?.subscribe(callback) ?? (() => {}),
    () => sync?.status,
  );
  const ended = status?.state === 'ended' ? status.why : undefined;
  return (
    <>
      {isGone || ended === 'gone' ? (
        <Banner warns>{t('editor.gone')}</Banner>
      ) : ended === 'frozen' || ended === 'forbidden' ? (
        <Banner warns>
          {t(`editor.${ended}`)} {pending.length > 0 && t('editor.frozenLost', { count: pending.length })}
        </Banner>
      ) : status?.state === 'offline' ? (
        <Banner warns action={{ label: t('editor.retry'), run: () => sync?.retry() }}>
          {pending.length > 0 ? t('editor.offline', { count: pending.length }) : t('editor.offlineNone')}
        </Banner>
      ) : plan.state !== 'draft' ? (
        <Banner>{t(plan.state === 'published' ? 'editor.readPublished' : 'editor.readArchived')}</Banner>
      ) : (
        !plan.mayChange && <Banner>{t('editor.readOnly')}</Banner>
      )}
      {isOther && <Banner warns>{t('editor.renewed')}</Banner>}
      {isHelped && <Help />}
    </>
  );
}

interface BannerProps {
  warns?: boolean;
  action?: { label: string; run(): void };
  children: ReactNode;
}

function Banner({ warns = false, action, children }: BannerProps) {
  return (
    <div className={classes.banner} data-warns={warns || undefined} role={warns ? 'alert' : 'status'}>
      <p>{children}</p>
      {action && (
        <Button size="compact-sm" variant="default" onClick={action.run}>
          {action.label}
        </Button>
      )}
    </div>
  );
}

/** A planner's first ten minutes. */
function Help() {
  const { t } = usePlanningTexts();
  const { language } = useTexts();
  const { steps, keys } = HELP[language];
  return (
    <section className={classes.help} aria-label={t('help')}>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <dl>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
