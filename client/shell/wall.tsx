import { Button } from '@mantine/core';
import { useEffect, useSyncExternalStore } from 'react';
import { INCIDENT_STATUSES, type IncidentPoint, OPEN_STATUSES } from '../../shared/schemas/incident.ts';
import { toggleWall } from '../actions.ts';
import { useArea, useFocusBounds } from '../api/areas.ts';
import { IncidentMark } from '../components/marks.tsx';
import { When } from '../components/when.tsx';
import { number } from '../format.ts';
import { useTexts } from '../i18n/i18n.ts';
import { StatusMark } from '../operations/status-mark.tsx';
import { newestFirst } from '../operations/window-feed.ts';
import { useRonda, useSession } from '../session.ts';
import { serverNow } from '../state/faults.ts';
import { Clock } from './clock.tsx';
import { Connection } from './connection.tsx';
import { StageIndicator } from './stage.tsx';
import { useFocusArea } from './use-focus-area.ts';
import classes from './wall.module.css';

const FOCUS_MS = 20_000;
const DAY = 86_400_000;

/** The wall display: time, stage, counts and the latest, in large type; no names of people, no controls but the way out. */
export default function Wall({ className }: { className: string | undefined }) {
  const { t, language } = useTexts();
  const { names } = useFocusArea();
  const { open, waiting, lastDay, byStatus, latest } = useWallCounts();
  useWayBack();
  useRotation();
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
        <Figure value={open} label={t('wall.open')} />
        <Figure value={waiting} label={t('wall.waiting')} waiting={waiting > 0} />
        <Figure value={lastDay} label={t('wall.last24')} />
      </div>
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

function Figure({ value, label, waiting = false }: { value: number; label: string; waiting?: boolean }) {
  const { language } = useTexts();
  return (
    <div className={classes.figure} data-waiting={waiting || undefined}>
      <b>{number(value, language)}</b>
      <span>{label}</span>
    </div>
  );
}

/** A desa at the narrowest: a wall is seen by many. */
function Where({ code }: { code: string }) {
  const { data } = useArea(code.split('.').slice(0, 4).join('.'));
  return <span className={classes.where}>{data?.name}</span>;
}

function useWallCounts() {
  const { filtered, feed } = useRonda();
  useSyncExternalStore(feed.subscribe, feed.current);
  const points = [...filtered.points.values()];
  const now = serverNow();
  const openPoints = points.filter(({ status }) => OPEN_STATUSES.includes(status));
  const countOf = (wanted: IncidentPoint['status']) => points.filter(({ status }) => status === wanted).length;
  return {
    open: openPoints.length,
    waiting: countOf('new'),
    lastDay: points.filter(({ occurredAt }) => occurredAt > now - DAY).length,
    byStatus: INCIDENT_STATUSES.map((status) => ({ status, count: countOf(status) })).filter(({ count }) => count > 0),
    latest: [...points].sort(newestFirst).slice(0, 8),
  };
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

/** Lets the map show one kecamatan after another, and all of it in between. */
function useRotation(): void {
  const map = useSession((session) => session.map);
  const home = useSession((session) => session.home);
  const { data: focuses } = useFocusBounds();
  useEffect(() => {
    if (!map || !home) return;
    return map.rotateFocus([home, ...(focuses ?? [])], FOCUS_MS);
  }, [map, home, focuses]);
}
