import { useEffect, useMemo } from 'react';
import { useArea } from '../api/areas.ts';
import { useOwnShapes } from '../api/jurisdiction-shapes.ts';
import { useSettings } from '../api/settings.ts';
import { ErrorNote } from '../components/state-note.tsx';
import { useRonda, useSession } from '../session.ts';
import { followView } from '../state/url-sync.ts';
import { useView } from '../state/view.ts';
import { boundsAround } from './bounds.ts';
import { useNoMapTexts } from './words.ts';

/** Of a window that is wide, and counted by parts of about this zoom. */
const ZOOM = 9;

/**
 * Stands where the map would, and looks in its place: at the area that is filtered to, else where the person's roles are in
 * force, else at all that the server has areas for.
 */
export default function NoMap() {
  const { t } = useNoMapTexts();
  const { live } = useRonda();
  const code = useView((view) => view.filter.area);
  const { data: area } = useArea(code);
  const shapes = useOwnShapes();
  const around = useMemo(() => shapes && boundsAround(shapes), [shapes]);
  const { data: settings } = useSettings();
  const home = settings?.bounds;
  const bounds = code ? area?.bounds : shapes && (around ?? home);
  useEffect(() => {
    if (home) useSession.setState({ home });
  }, [home]);
  useEffect(() => {
    if (!bounds) return;
    live.setWindow(bounds, ZOOM);
    useSession.setState({ window: { bounds, zoom: ZOOM } });
  }, [live, bounds]);
  useEffect(() => followView(() => undefined).stop, []);
  return <ErrorNote title={t('title')} hint={`${t('hint')} ${area ? t('area', { area: area.name }) : t('all')}`} />;
}
