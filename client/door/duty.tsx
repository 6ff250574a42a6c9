import { Button } from '@mantine/core';
import { useState } from 'react';
import classes from '../access/door-card.module.css';
import { DoorCard } from '../access/door-card.tsx';
import { useAccessTexts } from '../access/words.ts';
import { forgetKey, keptKey } from './own-key.ts';
import { PhoneDuty } from './phone-duty.tsx';

/** The page that a volunteer keeps on the phone's home screen: one switch. */
export default function DutyPage() {
  const { t } = useAccessTexts();
  const [token, setToken] = useState(() => keptKey(localStorage));
  if (!token) {
    return (
      <DoorCard title={t('duty.phoneNone')}>
        <p className={classes.lead}>{t('duty.phoneNoneHint')}</p>
      </DoorCard>
    );
  }
  return (
    <DoorCard title={t('duty.phoneTitle')}>
      <p className={classes.lead}>{t('duty.phoneLead')}</p>
      <PhoneDuty token={token} />
      <footer className={classes.foot}>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          onClick={() => {
            forgetKey(localStorage);
            setToken(undefined);
          }}
        >
          {t('duty.phoneForget')}
        </Button>
      </footer>
    </DoorCard>
  );
}
