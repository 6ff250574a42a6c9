import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ROLES } from '../../shared/access/roles.ts';
import type { AccessLink } from '../../shared/schemas/access.ts';
import { useGrant, useInvite, useJurisdictions } from '../api/admin.ts';
import { RequestError } from '../api/request.ts';
import { Icon } from '../components/icons.tsx';
import { useTexts } from '../i18n/i18n.ts';
import classes from './admin.module.css';
import { LinkResult } from './link-result.tsx';
import { useRefusal } from './use-refusal.ts';
import { usernameFrom } from './username.ts';
import { useAdminTexts } from './words.ts';

const USERNAME = /^[A-Za-z0-9][A-Za-z0-9._@-]+$/;

/** Invites somebody: a name, a first role if wanted, and the link to send. */
export function Invite({ onClose }: { onClose(): void }) {
  const { t } = useAdminTexts();
  const { t: words } = useTexts();
  const { data: jurisdictions = [] } = useJurisdictions();
  const invite = useInvite();
  const grant = useGrant();
  const refuse = useRefusal();
  const [displayName, setDisplayName] = useState('');
  const [username, setUsername] = useState<string | undefined>();
  const [role, setRole] = useState('');
  const [where, setWhere] = useState('');
  const [asked, setAsked] = useState(false);
  const [result, setResult] = useState<{ name: string; link: AccessLink } | undefined>();
  const name = username ?? usernameFrom(displayName);
  const bad = !USERNAME.test(name);
  const taken = invite.error instanceof RequestError && invite.error.status === 409;
  const chosenRole = ROLES.find((each) => each === role);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (bad || !displayName.trim() || (chosenRole && !where)) return;
    try {
      const { account, invitation } = await invite.mutateAsync({ username: name, displayName: displayName.trim() });
      setResult({ name: account.displayName, link: invitation });
      if (chosenRole)
        await grant.mutateAsync({ accountId: account.id, role: chosenRole, jurisdictionId: Number(where) });
    } catch (error) {
      if (!(error instanceof RequestError && error.status === 409)) refuse(error);
    }
  };
  return (
    <div className={classes.sections}>
      <div className={classes.title}>
        <div>
          <h2>{t('people.invite')}</h2>
        </div>
        <ActionIcon variant="subtle" color="gray" size={44} aria-label={words('app.close')} onClick={onClose}>
          <Icon name="close" size={18} />
        </ActionIcon>
      </div>
      {result ? (
        <LinkResult title={t('people.linkReady', { name: result.name })} link={result.link} onDone={onClose} />
      ) : (
        <form className={classes.stack} onSubmit={submit} noValidate>
          <TextInput
            label={t('people.displayName')}
            maxLength={80}
            autoFocus
            value={displayName}
            error={asked && !displayName.trim() ? t('people.missing') : undefined}
            onChange={(event) => setDisplayName(event.currentTarget.value)}
          />
          <TextInput
            label={t('people.username')}
            description={t('people.usernameHint')}
            autoCapitalize="none"
            spellCheck={false}
            maxLength={64}
            value={name}
            error={taken ? t('people.taken') : asked && bad ? t('people.usernameBad') : undefined}
            onChange={(event) => {
              setUsername(event.currentTarget.value);
              invite.reset();
            }}
          />
          <NativeSelect
            label={t('people.firstRole')}
            description={chosenRole && t(`roleHint.${chosenRole}`)}
            value={role}
            data={[
              { value: '', label: t('people.noFirstRole') },
              ...ROLES.map((value) => ({ value, label: t(`role.${value}`) })),
            ]}
            onChange={(event) => setRole(event.currentTarget.value)}
          />
          {chosenRole && (
            <NativeSelect
              label={t('people.where')}
              value={where}
              error={asked && !where ? t('people.missing') : undefined}
              data={[
                { value: '', label: '–' },
                ...jurisdictions.map(({ id, name: label }) => ({ value: String(id), label })),
              ]}
              onChange={(event) => setWhere(event.currentTarget.value)}
            />
          )}
          <Button type="submit" loading={invite.isPending || grant.isPending}>
            {t('people.inviteSubmit')}
          </Button>
        </form>
      )}
    </div>
  );
}
