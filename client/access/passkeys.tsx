import { ActionIcon, Button, TextInput } from '@mantine/core';
import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { type FormEvent, useState } from 'react';
import { useAddPasskey, useRemovePasskey } from '../api/access.ts';
import { RequestError } from '../api/request.ts';
import { Icon } from '../components/icons.tsx';
import { follow } from '../follow.ts';
import { useTexts } from '../i18n/i18n.ts';
import { notify } from '../notify.ts';
import { useZone } from '../shell/use-zone.ts';
import { relativeTime } from '../time.ts';
import type { OwnAccount } from './account.tsx';
import { DoorNote } from './door-card.tsx';
import { useRefusalWords } from './refusal.ts';
import classes from './sheet.module.css';
import { Part } from './sheet-part.tsx';
import { useAccessTexts } from './words.ts';

/** Passkeys: listed with when they were used, added under a name, removed. */
export function Passkeys({ account }: { account: OwnAccount }) {
  const { t } = useAccessTexts();
  const refused = useRefusalWords();
  const { language } = useTexts();
  const zone = useZone();
  const [label, setLabel] = useState<string | undefined>();
  const add = useAddPasskey();
  const remove = useRemovePasskey();
  const able = browserSupportsWebAuthn();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = label?.trim();
    if (!name) return;
    follow(add.mutateAsync(name, { onSuccess: () => setLabel(undefined) }), () =>
      notify({ title: t('account.passkeyAdded'), message: name }),
    );
  };
  return (
    <Part
      title={t('account.passkeysTitle')}
      lead={t(able ? 'account.passkeysLead' : 'account.passkeysUnable')}
      action={
        able &&
        label === undefined && (
          <Button variant="default" size="xs" onClick={() => setLabel('')}>
            {t('account.passkeyAdd')}
          </Button>
        )
      }
    >
      {add.error && (
        <DoorNote>
          {add.error instanceof RequestError
            ? refused(add.error)
            : `${t('account.passkeyFailed')}. ${t('account.passkeyFailedHint')}`}
        </DoorNote>
      )}
      {label !== undefined && (
        <form className={classes.two} onSubmit={submit}>
          <div>
            <TextInput
              label={t('account.passkeyLabel')}
              placeholder={t('account.passkeyLabelHint')}
              maxLength={80}
              autoFocus
              value={label}
              onChange={(event) => setLabel(event.currentTarget.value)}
            />
            <Button type="submit" disabled={!label.trim()} loading={add.isPending}>
              {t('account.passkeyAdd')}
            </Button>
          </div>
        </form>
      )}
      {account.passkeys.length > 0 && (
        <ul className={classes.rows}>
          {account.passkeys.map(({ id, label: name, lastUsedAt }) => (
            <li key={id}>
              <Icon name="key" />
              <div>
                <b>{name}</b>
                <p className={classes.dim}>
                  {lastUsedAt
                    ? t('account.used', {
                        time: relativeTime(Date.parse(lastUsedAt), Date.now(), zone, language),
                      })
                    : t('account.neverUsed')}
                </p>
              </div>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={44}
                aria-label={t('account.passkeyRemove', { name })}
                onClick={() => remove.mutate(id)}
              >
                <Icon name="trash" size={18} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}
