import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Account } from '../../shared/schemas/access.ts';
import { useAccounts } from '../api/admin.ts';
import { Icon } from '../components/icons.tsx';
import { EmptyNote, ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { useZone } from '../shell/use-zone.ts';
import { relativeTime } from '../time.ts';
import classes from './admin.module.css';
import { Invite } from './invite.tsx';
import { Person } from './person.tsx';
import { useSide } from './use-side.ts';
import { useAdminTexts } from './words.ts';

/** Everybody who can sign in: found by name, opened for what can be done with them. */
export function People() {
  const { t } = useAdminTexts();
  const { data, error, refetch } = useAccounts();
  const [text, setText] = useState('');
  const { open, show, side } = useSide<number | 'new'>();
  if (!data) return error ? <ErrorNote onRetry={refetch} /> : <LoadingNote />;
  const wanted = text.trim().toLocaleLowerCase('id');
  const found = data.filter(({ username, displayName }) =>
    `${displayName} ${username}`.toLocaleLowerCase('id').includes(wanted),
  );
  const person = data.find(({ id }) => id === open);
  return (
    <div className={classes.body} data-detail={open !== undefined || undefined}>
      <div className={classes.list}>
        <div className={classes.tools}>
          <TextInput
            className={classes.grow}
            aria-label={t('people.search')}
            placeholder={t('people.search')}
            leftSection={<Icon name="search" size={18} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <span className={`${classes.dim} ${classes.aside}`} aria-live="polite">
            {t('people.count', { count: found.length })}
          </span>
          <Button className={classes.push} leftSection={<Icon name="plus" size={18} />} onClick={() => show('new')}>
            {t('people.invite')}
          </Button>
        </div>
        {found.length > 0 ? (
          <Table accounts={found} open={open} onOpen={show} />
        ) : (
          <EmptyNote title={t('people.none')} />
        )}
        {data.length === 1 && !wanted && (
          <EmptyNote title={t('people.empty')}>
            <p>{t('people.emptyHint')}</p>
          </EmptyNote>
        )}
      </div>
      {open === 'new' && (
        <aside ref={side} tabIndex={-1} className={classes.side} aria-label={t('people.invite')}>
          <Invite onClose={() => show(undefined)} />
        </aside>
      )}
      {person && (
        <aside
          ref={side}
          tabIndex={-1}
          className={classes.side}
          aria-label={t('people.person', { name: person.displayName })}
        >
          <Person key={person.id} account={person} onClose={() => show(undefined)} />
        </aside>
      )}
    </div>
  );
}

interface TableProps {
  accounts: Account[];
  open: number | 'new' | undefined;
  onOpen(id: number): void;
}

function Table({ accounts, open, onOpen }: TableProps) {
  const { t } = useAdminTexts();
  const { language } = useTexts();
  const now = Date.now();
  const zone = useZone();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('people.name')}</th>
          <th scope="col">{t('people.roles')}</th>
          <th scope="col">{t('people.state')}</th>
          <th scope="col">{t('people.lastSeen')}</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map(({ id, username, displayName, state, grants, lastSeenAt }) => (
          <tr key={id} data-chosen={id === open || undefined}>
            <td>
              <button type="button" className={classes.open} onClick={() => onOpen(id)}>
                {displayName}
              </button>
              <p className={classes.dim}>{username}</p>
            </td>
            <td>
              {grants.length === 0 && <span className={classes.dim}>{t('people.noRole')}</span>}
              {grants.map((grant) => (
                <div key={grant.id}>
                  {t(`role.${grant.role}`)} <span className={classes.dim}>· {grant.jurisdiction.name}</span>
                  {grant.breakGlass && <span className={classes.dim}> · {t('people.breakGlass')}</span>}
                </div>
              ))}
            </td>
            <td>
              <span className={classes.state} data-state={state}>
                {t(`people.states.${state}`)}
              </span>
            </td>
            <td className={classes.nowrap}>
              {lastSeenAt ? relativeTime(Date.parse(lastSeenAt), now, zone, language) : t('people.never')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
