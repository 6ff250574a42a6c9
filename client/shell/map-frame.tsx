import { useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { Suspense, useEffect, useRef, useState } from 'react';
import { settingsQuery, useSettings } from '../api/settings.ts';
import { LoadingNote } from '../components/state-note.tsx';
import { usePhone } from '../components/use-phone.ts';
import { useTexts } from '../i18n/i18n.ts';
import { lazyPart } from '../lazy-part.ts';
import { MARGIN, MapController } from '../map/map-controller.ts';
import { notify } from '../notify.ts';
import { useRonda, useSession } from '../session.ts';
import { usePanels } from '../state/panels.ts';
import { followView, restoredCamera } from '../state/url-sync.ts';
import { useView } from '../state/view.ts';
import { HALF, LOW_PX } from './bottom-sheet.tsx';
import classes from './map-frame.module.css';
import { useJurisdictionOutline } from './use-jurisdiction-outline.ts';

const NoMap = lazyPart(() => import('../no-map/no-map.tsx'));

/** How high the editor of jurisdictions stands on a phone, as its style sheet says. */
const BESIDE = '58%';

/** The one map: mounted once, never again, whatever room is open. */
export function MapFrame() {
  const { t } = useTexts();
  const { live, feed, filtered, clusters } = useRonda();
  const container = useRef<HTMLElement>(null);
  const sheet = usePanels((panels) => panels.sheet);
  const phone = usePhone();
  const beside = useView((view) => view.admin === 'jurisdictions');
  const failed = useSession((session) => session.mapFailed);
  useJurisdictionOutline();
  const queries = useQueryClient();
  const { isSuccess, failureCount } = useSettings();
  // Tiles of all Indonesia, only to look elsewhere at once, would hold up what is looked for.
  const [waits, setWaits] = useState(() => !restoredCamera() && !queries.getQueryData(settingsQuery.queryKey));
  useEffect(() => {
    if (isSuccess || failureCount > 0) setWaits(false);
  }, [isSuccess, failureCount]);

  useEffect(() => {
    if (!container.current || waits) return;
    const camera = restoredCamera();
    const known = queries.getQueryData(settingsQuery.queryKey);
    const view = camera ?? known?.bounds;
    let map: MapController;
    try {
      map = new MapController(container.current, {
        live,
        incidents: { shown: filtered, clusters },
        ...(view ? { view } : {}),
      });
    } catch {
      useSession.setState({ mapFailed: true });
      return;
    }
    useSession.setState({ map });
    queries
      .fetchQuery(settingsQuery)
      .then(async ({ bounds, basemapStyleUrl }) => {
        useSession.setState({ home: bounds });
        if (!view) map.map.fitBounds(bounds, { padding: MARGIN, animate: false });
        if (basemapStyleUrl) await map.setBasemap(basemapStyleUrl).catch(tellBasemapFailed);
      })
      .catch(() => {});
    const address = followView(() => map.view());
    let resting: ReturnType<typeof setTimeout> | undefined;
    const stop = map.onWindow((bounds, zoom) => {
      feed.setWindow(bounds);
      clearTimeout(resting);
      resting = setTimeout(() => {
        useSession.setState({ window: { bounds, zoom } });
        address.cameraMoved();
      }, 200);
    });
    const stopGraphics = map.onGraphicsGone(tellGraphicsGone);
    return () => {
      clearTimeout(resting);
      stop();
      stopGraphics();
      address.stop();
      useSession.setState({ map: undefined });
      map.remove();
    };
  }, [live, feed, filtered, clusters, queries, waits]);

  // On a phone the map ends where the sheet begins, so that its middle and its window are what is seen.
  const bottom = !phone
    ? 0
    : beside
      ? `calc(${BESIDE} - 12px)`
      : sheet === 'low'
        ? LOW_PX - 12
        : `calc(${HALF} - 12px)`;
  if (failed)
    return (
      <Suspense fallback={<LoadingNote />}>
        <NoMap />
      </Suspense>
    );
  return (
    <section
      id="map"
      tabIndex={-1}
      className={classes.map}
      style={{ bottom }}
      aria-label={t('map.label')}
      ref={container}
    />
  );
}

/** The built-in base map stands; who set another should know why it is not the one shown. */
function tellBasemapFailed(error: unknown): void {
  notify({
    title: i18next.t('map.basemapFailed'),
    message: i18next.t('map.basemapFailedHint', { reason: error instanceof Error ? error.message : String(error) }),
    color: 'yellow',
    autoClose: false,
  });
}

/** Everything but the map goes on; who looks at an empty one should know that it is not the world that is empty. */
function tellGraphicsGone(): void {
  notify({
    title: i18next.t('map.graphicsGone'),
    message: i18next.t('map.graphicsGoneHint'),
    color: 'yellow',
    autoClose: false,
  });
}
