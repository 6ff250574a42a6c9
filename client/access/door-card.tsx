import { ActionIcon } from '@mantine/core';
import type { ReactNode } from 'react';
import { toggleLanguage, toggleTheme } from '../actions.ts';
import { Icon } from '../components/icons.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { Brand } from '../shell/brand.tsx';
import { useView } from '../state/view.ts';
import classes from './door-card.module.css';

/** A page of its own before the map: the name above, one card in the middle. */
export function DoorCard({ title, wide = false, children }: { title: string; wide?: boolean; children: ReactNode }) {
  const { t, language } = useTexts();
  const theme = useView((view) => view.theme);
  const themeLabel = theme === 'dark' ? t('bar.toLight') : t('bar.toDark');
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <Brand />
        <b>Ronda</b>
        <button
          type="button"
          className={classes.language}
          title={t('bar.language')}
          aria-label={t('bar.language')}
          onClick={toggleLanguage}
        >
          {language.toUpperCase()}
        </button>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={44}
          title={themeLabel}
          aria-label={themeLabel}
          onClick={toggleTheme}
        >
          <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
        </ActionIcon>
      </header>
      <main className={classes.middle}>
        <section className={classes.card} data-wide={wide || undefined} aria-label={title}>
          <h1>{title}</h1>
          {children}
        </section>
      </main>
    </div>
  );
}

/** What went wrong or matters, within a card. */
export function DoorNote({ kind = 'warning', children }: { kind?: 'warning' | 'info'; children: ReactNode }) {
  return (
    <p className={classes.note} data-kind={kind} role={kind === 'warning' ? 'alert' : undefined}>
      {kind === 'warning' && <Icon name="warning" size={18} />}
      <span>{children}</span>
    </p>
  );
}
