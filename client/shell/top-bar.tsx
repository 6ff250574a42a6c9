import { ActionIcon, Badge, VisuallyHidden } from '@mantine/core';
import { Suspense, useState } from 'react';
import { useAccess } from '../access/access.ts';
import { initials } from '../access/initials.ts';
import { shareView, toggleLanguage, toggleTheme, toggleWall } from '../actions.ts';
import { useSettings } from '../api/settings.ts';
import { Icon, type IconName } from '../components/icons.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { lazyPart } from '../lazy-part.ts';
import { useView } from '../state/view.ts';
import { Brand } from './brand.tsx';
import { Clock } from './clock.tsx';
import { Connection } from './connection.tsx';
import { openSearch } from './search-store.ts';
import { StageIndicator } from './stage.tsx';
import classes from './top-bar.module.css';
import { useFocusArea } from './use-focus-area.ts';

const AccountMenu = lazyPart(() => import('../access/account-menu.tsx'));
const PhoneMenu = lazyPart(() => import('./phone-menu.tsx'));

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
        <Suspense fallback={null}>
          <PhoneMenu themeLabel={themeLabel} />
        </Suspense>
      </header>
    );
  }
  return (
    <header className={`${classes.bar} ${className}`}>
      <Jurisdiction />
      <button type="button" className={classes.search} onClick={openSearch}>
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
          <button
            title={t('bar.language')}
            type="button"
            className={classes.language}
            aria-label={t('bar.language')}
            onClick={toggleLanguage}
          >
            {language.toUpperCase()}
          </button>
          <BarButton icon={theme === 'dark' ? 'sun' : 'moon'} label={themeLabel} onClick={toggleTheme} />
          <AccountButton />
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
  const held = useJurisdictions();
  const shown = held.length > 1 ? [`${held[0]} +${held.length - 1}`] : held;
  return (
    <section className={classes.place} aria-label={t('bar.place')}>
      <span className={classes.placeName}>{narrowest ?? (loading ? '…' : t('bar.nowhere'))}</span>
      <span className={classes.placePath} title={held.join(', ') || undefined}>
        {settings?.demo && (
          <Badge title={t('app.sampleHint')} size="xs" radius="sm" className={classes.sample} tt="none">
            {t('app.sample')}
          </Badge>
        )}
        {held[0] && <Icon name="shield" size={14} />}
        <span>{[...shown, ...wider].join(', ') || t('app.tagline')}</span>
      </span>
    </section>
  );
}

/** The person; the menu behind it is fetched when it is wanted. */
function AccountButton() {
  const { t } = useTexts();
  const [wanted, setWanted] = useState(false);
  const name = useAccess((access) => access.me?.account?.displayName) ?? t('bar.token');
  const button = (
    <button
      type="button"
      className={classes.person}
      title={t('bar.account', { name })}
      aria-haspopup="menu"
      onPointerEnter={() => void import('../access/account-menu.tsx').catch(() => {})}
      onClick={() => setWanted(true)}
    >
      <span aria-hidden="true">{initials(name)}</span>
      <VisuallyHidden>{t('bar.account', { name })}</VisuallyHidden>
    </button>
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <AccountMenu />
    </Suspense>
  );
}

/** Names of the jurisdictions that the person's roles are for. */
function useJurisdictions(): string[] {
  const grants = useAccess((access) => access.me?.grants);
  return [...new Set(grants?.map(({ jurisdiction }) => jurisdiction.name))];
}

function BarButton({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <ActionIcon
      title={label}
      variant="subtle"
      className={classes.button}
      size={40}
      aria-label={label}
      onClick={onClick}
    >
      <Icon name={icon} />
    </ActionIcon>
  );
}
