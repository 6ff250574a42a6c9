import { ActionIcon } from '@mantine/core';
import { Suspense, useEffect, useRef } from 'react';
import type { Permission } from '../../shared/access/roles.ts';
import { useAccess } from '../access/access.ts';
import { Icon } from '../components/icons.tsx';
import { EmptyNote, LoadingNote } from '../components/state-note.tsx';
import { Watermark } from '../components/watermark.tsx';
import { lazyPart } from '../lazy-part.ts';
import { ADMIN_SECTIONS, type AdminSection, useView } from '../state/view.ts';
import classes from './admin.module.css';
import { Audit } from './audit.tsx';
import { BreakGlassList } from './break-glass-list.tsx';
import { Devices } from './devices.tsx';
import { People } from './people.tsx';
import { useAdminTexts } from './words.ts';

const Jurisdictions = lazyPart(() => import('./jurisdictions.tsx'));

const NEEDS: Record<AdminSection, Permission> = {
  people: 'access.manage',
  jurisdictions: 'access.manage',
  devices: 'device.manage',
  'break-glass': 'break-glass.read',
  audit: 'audit.read',
};

/** The administration: people, jurisdictions, devices, break-glass access, audit log. Over the rooms; beside the map where it edits it. */
export default function Admin({ section }: { section: AdminSection }) {
  const { t } = useAdminTexts();
  const permissions = useAccess((access) => access.me?.permissions ?? []);
  const { set } = useView.getState();
  const open = ADMIN_SECTIONS.filter((name) => permissions.includes(NEEDS[name]));
  const allowed = open.includes(section);
  const chosen = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the element is another one with each section.
  useEffect(() => {
    chosen.current?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [section]);
  return (
    <section
      className={classes.admin}
      data-beside={(allowed && section === 'jurisdictions') || undefined}
      aria-label={t('title')}
    >
      <header className={classes.head}>
        <h1>{t('title')}</h1>
        <nav className={classes.tabs} aria-label={t('title')}>
          {open.map((name) => (
            <button
              key={name}
              ref={name === section ? chosen : undefined}
              type="button"
              aria-current={name === section ? 'page' : undefined}
              onClick={() => set({ admin: name })}
            >
              {t(`section.${name}`)}
            </button>
          ))}
        </nav>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={44}
          aria-label={t('close')}
          title={t('close')}
          onClick={() => set({ admin: undefined })}
        >
          <Icon name="close" />
        </ActionIcon>
      </header>
      {allowed ? <Section section={section} /> : <NotAllowed />}
      {/* Names of people and what they did; the jurisdictions are of places alone. */}
      {allowed && section !== 'jurisdictions' && <Watermark />}
    </section>
  );
}

function Section({ section }: { section: AdminSection }) {
  switch (section) {
    case 'people':
      return <People />;
    case 'jurisdictions':
      return (
        <Suspense fallback={<LoadingNote />}>
          <Jurisdictions />
        </Suspense>
      );
    case 'devices':
      return <Devices />;
    case 'break-glass':
      return <BreakGlassList />;
    case 'audit':
      return <Audit />;
  }
}

function NotAllowed() {
  const { t } = useAdminTexts();
  return (
    <EmptyNote title={t('noPermission')}>
      <p>{t('noPermissionHint')}</p>
    </EmptyNote>
  );
}
