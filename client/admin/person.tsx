import { ActionIcon, Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { roleAllows } from '../../shared/access/roles.ts';
import type { Account, Grant } from '../../shared/schemas/access.ts';
import { useAccess } from '../access/access.ts';
import { useChangeAccount, useJurisdictions, useNewLink, useRevokeGrant, useRevokeSessions } from '../api/admin.ts';
import { Icon } from '../components/icons.tsx';
import { follow } from '../follow.ts';
import { useTexts } from '../i18n/i18n.ts';
import { notify } from '../notify.ts';
import { useZone } from '../shell/use-zone.ts';
import classes from './admin.module.css';
import { Confirm } from './confirm.tsx';
import { GrantForm } from './grant-form.tsx';
import { LinkResult } from './link-result.tsx';
import { moment } from './times.ts';
import { useRefusal } from './use-refusal.ts';
import { useAdminTexts } from './words.ts';

/** One person: name, roles, links, sessions, and whether they can sign in at all. */
export function Person({ account, onClose }: { account: Account; onClose(): void }) {
  const { t } = useAdminTexts();
  const { t: words } = useTexts();
  const [granting, setGranting] = useState(false);
  const own = useAccess((access) => access.me?.account?.id === account.id);
  const wholly = useAdministersAll();
  const { displayName: name, username, state } = account;
  return (
    <div className={classes.sections}>
      <div className={classes.title}>
        <div>
          <h2>{name}</h2>
          <p className={classes.dim}>
            {username} ·{' '}
            <span className={classes.state} data-state={state}>
              {t(`people.states.${state}`)}
            </span>
          </p>
        </div>
        <ActionIcon variant="subtle" color="gray" size={44} aria-label={words('app.close')} onClick={onClose}>
          <Icon name="close" size={18} />
        </ActionIcon>
      </div>
      <section aria-label={t('people.grants')}>
        <h3>{t('people.grants')}</h3>
        {account.grants.length === 0 ? (
          <p className={classes.dim}>{t('people.noRole')}</p>
        ) : (
          <ul className={classes.rows}>
            {account.grants.map((grant) => (
              <GrantRow key={grant.id} grant={grant} />
            ))}
          </ul>
        )}
        {granting ? (
          <GrantForm accountId={account.id} onDone={() => setGranting(false)} />
        ) : own && !wholly ? (
          <p className={classes.dim}>{wholly === false && t('people.noOwnGrant')}</p>
        ) : (
          <div className={classes.actions}>
            <Button variant="default" leftSection={<Icon name="plus" size={18} />} onClick={() => setGranting(true)}>
              {t('people.addGrant')}
            </Button>
          </div>
        )}
      </section>
      <Rename account={account} />
      <Entry account={account} />
    </div>
  );
}

/** Whether the person at the page administers everything, as who may give himself a role must; `undefined` until it is known. */
function useAdministersAll(): boolean | undefined {
  const held = useAccess((access) => access.me?.grants);
  const { data: jurisdictions } = useJurisdictions();
  if (!jurisdictions) return undefined;
  const everything = new Set(jurisdictions.flatMap(({ id, everything }) => (everything ? [id] : [])));
  return Boolean(
    held?.some(({ role, jurisdiction }) => roleAllows(role, 'access.manage') && everything.has(jurisdiction.id)),
  );
}

function GrantRow({ grant }: { grant: Grant }) {
  const { t } = useAdminTexts();
  const { language } = useTexts();
  const { mutateAsync, isPending } = useRevokeGrant();
  const refuse = useRefusal();
  const zone = useZone();
  const role = t(`role.${grant.role}`);
  const place = grant.jurisdiction.name;
  const future = Date.parse(grant.validFrom) > Date.now();
  return (
    <li>
      <div>
        <b>{role}</b> · {place}
        <p className={classes.dim}>
          {[
            grant.breakGlass && t('people.breakGlass'),
            future && t('people.starts', { time: moment(grant.validFrom, zone, language) }),
            grant.validTo ? t('people.until', { time: moment(grant.validTo, zone, language) }) : t('people.always'),
            t('people.by', { name: grant.grantedBy }),
            grant.reason,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={40}
        loading={isPending}
        aria-label={t('people.revokeGrant', { role, place })}
        title={t('people.revokeGrant', { role, place })}
        onClick={() =>
          follow(
            mutateAsync(grant.id),
            () => notify({ title: t('people.grantRevoked'), message: t('people.grantRevokedHint', { role, place }) }),
            refuse,
          )
        }
      >
        <Icon name="trash" size={18} />
      </ActionIcon>
    </li>
  );
}

function Rename({ account }: { account: Account }) {
  const { t } = useAdminTexts();
  const { mutateAsync, isPending } = useChangeAccount(account.id);
  const refuse = useRefusal();
  const [name, setName] = useState(account.displayName);
  const changed = name.trim() !== account.displayName && name.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!changed) return;
    const displayName = name.trim();
    follow(mutateAsync({ displayName }), () => notify({ title: t('saved'), message: displayName }), refuse);
  };
  return (
    <section aria-label={t('people.rename')}>
      <form className={classes.tools} style={{ margin: 0 }} onSubmit={submit}>
        <TextInput
          className={classes.grow}
          label={t('people.displayName')}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!changed} loading={isPending}>
          {t('people.rename')}
        </Button>
      </form>
    </section>
  );
}

/** Whether and how the person gets in: links, open sessions, disabling. */
function Entry({ account }: { account: Account }) {
  const { t } = useAdminTexts();
  const own = useAccess((access) => access.me?.account?.id === account.id);
  const link = useNewLink(account.id);
  const sessions = useRevokeSessions(account.id);
  const change = useChangeAccount(account.id);
  const refuse = useRefusal();
  const name = account.displayName;
  if (own) {
    return (
      <section>
        <p className={classes.dim}>{t('people.self')}</p>
      </section>
    );
  }
  return (
    <section aria-label={t('people.state')}>
      {link.data ? (
        <LinkResult title={t('people.linkReady', { name })} link={link.data} onDone={link.reset} />
      ) : (
        account.state !== 'disabled' && (
          <div className={classes.stack}>
            <div className={classes.actions}>
              <Button
                variant="default"
                loading={link.isPending}
                onClick={() => follow(link.mutateAsync(), () => {}, refuse)}
              >
                {t('people.newLink')}
              </Button>
            </div>
            <p className={classes.dim}>{t('people.newLinkHint')}</p>
          </div>
        )
      )}
      <div className={classes.actions}>
        {account.state !== 'disabled' && (
          <Button
            variant="default"
            loading={sessions.isPending}
            onClick={() =>
              follow(
                sessions.mutateAsync(),
                () => notify({ title: t('people.revoked', { name }), message: '' }),
                refuse,
              )
            }
          >
            {t('people.revoke')}
          </Button>
        )}
        {account.state === 'disabled' ? (
          <Button
            variant="default"
            loading={change.isPending}
            onClick={() =>
              follow(
                change.mutateAsync({ disabled: false }),
                () => notify({ title: t('people.enabled', { name }), message: '' }),
                refuse,
              )
            }
          >
            {t('people.enable')}
          </Button>
        ) : (
          <Confirm
            label={t('people.disable')}
            title={t('people.disableTitle', { name })}
            hint={t('people.disableHint')}
            confirmLabel={t('people.disable')}
            busy={change.isPending}
            onConfirm={() =>
              follow(
                change.mutateAsync({ disabled: true }),
                () => notify({ title: t('people.disabled', { name }), message: '' }),
                refuse,
              )
            }
          />
        )}
      </div>
    </section>
  );
}
