import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import classes from '../access/door-card.module.css';
import { DoorCard, DoorNote } from '../access/door-card.tsx';
import { PasswordForm } from '../access/password-form.tsx';
import { useRefusalWords } from '../access/refusal.ts';
import { useAccessTexts } from '../access/words.ts';
import { useAccept } from '../api/access.ts';
import { RequestError } from '../api/request.ts';

/** Codes that mean the link, not what was typed, is at fault. */
const LINK_AT_FAULT = new Set(['not_found', 'forbidden', 'unauthenticated', 'gone']);

/** An invited or recovered account gets its password, and is signed in. */
export default function Accept({ token }: { token: string }) {
  const { t } = useAccessTexts();
  const refused = useRefusalWords();
  const [displayName, setDisplayName] = useState('');
  const { mutate, isPending, error } = useAccept();
  const dead = error instanceof RequestError && LINK_AT_FAULT.has(error.body.code);
  if (!token || dead) {
    return (
      <DoorCard title={t(token ? 'accept.failed' : 'accept.missing')}>
        <p className={classes.lead}>{t(token ? 'accept.failedHint' : 'accept.missingHint')}</p>
        <Button component="a" href="/" variant="default" size="md">
          {t('setup.toSignIn')}
        </Button>
      </DoorCard>
    );
  }
  return (
    <DoorCard title={t('accept.title')}>
      <p className={classes.lead}>{t('accept.lead')}</p>
      <PasswordForm
        submitLabel={t('accept.submit')}
        busy={isPending}
        refused={error && <DoorNote>{refused(error)}</DoorNote>}
        onSubmit={({ next }) =>
          mutate(
            { token, password: next, ...(displayName.trim() ? { displayName: displayName.trim() } : {}) },
            { onSuccess: () => location.replace('/') },
          )
        }
      >
        <TextInput
          label={t('accept.displayName')}
          description={t('accept.displayNameHint')}
          autoComplete="name"
          maxLength={80}
          value={displayName}
          onChange={(event) => setDisplayName(event.currentTarget.value)}
        />
      </PasswordForm>
    </DoorCard>
  );
}
