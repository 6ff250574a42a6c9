import { Button, Loader } from '@mantine/core';
import { useEffect } from 'react';
import { useTexts } from '../i18n/i18n.ts';
import { askWho, signOut, useAccess } from './access.ts';
import classes from './door-card.module.css';
import { DoorCard } from './door-card.tsx';
import { useAccessTexts } from './words.ts';

const AGAIN_MS = 5_000;

/** Nobody can be let in just now: the server does not answer, or the account may do nothing. It opens by itself. */
export default function NoEntry() {
  const { t } = useAccessTexts();
  const { t: words } = useTexts();
  const { door, me, changed } = useAccess();
  useEffect(() => {
    const timer = setInterval(() => void askWho(), AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  if (door === 'unreachable') {
    return (
      <DoorCard title={t('unreachable.title')}>
        <p className={classes.lead}>{t('unreachable.hint')}</p>
        <Loader size="sm" color="var(--dimmed)" />
        <Button variant="default" size="md" onClick={() => void askWho()}>
          {words('app.retry')}
        </Button>
      </DoorCard>
    );
  }
  const name = me?.account?.displayName ?? '';
  const withdrawn = changed === 'less';
  return (
    <DoorCard title={t(withdrawn ? 'none.withdrawn' : 'none.title')}>
      <p className={classes.lead}>{t(withdrawn ? 'none.withdrawnHint' : 'none.hint', { name })}</p>
      <Button variant="default" size="md" onClick={() => void signOut().catch(() => {})}>
        {t('menu.signOut')}
      </Button>
    </DoorCard>
  );
}
