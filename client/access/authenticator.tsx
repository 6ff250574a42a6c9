import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useConfirmTotp, useNewTotp, useStopTotp } from '../api/access.ts';
import { CopyField } from '../components/copy-field.tsx';
import { Qr } from '../components/qr.tsx';
import { follow } from '../follow.ts';
import { notify } from '../notify.ts';
import type { OwnAccount } from './account.tsx';
import { DoorNote } from './door-card.tsx';
import { useRefusalWords } from './refusal.ts';
import classes from './sheet.module.css';
import { Part } from './sheet-part.tsx';
import { useAccessTexts } from './words.ts';

/** The authenticator app: shown as a code to scan, on only once a code from it was typed. */
export function Authenticator({ account }: { account: OwnAccount }) {
  const { t } = useAccessTexts();
  const refused = useRefusalWords();
  const fresh = useNewTotp();
  const stop = useStopTotp();
  const error = fresh.error ?? stop.error;
  return (
    <Part
      title={`${t('account.totpTitle')}: ${t(account.hasTotp ? 'account.totpOn' : 'account.totpOff')}`}
      lead={t('account.totpLead')}
      action={
        account.hasTotp ? (
          <Button
            variant="default"
            size="xs"
            loading={stop.isPending}
            onClick={() => follow(stop.mutateAsync(), () => notify({ title: t('account.totpStopped'), message: '' }))}
          >
            {t('account.totpStop')}
          </Button>
        ) : (
          !fresh.data && (
            <Button variant="default" size="xs" loading={fresh.isPending} onClick={() => fresh.mutate()}>
              {t('account.totpStart')}
            </Button>
          )
        )
      }
    >
      {error && <DoorNote>{refused(error)}</DoorNote>}
      {fresh.data && !account.hasTotp && <Confirm {...fresh.data} onDone={fresh.reset} />}
    </Part>
  );
}

function Confirm({ secret, uri, onDone }: { secret: string; uri: string; onDone(): void }) {
  const { t } = useAccessTexts();
  const [code, setCode] = useState('');
  const { mutateAsync, isPending, isError } = useConfirmTotp();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const digits = code.replaceAll(/\D/g, '');
    if (digits.length < 6) return;
    follow(mutateAsync(digits, { onSuccess: onDone }), () => notify({ title: t('account.totpDone'), message: '' }));
  };
  return (
    <form className={classes.two} onSubmit={submit} noValidate>
      <Qr text={uri} label={t('account.totpScan')} size={184} />
      <div>
        <p className={classes.dim}>{t('account.totpScan')}</p>
        <CopyField label={t('account.totpSecret')} value={secret} />
        <TextInput
          label={t('account.totpCode')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={8}
          value={code}
          error={isError ? t('signIn.wrongCode') : undefined}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={isPending}>
          {t('account.totpConfirm')}
        </Button>
      </div>
    </form>
  );
}
