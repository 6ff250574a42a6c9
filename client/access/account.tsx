import { Button } from '@mantine/core';
import { useState } from 'react';
import type { SignedIn } from '../../shared/schemas/access.ts';
import { useSetPassword } from '../api/access.ts';
import { RequestError } from '../api/request.ts';
import { follow } from '../follow.ts';
import { notify } from '../notify.ts';
import { useAccess } from './access.ts';
import { Authenticator } from './authenticator.tsx';
import { DoorNote } from './door-card.tsx';
import { Passkeys } from './passkeys.tsx';
import { PasswordForm } from './password-form.tsx';
import { useRefusalWords } from './refusal.ts';
import { Sessions } from './sessions.tsx';
import classes from './sheet.module.css';
import { Part } from './sheet-part.tsx';
import { useAccessTexts } from './words.ts';

export type OwnAccount = NonNullable<SignedIn['account']>;

/** One's own account: password, second factor, passkeys, sessions. */
export default function Account() {
  const account = useAccess((access) => access.me?.account);
  const { t } = useAccessTexts();
  if (!account) return null;
  return (
    <div className={classes.sheet}>
      <section className={classes.section} aria-label={t('account.profile')}>
        <dl className={classes.facts}>
          <dt>{t('account.name')}</dt>
          <dd>{account.displayName}</dd>
          <dt>{t('account.username')}</dt>
          <dd>{account.username}</dd>
        </dl>
      </section>
      <Password account={account} />
      <Authenticator account={account} />
      <Passkeys account={account} />
      <Sessions />
    </div>
  );
}

function Password({ account }: { account: OwnAccount }) {
  const { t } = useAccessTexts();
  const refused = useRefusalWords();
  const [open, setOpen] = useState(!account.hasPassword);
  const { mutateAsync, isPending, error } = useSetPassword();
  const wrong = error instanceof RequestError && error.status === 401;
  return (
    <Part
      title={t('account.passwordTitle')}
      lead={t(account.hasPassword ? 'account.passwordSet' : 'account.passwordNone')}
      action={
        !open && (
          <Button variant="default" size="xs" onClick={() => setOpen(true)}>
            {t('account.change')}
          </Button>
        )
      }
    >
      {open && (
        <PasswordForm
          withCurrent={account.hasPassword}
          username={account.username}
          submitLabel={t(account.hasPassword ? 'account.change' : 'account.set')}
          busy={isPending}
          refused={error && <DoorNote>{wrong ? t('account.wrongCurrent') : refused(error)}</DoorNote>}
          onSubmit={({ current, next }) =>
            follow(
              mutateAsync(account.hasPassword ? { current, next } : { next }, { onSuccess: () => setOpen(false) }),
              () => notify({ title: t('account.changed'), message: t('account.changedHint') }),
            )
          }
        />
      )}
    </Part>
  );
}
