import { Button } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { Icon } from '../components/icons.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { useRonda } from '../session.ts';
import { clock, zoneOf } from '../time.ts';
import classes from './ended-notice.module.css';
import { useFocusArea } from './use-focus-area.ts';

/** Stands over the map once the server has refused the live stream for good: nothing but a new page can help then. */
export function EndedNotice() {
  const { t, language } = useTexts();
  const { live } = useRonda();
  const status = useSyncExternalStore(
    (changed) => live.subscribeStatus(changed),
    () => live.status,
  );
  const { code, lon } = useFocusArea();
  if (!status.ended) return null;
  const zone = zoneOf(code, lon);
  const isSignedOut = status.ended === 'signed out';
  return (
    <div className={classes.notice} role="alert">
      <Icon name="warning" size={24} />
      <div>
        <p className={classes.title}>{t(isSignedOut ? 'live.signedOut' : 'live.ended')}</p>
        <p>
          {t(isSignedOut ? 'live.signedOutHint' : 'live.endedHint', {
            time: `${clock(status.since, zone, language)} ${zone}`,
          })}
        </p>
      </div>
      <Button onClick={() => location.reload()}>{t(isSignedOut ? 'live.signIn' : 'app.reload')}</Button>
    </div>
  );
}
