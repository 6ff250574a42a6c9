import '@mantine/core/styles/Menu.layer.css';
import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../components/icons.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { notify } from '../notify.ts';
import bar from '../shell/top-bar.module.css';
import { useZone } from '../shell/use-zone.ts';
import { usePanels } from '../state/panels.ts';
import { useView } from '../state/view.ts';
import { momentOf } from '../time.ts';
import { signOut, useAccess, useMay, useMayManage } from './access.ts';
import classes from './account-menu.module.css';
import { initials } from './initials.ts';
import { useAccessTexts } from './words.ts';

/** The person signed in: who, with which roles and where, for how long; and what concerns oneself. */
export default function AccountMenu() {
  const { t } = useAccessTexts();
  const me = useAccess((access) => access.me);
  const name = me?.account?.displayName ?? t('menu.token');
  return (
    <Menu defaultOpened position="bottom-end" width={300} withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton data-account className={bar.person} title={t('menu.open', { name })}>
          <span aria-hidden="true">{initials(name)}</span>
          <VisuallyHidden>{t('menu.open', { name })}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        <AccountItems />
      </Menu.Dropdown>
    </Menu>
  );
}

/** The items, the same in the menu of a phone. */
export function AccountItems() {
  const { t } = useAccessTexts();
  const me = useAccess((access) => access.me);
  const mayManage = useMayManage();
  const mayBreakGlass = useMay('break-glass.use');
  const open = (sheetOver: 'account' | 'data' | 'break-glass' | 'help') => () =>
    usePanels.getState().set({ sheetOver });
  const leave = () =>
    signOut().catch(() =>
      notify({ color: 'yellow', title: t('menu.signOutFailed'), message: t('menu.signOutFailedHint') }),
    );
  if (!me) return null;
  return (
    <>
      <Who />
      <Menu.Divider />
      {mayManage && (
        <Item icon="gear" onClick={() => useView.getState().set({ admin: 'people' })}>
          {t('menu.admin')}
        </Item>
      )}
      {me.account && (
        <Item icon="shield" onClick={open('account')}>
          {t('menu.account')}
        </Item>
      )}
      {me.account && (
        <Item icon="person" onClick={open('data')}>
          {t('menu.data')}
        </Item>
      )}
      {mayBreakGlass && (
        <Item icon="key" onClick={open('break-glass')}>
          {t('menu.breakGlassAction')}
        </Item>
      )}
      <Item icon="help" onClick={open('help')}>
        {t('menu.help')}
      </Item>
      <Menu.Divider />
      <Item icon="exit" onClick={leave}>
        {t('menu.signOut')}
      </Item>
    </>
  );
}

function Who() {
  const { t } = useAccessTexts();
  const { language } = useTexts();
  const zone = useZone();
  const me = useAccess((access) => access.me);
  if (!me) return null;
  const time = (iso: string) => momentOf(Date.parse(iso), Date.now(), zone, language);
  const { account, grants, session } = me;
  return (
    <Menu.Label className={classes.who} component="div">
      <b>{account?.displayName ?? t('menu.token')}</b>
      {account && <span>{account.username}</span>}
      <span className={classes.grants}>
        {grants.map(({ id, role, jurisdiction, validTo, breakGlass }) => (
          <span key={id}>
            <em>{t(`role.${role}`)}</em> · {jurisdiction.name}
            {breakGlass && ` · ${t('menu.breakGlass')}`}
            {validTo && ` · ${t('menu.until', { time: time(validTo) })}`}
          </span>
        ))}
      </span>
      {session && (
        <span className={classes.session}>
          {t(session.kind === 'wall' ? 'menu.wallSession' : 'menu.session', { time: time(session.expiresAt) })}
        </span>
      )}
    </Menu.Label>
  );
}

function Item({
  icon,
  onClick,
  children,
}: {
  icon: Parameters<typeof Icon>[0]['name'];
  onClick(): void;
  children: ReactNode;
}) {
  return (
    <Menu.Item leftSection={<Icon name={icon} size={18} />} onClick={onClick}>
      {children}
    </Menu.Item>
  );
}
