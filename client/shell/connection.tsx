import { useSyncExternalStore } from 'react';
import { useTexts } from '../i18n/i18n.ts';
import { useRonda } from '../session.ts';
import { clock, zoneOf } from '../time.ts';
import classes from './connection.module.css';
import { useFocusArea } from './use-focus-area.ts';

/** How the live connection is, in words and shape as well as colour; announced when it changes. */
export function Connection() {
  const { t, language } = useTexts();
  const { live } = useRonda();
  const status = useSyncExternalStore(
    (changed) => live.subscribeStatus(changed),
    () => live.status,
  );
  const { code, lon } = useFocusArea();
  const zone = zoneOf(code, lon);
  const time = `${clock(status.since, zone, language)} ${zone}`;
  const lost = status.state === 'reconnecting' || status.state === 'stale';
  return (
    <output
      title={t(`live.${status.state}Hint`, { time, attempt: status.attempt })}
      className={classes.connection}
      data-state={status.state}
      aria-live="polite"
    >
      <span className={classes.dot} aria-hidden="true" />
      <span className={classes.words}>
        {t(`live.${status.state}`)}
        {lost && <span className={classes.since}> {t('live.since', { time })}</span>}
      </span>
    </output>
  );
}
