import { useSyncExternalStore } from 'react';
import { useMay } from '../access/access.ts';
import { useTexts } from '../i18n/i18n.ts';
import { useRonda } from '../session.ts';
import { clock } from '../time.ts';
import classes from './connection.module.css';
import { useZone } from './use-zone.ts';

/** How the live connection is, in words and shape as well as colour; announced when it changes. */
export function Connection() {
  const { t, language } = useTexts();
  const { live } = useRonda();
  const status = useSyncExternalStore(
    (changed) => live.subscribeStatus(changed),
    () => live.status,
  );
  const zone = useZone();
  const time = `${clock(status.since, zone, language)} ${zone}`;
  const silent = !useMay('live.read');
  const state = silent ? 'none' : status.state;
  const lost = !silent && (status.state === 'reconnecting' || status.state === 'stale');
  return (
    <output
      title={t(`live.${state}Hint`, { time, attempt: status.attempt })}
      className={classes.connection}
      data-state={state}
      aria-live="polite"
    >
      <span className={classes.dot} aria-hidden="true" />
      <span>
        {t(`live.${state}`)}
        {lost && <span className={classes.since}> {t('live.since', { time })}</span>}
      </span>
    </output>
  );
}
