import '@mantine/core/styles/PasswordInput.layer.css';
import { Button, Modal, PasswordInput, TextInput } from '@mantine/core';
import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { type FormEvent, useState } from 'react';
import { usePasskeyStepUp, useStepUp } from '../api/access.ts';
import { useTexts } from '../i18n/i18n.ts';
import { useAccess } from './access.ts';
import classes from './door-card.module.css';
import { DoorNote } from './door-card.tsx';
import { useProof } from './proof-store.ts';
import { useAccessTexts } from './words.ts';

/** Asks for a proof before a sensitive action, by the strongest means the account has; the action then goes on. */
export default function Proof() {
  const { t } = useAccessTexts();
  const { t: words } = useTexts();
  const answer = useProof((proof) => proof.answer);
  const account = useAccess((access) => access.me?.account);
  const [text, setText] = useState('');
  const step = useStepUp();
  const passkey = usePasskeyStepUp();
  const withCode = account?.hasTotp ?? false;
  const withPasskey = (account?.passkeys.length ?? 0) > 0 && browserSupportsWebAuthn();
  const withPassword = !withCode && (account?.hasPassword ?? false);
  const done = (given: boolean) => {
    setText('');
    step.reset();
    passkey.reset();
    answer?.(given);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!text) return;
    step.mutate(withCode ? { totp: text.replaceAll(/\D/g, '') } : { password: text }, { onSuccess: () => done(true) });
  };
  return (
    <Modal
      opened={answer !== undefined}
      onClose={() => done(false)}
      title={t('proof.title')}
      closeButtonProps={{ 'aria-label': words('app.close'), size: 'lg' }}
      transitionProps={{ duration: 100 }}
      zIndex={700}
      centered
    >
      <div className={classes.form}>
        <p className={classes.small}>{t('proof.lead')}</p>
        {(step.isError || passkey.isError) && <DoorNote>{t('proof.wrong')}</DoorNote>}
        {withPasskey && (
          <Button
            size="md"
            loading={passkey.isPending}
            onClick={() => passkey.mutate(undefined, { onSuccess: () => done(true) })}
          >
            {t('proof.passkey')}
          </Button>
        )}
        {withPasskey && (withCode || withPassword) && <span className={classes.or}>{t('signIn.or')}</span>}
        {(withCode || withPassword) && (
          <form className={classes.form} onSubmit={submit} noValidate>
            {withCode ? (
              <TextInput
                label={t('proof.code')}
                description={t('signIn.codeHint')}
                inputMode="numeric"
                autoComplete="one-time-code"
                data-autofocus
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
              />
            ) : (
              <PasswordInput
                label={t('proof.password')}
                autoComplete="current-password"
                data-autofocus
                value={text}
                visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
                onChange={(event) => setText(event.currentTarget.value)}
              />
            )}
            <Button type="submit" variant={withPasskey ? 'default' : 'filled'} loading={step.isPending}>
              {t('proof.submit')}
            </Button>
          </form>
        )}
        {!withCode && !withPassword && !withPasskey && <DoorNote>{t('proof.nothing')}</DoorNote>}
      </div>
    </Modal>
  );
}
