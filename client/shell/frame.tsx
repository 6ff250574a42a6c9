import { Button } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { EmptyNote } from '../components/state-note.tsx';
import { usePhone } from '../components/use-phone.ts';
import { useTexts } from '../i18n/i18n.ts';
import { useToasts } from '../notify.ts';
import { useSession } from '../session.ts';
import { usePanels } from '../state/panels.ts';
import { useView } from '../state/view.ts';
import { BottomSheet } from './bottom-sheet.tsx';
import { DetailPanel, useHasDetail } from './detail-panel.tsx';
import { EndedNotice } from './ended-notice.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { fetchAhead } from './fetch-ahead.ts';
import classes from './frame.module.css';
import { LeftPanel } from './left-panel.tsx';
import { MapFrame } from './map-frame.tsx';
import { MapTools } from './map-tools.tsx';
import { Rail } from './rail.tsx';
import { useSearch } from './search-store.ts';
import { Timeline } from './timeline.tsx';
import { TopBar } from './top-bar.tsx';
import { useKeys } from './use-keys.ts';

const Search = lazy(() => import('./search.tsx'));
const Legend = lazy(() => import('./legend.tsx'));
const Shortcuts = lazy(() => import('./shortcuts.tsx'));
const Toasts = lazy(() => import('./toasts.tsx'));
const Wall = lazy(() => import('./wall.tsx'));

/** Rail, bar, panels and timeline around the one map, which stays where it is whatever else changes. */
export function Frame() {
  const { t } = useTexts();
  const phone = usePhone();
  const wall = useView((view) => view.wall);
  const legend = usePanels((panels) => panels.legend);
  const shortcuts = usePanels((panels) => panels.shortcuts);
  const searching = useSearch((search) => search.open);
  const toasts = useToasts((state) => state.wanted);
  const detail = useHasDetail();
  const map = useSession((session) => session.map);
  useKeys();
  useEffect(() => (map ? fetchAhead(map) : undefined), [map]);
  const desk = !phone && !wall;
  return (
    <div className={`${classes.frame} ${wall ? classes.wall : phone ? classes.phone : ''}`}>
      {!wall && (
        <>
          <a className={classes.skip} href="#list">
            {t('app.skipToList')}
          </a>
          <a className={classes.skip} href="#map">
            {t('app.skipToMap')}
          </a>
        </>
      )}
      {desk && <Rail className={classes.rail} />}
      {!wall && <TopBar className={classes.bar} phone={phone} />}
      {desk && (
        <Guarded>
          <LeftPanel className={classes.left} />
        </Guarded>
      )}
      <main className={classes.map} key="map">
        <MapFrame />
        <EndedNotice />
        {!wall && <MapTools phone={phone} />}
        {!wall && legend && (
          <Suspense fallback={null}>
            <Legend />
          </Suspense>
        )}
        {phone && !wall && (
          <Guarded>
            <BottomSheet />
          </Guarded>
        )}
      </main>
      {desk && (
        <Guarded>
          <Timeline className={classes.time} />
        </Guarded>
      )}
      {desk && detail && (
        <Guarded>
          <DetailPanel className={classes.right} />
        </Guarded>
      )}
      <Suspense fallback={null}>
        {wall && <Wall className={classes.right} />}
        {searching && <Search />}
        {shortcuts && <Shortcuts />}
        {toasts && <Toasts />}
      </Suspense>
    </div>
  );
}

/** A panel that may fail by itself. */
function Guarded({ children }: { children: ReactNode }) {
  const { t } = useTexts();
  return (
    <ErrorBoundary
      fallback={
        <EmptyNote title={t('app.crashed')}>
          <p>{t('app.crashedHint')}</p>
          <Button variant="default" onClick={() => location.reload()}>
            {t('app.reload')}
          </Button>
        </EmptyNote>
      }
    >
      {children}
    </ErrorBoundary>
  );
}
