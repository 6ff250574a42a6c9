import { Button } from '@mantine/core';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { toggleWall } from '../actions.ts';
import { useAreaBounds } from '../api/area-bounds.ts';
import { useArea } from '../api/areas.ts';
import { IncidentMark } from '../components/marks.tsx';
import { useNow } from '../components/use-now.ts';
import { When } from '../components/when.tsx';
import { number } from '../format.ts';
import { useTexts } from '../i18n/i18n.ts';
import { StatusMark } from '../operations/status-mark.tsx';
import { newestFirst } from '../operations/window-feed.ts';
import { useRonda, useSession } from '../session.ts';
import { Clock } from './clock.tsx';
import { Connection } from './connection.tsx';
import { StageIndicator } from './stage.tsx';
import { useFocusArea } from './use-focus-area.ts';
import classes from './wall.module.css';
import { wallFigures } from './wall-figures.ts';

const FOCUS_MS = 20_000;
const LATEST = 8;

/** The wall display: time, stage, counts and the latest, in large type; no names of people, no controls but the way out. */
export default function Wall({ className }: { className: string | undefined }) {
  const { t, language } = useTexts();
  const { names } = useFocusArea();
  const incidents = useSession((session) => session.incidents);
  const { open, waiting, lastDay, byStatus, focuses, latest } = useWallFigures();
  useWayBack();
  useRotation(focuses);
  // What is not known yet is no zero.
  const known = incidents === 'ready';
  return (
    <section className={`${classes.wall} ${className}`} aria-label={t('wall.title')}>
      <header className={classes.head}>
        <Clock large />
        <Connection />
      </header>
      <StageIndicator />
      <p className={classes.focus}>
        <span>{t('wall.focus')}</span> {[...names].reverse().slice(0, 2).join(', ') || t('wall.everywhere')}
      </p>
      <div className={classes.figures}>
        <Figure value={known ? open : undefined} label={t('wall.open')} />
        <Figure value={known ? waiting : undefined} label={t('wall.waiting')} waiting={waiting > 0} />
        <Figure value={known ? lastDay : undefined} label={t('wall.last24')} />
      </div>
      {!known && <p role="status">{t(incidents === 'failed' ? 'list.loadFailed' : 'app.loading')}</p>}
      <h2>{t('wall.byStatus')}</h2>
      <ul className={classes.statuses}>
        {byStatus.map(({ status, count }) => (
          <li key={status}>
            <StatusMark status={status} /> <b>{number(count, language)}</b>
          </li>
        ))}
      </ul>
      <h2>{t('wall.latest')}</h2>
      <ul className={classes.latest}>
        {latest.map((point) => (
          <li key={point.id}>
            <IncidentMark category={point.category} severity={point.severity} />
            <span>
              <b>{t(`category.${point.category}`)}</b>
              <span>
                {t(`severity.${point.severity}`)} · <When ms={point.occurredAt} area={point.area} lon={point.lon} />
              </span>
              <Where code={point.area} />
            </span>
          </li>
        ))}
      </ul>
      <Button className={classes.leave} variant="default" onClick={toggleWall}>
        {t('wall.leave')} (Esc)
      </Button>
    </section>
  );
}

function Figure({ value, label, waiting = false }: { value: number | undefined; label: string; waiting?: boolean }) {
  const { t, language } = useTexts();
  return (
    <div className={classes.figure} data-waiting={waiting || undefined}>
      <b>{value === undefined ? t('app.none') : number(value, language)}</b>
      <span>{label}</span>
    </div>
  );
}

/** A desa at the narrowest: a wall is seen by many. */
function Where({ code }: { code: string }) {
  const { data } = useArea(code.split('.').slice(0, 4).join('.'));
  return <span className={classes.where}>{data?.name}</span>;
}

function useWallFigures() {
  const { incidents, feed } = useRonda();
  const snapshot = useSyncExternalStore(feed.subscribe, feed.current);
  const now = useNow(60_000);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the snapshot tells that the points changed.
  return useMemo(() => {
    const points = [...incidents.points.values()];
    return { ...wallFigures(points, now), latest: points.sort(newestFirst).slice(0, LATEST) };
  }, [incidents, snapshot, now]);
}

/** Looks again, once the wall display is left, where somebody had the map look before. */
function useWayBack(): void {
  const map = useSession((session) => session.map);
  const home = useSession((session) => session.home);
  useEffect(() => {
    if (!map || !home) return;
    const before = map.view();
    return () => {
      // Not where the page itself goes, and the map with it.
      if (useSession.getState().map === map) map.flyTo(before);
    };
  }, [map, home]);
}

/** Lets the map show all, and one kecamatan after another of those where something is open. */
function useRotation(codes: readonly string[]): void {
  const map = useSession((session) => session.map);
  const home = useSession((session) => session.home);
  const bounds = useAreaBounds(codes);
  useEffect(() => {
    if (!map || !home) return;
    return map.rotateFocus([home, ...bounds], FOCUS_MS);
  }, [map, home, bounds]);
}
