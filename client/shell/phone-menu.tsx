import '@mantine/core/styles/Menu.layer.css';
import { ActionIcon, Menu } from '@mantine/core';
import { AccountItems } from '../access/account-menu.tsx';
import { shareView, toggleLanguage, toggleTheme, toggleWall } from '../actions.ts';
import { Icon } from '../components/icons.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { usePanels } from '../state/panels.ts';
import { ROOMS, useView } from '../state/view.ts';
import classes from './top-bar.module.css';

/** What a phone has no room for in its bar. */
export default function PhoneMenu({ themeLabel }: { themeLabel: string }) {
  const { t } = useTexts();
  const room = useView((view) => view.room);
  return (
    <Menu position="bottom-end" width={300} withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon data-account variant="subtle" className={classes.button} size={44} aria-label={t('bar.menu')}>
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        <Menu.Label>{t('room.label')}</Menu.Label>
        {ROOMS.map((name) => (
          <Menu.Item
            key={name}
            aria-current={name === room ? 'page' : undefined}
            fw={name === room ? 600 : undefined}
            onClick={() => useView.getState().set({ room: name, admin: undefined })}
          >
            {t(`room.${name}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={toggleTheme}>{themeLabel}</Menu.Item>
        <Menu.Item onClick={toggleLanguage}>{t('bar.language')}</Menu.Item>
        <Menu.Item onClick={shareView}>{t('bar.share')}</Menu.Item>
        <Menu.Item onClick={() => usePanels.getState().set({ legend: true })}>{t('tools.layers')}</Menu.Item>
        <Menu.Item onClick={toggleWall}>{t('bar.wall')}</Menu.Item>
        <Menu.Divider />
        <AccountItems />
      </Menu.Dropdown>
    </Menu>
  );
}
