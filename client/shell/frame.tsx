import { Button } from '@mantine/core';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { useMay } from '../access/access.ts';
import { EmptyNote } from '../components/state-note.tsx';
import { usePhone } from '../components/use-phone.ts';
import { useTexts } from '../i18n/i18n.ts';
import { lazyPart } from '../lazy-part.ts';
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
import { TimeStrip } from './time-strip.tsx';
import { TopBar } from './top-bar.tsx';
import { useKeys } from './use-keys.ts';
import { noticeKey, useNotices } from './use-notices.ts';

const Search = lazyPart(() => import('./search.tsx'));
const Legend = lazyPart(() => import('./legend.tsx'));
const Shortcuts = lazyPart(() => import('./shortcuts.tsx'));
const Toasts = lazyPart(() => import('./toasts.tsx'));
const Admin = lazyPart(() => import('../admin/admin.tsx'));
const Notices = lazyPart(() => import('./notices.tsx'));
const SheetOver = lazyPart(() => import('./sheet-over.tsx'));
const BreakGlassWatch = lazyPart(() => import('../access/break-glass-watch.tsx'));
const Wall = lazyPart(() => import('./wall.tsx'));

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
  const failed = useSession((session) => session.mapFailed);
  const [away, setAway] = useState<ReadonlySet<string>>(new Set());
  const notices = useNotices().filter((notice) => !away.has(noticeKey(notice)));
  const commands = useMay('break-glass.read');
  const [rested, setRested] = useState(false);
  const sheetOver = usePanels((panels) => panels.sheetOver);
  useKeys();
  useEffect(
    () => (map || failed ? fetchAhead(map?.ready ?? Promise.resolve(), () => setRested(true)) : undefined),
    [map, failed],
  );
  const admin = useView((view) => view.admin);
  // The administration covers the rooms; the part of it that edits the map leaves the map free.
  const covered = admin !== undefined && admin !== 'jurisdictions';
  const desk = !phone && !wall && admin === undefined;
  const bars = !phone && !wall;
  return (
    <div className={`${classes.frame} ${wall ? classes.wall : phone ? classes.phone : ''}`}>
      {!wall && (
        <>
          <a className={classes.skip} href="#list" hidden={!desk}>
            {t('app.skipToList')}
          </a>
          <a className={classes.skip} href="#map">
            {t('app.skipToMap')}
          </a>
        </>
      )}
      {bars && <Rail className={classes.rail} />}
      {!wall && <TopBar className={classes.bar} phone={phone} />}
      {desk && (
        <Guarded>
          <LeftPanel className={classes.left} />
        </Guarded>
      )}
      <main className={classes.map} key="map" inert={covered}>
        <MapFrame />
        <EndedNotice />
        {!wall && !failed && <MapTools phone={phone} />}
        <Guarded over>
          <Suspense fallback={null}>
            {notices.length > 0 && <Notices notices={notices} onPutAway={(key) => setAway(new Set([...away, key]))} />}
            {!wall && legend && <Legend />}
          </Suspense>
        </Guarded>
        {phone && !wall && admin === undefined && (
          <Guarded>
            <BottomSheet />
          </Guarded>
        )}
      </main>
      {desk && (
        <Guarded>
          <TimeStrip className={classes.time} />
        </Guarded>
      )}
      {desk && detail && (
        <Guarded>
          <DetailPanel className={classes.right} />
        </Guarded>
      )}
      <Guarded over>
        <Suspense fallback={null}>
          {admin && !wall && <Admin section={admin} />}
          {wall && <Wall className={classes.right} />}
          {searching && <Search />}
          {sheetOver && <SheetOver which={sheetOver} />}
          {shortcuts && <Shortcuts />}
          {toasts && <Toasts />}
        </Suspense>
        <Suspense fallback={null}>{commands && rested && !wall && <BreakGlassWatch />}</Suspense>
      </Guarded>
    </div>
  );
}

/** A panel that may fail by itself; what lies `over` the page says so in a corner. */
function Guarded({ over = false, children }: { over?: boolean; children: ReactNode }) {
  const { t } = useTexts();
  return (
    <ErrorBoundary
      fallback={
        <div className={over ? classes.over : undefined}>
          <EmptyNote title={t('app.crashed')}>
            <p>{t('app.crashedHint')}</p>
            <Button variant="default" onClick={() => location.reload()}>
              {t('app.reload')}
            </Button>
          </EmptyNote>
        </div>
      }
    >
      {children}
    </ErrorBoundary>
  );
}
