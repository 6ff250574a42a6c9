import { Button } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { Icon } from '../components/icons.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { useRonda } from '../session.ts';
import { clock } from '../time.ts';
import classes from './ended-notice.module.css';
import { useZone } from './use-zone.ts';

/** Stands over the map once the server has refused the live stream for good: nothing but a new page can help then. */
export function EndedNotice() {
  const { t, language } = useTexts();
  const { live } = useRonda();
  const status = useSyncExternalStore(
    (changed) => live.subscribeStatus(changed),
    () => live.status,
  );
  const zone = useZone();
  if (status.ended !== 'refused') return null;
  return (
    <div className={classes.notice} role="alert">
      <Icon name="warning" size={24} />
      <div>
        <p className={classes.title}>{t('live.ended')}</p>
        <p>
          {t('live.endedHint', {
            time: `${clock(status.since, zone, language)} ${zone}`,
          })}
        </p>
      </div>
      <Button onClick={() => location.reload()}>{t('app.reload')}</Button>
    </div>
  );
}
