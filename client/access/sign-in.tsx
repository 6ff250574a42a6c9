import '@mantine/core/styles/PasswordInput.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSignIn } from '../api/access.ts';
import { RequestError } from '../api/request.ts';
import { useView } from '../state/view.ts';
import { useAccess } from './access.ts';
import classes from './door-card.module.css';
import { DoorCard, DoorNote } from './door-card.tsx';
import { useAccessTexts } from './words.ts';

/** Why the organisation's own sign-in sent somebody back who is not signed in; the address tells it once. */
const REFUSED = new URLSearchParams(location.search).get('oidc');

/** Signing in: in place of the page, or over it when the session ended; the page beneath keeps what was typed. */
export default function SignIn() {
  const { t } = useAccessTexts();
  const { offer, me, lost } = useAccess();
  const name = me?.account?.displayName;
  if (offer?.setup) {
    return (
      <DoorCard title={t('setup.newTitle')}>
        <p className={classes.lead}>{t('setup.newHint')}</p>
        <Oidc name={offer.oidc?.name} />
      </DoorCard>
    );
  }
  return (
    <DoorCard title={lost ? t('signIn.lostTitle') : t('signIn.title')}>
      {lost ? (
        <DoorNote kind="info">{t('signIn.lostHint')}</DoorNote>
      ) : (
        <p className={classes.lead}>{t('signIn.lead')}</p>
      )}
      {REFUSED && offer?.oidc && (
        <DoorNote>{t(REFUSED === 'forbidden' ? 'signIn.oidcUnknown' : 'signIn.oidcFailed', offer.oidc)}</DoorNote>
      )}
      {lost && name && <p>{t('signIn.back', { name })}</p>}
      <Form username={lost ? (me?.account?.username ?? '') : ''} />
      {offer?.oidc && (
        <>
          <span className={classes.or}>{t('signIn.or')}</span>
          <Oidc name={offer.oidc.name} />
        </>
      )}
      <footer className={classes.foot}>
        {lost && name ? (
          <button type="button" className={classes.link} onClick={() => location.assign('/')}>
            {t('signIn.other', { name })}
          </button>
        ) : (
          <>
            <p>{t('signIn.noAccount')}</p>
            <p>{t('signIn.forgotten')}</p>
          </>
        )}
      </footer>
    </DoorCard>
  );
}

function Oidc({ name }: { name: string | undefined }) {
  const { t } = useAccessTexts();
  if (!name) return null;
  return (
    <Button component="a" href="/api/access/oidc/start" variant="default" size="md" fullWidth>
      {t('signIn.oidc', { name })}
    </Button>
  );
}

function Form({ username: known }: { username: string }) {
  const { t } = useAccessTexts();
  const [username, setUsername] = useState(known);
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState('');
  const [wall, setWall] = useState(useView.getState().wall);
  const [asked, setAsked] = useState(false);
  const { mutate, isPending, error, reset } = useSignIn();
  const code = error instanceof RequestError ? error.body.code : undefined;
  const [codeWanted, setCodeWanted] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!username.trim() || !password || (codeWanted && !totp.trim())) return;
    mutate(
      {
        username: username.trim(),
        password,
        ...(totp.trim() ? { totp: totp.replaceAll(/\D/g, '') } : {}),
        ...(wall ? { wall } : {}),
      },
      {
        onSuccess: () => wall && useView.getState().set({ wall: true }),
        onError(failed) {
          if (failed instanceof RequestError && failed.body.code === 'totp_required') {
            setCodeWanted(true);
            setAsked(false);
          }
        },
      },
    );
  };
  const missing = (value: string) => (asked && !value.trim() ? t('signIn.missing') : undefined);
  return (
    <form className={classes.form} onSubmit={submit} noValidate aria-label={t('signIn.title')}>
      {error && code !== 'totp_required' && <Reason error={error} withCode={codeWanted} />}
      <TextInput
        label={t('signIn.username')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus={!known}
        value={username}
        error={missing(username)}
        onChange={(event) => {
          setUsername(event.currentTarget.value);
          if (error) reset();
        }}
      />
      <PasswordInput
        label={t('signIn.password')}
        autoComplete="current-password"
        autoFocus={Boolean(known)}
        value={password}
        error={missing(password)}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {codeWanted && (
        <TextInput
          label={t('signIn.code')}
          description={t('signIn.codeHint')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={8}
          autoFocus
          value={totp}
          error={missing(totp)}
          onChange={(event) => setTotp(event.currentTarget.value)}
        />
      )}
      <Checkbox
        label={t('signIn.wall')}
        description={t('signIn.wallHint')}
        checked={wall}
        onChange={(event) => setWall(event.currentTarget.checked)}
      />
      <Button type="submit" size="md" fullWidth loading={isPending}>
        {t('signIn.submit')}
      </Button>
    </form>
  );
}

function Reason({ error, withCode }: { error: Error; withCode: boolean }) {
  const { t } = useAccessTexts();
  const words = () => {
    if (!(error instanceof RequestError) || error.status === 0 || error.status >= 500) return t('signIn.unreachable');
    if (error.status === 429) return t('signIn.tooMany', { minutes: 15 });
    if (error.status === 401) return withCode ? t('signIn.wrongCode') : t('signIn.wrong');
    return error.message;
  };
  return <DoorNote>{words()}</DoorNote>;
}
