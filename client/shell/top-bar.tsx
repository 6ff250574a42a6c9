import { ActionIcon, Badge, Menu, Tooltip } from '@mantine/core';
import { shareView, toggleLanguage, toggleTheme, toggleWall } from '../actions.ts';
import { useSettings } from '../api/settings.ts';
import { Icon, type IconName } from '../components/icons.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { usePanels } from '../state/panels.ts';
import { ROOMS, useView } from '../state/view.ts';
import { Brand } from './brand.tsx';
import { Clock } from './clock.tsx';
import { Connection } from './connection.tsx';
import { openSearch } from './search-store.ts';
import { StageIndicator } from './stage.tsx';
import classes from './top-bar.module.css';
import { useFocusArea } from './use-focus-area.ts';

const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Where, search, stage, connection, time, and the few switches of the whole page. */
export function TopBar({ className, phone }: { className: string | undefined; phone: boolean }) {
  const { t, language } = useTexts();
  const theme = useView((view) => view.theme);
  const themeLabel = theme === 'dark' ? t('bar.toLight') : t('bar.toDark');
  if (phone) {
    return (
      <header className={`${classes.bar} ${className}`} data-phone>
        <Brand />
        <Jurisdiction />
        <Connection />
        <BarButton icon="search" label={t('bar.search')} onClick={openSearch} />
        <PhoneMenu themeLabel={themeLabel} />
      </header>
    );
  }
  return (
    <header className={`${classes.bar} ${className}`}>
      <Jurisdiction />
      <button type="button" className={classes.search} onClick={openSearch} aria-label={t('bar.searchHint')}>
        <Icon name="search" size={18} />
        <span>{t('bar.searchHint')}</span>
        <kbd>{MAC ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      <div className={classes.end}>
        <StageIndicator />
        <Connection />
        <Clock />
        <div className={classes.switches}>
          <BarButton icon="link" label={t('bar.share')} onClick={shareView} />
          <BarButton icon="wall" label={`${t('bar.wall')} (W)`} onClick={toggleWall} />
          <Tooltip label={t('bar.language')}>
            <button type="button" className={classes.language} aria-label={t('bar.language')} onClick={toggleLanguage}>
              {language.toUpperCase()}
            </button>
          </Tooltip>
          <BarButton icon={theme === 'dark' ? 'sun' : 'moon'} label={themeLabel} onClick={toggleTheme} />
        </div>
      </div>
    </header>
  );
}

function Jurisdiction() {
  const { t } = useTexts();
  const { names, loading } = useFocusArea();
  const { data: settings } = useSettings();
  const [narrowest, ...wider] = [...names].reverse();
  return (
    <section className={classes.place} aria-label={t('bar.place')}>
      <span className={classes.placeName}>{narrowest ?? (loading ? '…' : t('bar.nowhere'))}</span>
      <span className={classes.placePath}>
        {settings?.demo && (
          <Tooltip label={t('app.sampleHint')} multiline maw={280}>
            <Badge size="xs" radius="sm" className={classes.sample} tt="none">
              {t('app.sample')}
            </Badge>
          </Tooltip>
        )}
        <span>{wider.join(', ') || t('app.tagline')}</span>
      </span>
    </section>
  );
}

function BarButton({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" className={classes.button} size={40} aria-label={label} onClick={onClick}>
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  );
}

function PhoneMenu({ themeLabel }: { themeLabel: string }) {
  const { t } = useTexts();
  const room = useView((view) => view.room);
  return (
    <Menu position="bottom-end" width={260} withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" className={classes.button} size={44} aria-label={t('bar.menu')}>
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
            onClick={() => useView.getState().set({ room: name })}
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
      </Menu.Dropdown>
    </Menu>
  );
}
