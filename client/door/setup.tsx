import { Button, Loader } from '@mantine/core';
import { useEffect, useRef } from 'react';
import classes from '../access/door-card.module.css';
import { DoorCard } from '../access/door-card.tsx';
import { rememberSetup } from '../access/setup-offer.ts';
import { useAccessTexts } from '../access/words.ts';
import { useSetup } from '../api/access.ts';

/**
 * Opens the server by its printed link: nothing to fill in, the map is next, and its code is read meanwhile.
 * @param leave takes this page down, for the map to stand in its place
 */
export default function Setup({ token, leave }: { token: string; leave: () => void }) {
  const { t } = useAccessTexts();
  const { mutate, isError } = useSetup();
  // The token works once; React may run an effect twice.
  const sent = useRef(false);
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    mutate(token, {
      onSuccess(me) {
        rememberSetup(sessionStorage);
        map
          .then(({ openPage }) => {
            leave();
            history.replaceState(null, '', '/');
            return openPage(me);
          })
          .catch(() => location.replace('/'));
      },
    });
    const map = import('../open-page.tsx');
    map.catch(() => {});
  }, [mutate, token, leave]);
  if (isError) {
    return (
      <DoorCard title={t('setup.failed')}>
        <p className={classes.lead}>{t('setup.failedHint')}</p>
        <Button component="a" href="/" variant="default" size="md">
          {t('setup.toSignIn')}
        </Button>
      </DoorCard>
    );
  }
  return (
    <DoorCard title={t('setup.opening')}>
      <Loader color="var(--dimmed)" size="sm" />
    </DoorCard>
  );
}
