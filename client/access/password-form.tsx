import '@mantine/core/styles/PasswordInput.layer.css';
import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { PASSWORD_LENGTH } from '../../shared/schemas/access.ts';
import classes from './door-card.module.css';
import { useAccessTexts } from './words.ts';

interface PasswordFormProps {
  /** Whether the password until now is asked for. */
  withCurrent?: boolean;
  /** Names the account to password managers. */
  username?: string | undefined;
  submitLabel: string;
  busy: boolean;
  /** What the server refused. */
  refused: ReactNode;
  onSubmit(passwords: { current: string; next: string }): void;
  children?: ReactNode;
}

/** A new password, twice, with its one rule said before it is broken. */
export function PasswordForm(props: PasswordFormProps) {
  const { withCurrent = false, username, submitLabel, busy, refused, onSubmit, children } = props;
  const { t } = useAccessTexts();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [asked, setAsked] = useState(false);
  const lacking = PASSWORD_LENGTH - [...next].length;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (lacking > 0 || next !== again || (withCurrent && !current)) return;
    onSubmit({ current, next });
  };
  const reveal = { 'aria-label': t('signIn.showPassword') };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {refused}
      {children}
      {username && <input type="text" autoComplete="username" value={username} readOnly hidden />}
      {withCurrent && (
        <PasswordInput
          label={t('account.current')}
          autoComplete="current-password"
          value={current}
          visibilityToggleButtonProps={reveal}
          error={asked && !current ? t('signIn.missing') : undefined}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
      )}
      <PasswordInput
        label={t('accept.password')}
        description={t('accept.rule', { count: PASSWORD_LENGTH })}
        autoComplete="new-password"
        value={next}
        visibilityToggleButtonProps={reveal}
        error={asked && lacking > 0 ? t('accept.tooShort', { count: lacking }) : undefined}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('accept.repeat')}
        autoComplete="new-password"
        value={again}
        visibilityToggleButtonProps={reveal}
        error={asked && next !== again ? t('accept.different') : undefined}
        onChange={(event) => setAgain(event.currentTarget.value)}
      />
      <Button type="submit" loading={busy}>
        {submitLabel}
      </Button>
    </form>
  );
}
