import { Button } from '@mantine/core';
import { Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { LIVE_FLAG } from '../../shared/live/flags.ts';
import { UNIT_STATUSES } from '../../shared/schemas/unit.ts';
import { select } from '../actions.ts';
import { Icon } from '../components/icons.tsx';
import { organisationOf, UnitMark } from '../components/marks.tsx';
import { EmptyNote, ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { lazyPart } from '../lazy-part.ts';
import type { UnitStore } from '../live/unit-store.ts';
import { UNIT_AGE_STEPS_MINUTES } from '../palette.ts';
import { useRonda, useSession } from '../session.ts';
import { serverNow } from '../state/faults.ts';
import { useView } from '../state/view.ts';
import { age } from '../time.ts';
import classes from './unit-list.module.css';

const ManyUnits = lazyPart(() => import('../no-map/many-units.tsx'));

const SAMPLE_MS = 2000;
/** More than anybody reads; the count tells of all. */
const MOST_LINES = 500;
const STALE_MS = (UNIT_AGE_STEPS_MINUTES.at(-1) ?? 15) * 60_000;

interface UnitLine {
  id: number;
  callsign: string;
  organisation: number;
  status: number;
  flags: number;
  fixMs: number;
}

/** The units of the map's window, those with an alarm first, looked at every two seconds: names and ages, never places. */
export function UnitList() {
  const { t, language } = useTexts();
  const { live } = useRonda();
  const selection = useView((view) => view.selection);
  const map = useSession((session) => session.map);
  const failed = useSession((session) => session.mapFailed);
  const { state } = useSyncExternalStore(
    (changed) => live.subscribeStatus(changed),
    () => live.status,
  );
  const [lines, setLines] = useState(() => linesOf(live.units));
  useEffect(() => {
    const timer = setInterval(() => setLines(linesOf(live.units)), SAMPLE_MS);
    return () => clearInterval(timer);
  }, [live]);
  const counted = live.units.counts.reduce((sum, { count }) => sum + count, 0);
  if (lines.length === 0 && counted > 0 && failed) {
    return (
      <Suspense fallback={<LoadingNote />}>
        <ManyUnits count={counted} />
      </Suspense>
    );
  }
  if (lines.length === 0 && counted > 0) {
    return (
      <EmptyNote title={t('units.far', { count: counted })}>
        <Button variant="default" onClick={() => map?.map.zoomIn()}>
          {t('units.zoomIn')}
        </Button>
      </EmptyNote>
    );
  }
  if (lines.length === 0) {
    if (state === 'connecting') return <LoadingNote />;
    if (state !== 'live') return <ErrorNote title={t('units.cut')} hint={t('units.cutHint')} />;
    return (
      <EmptyNote title={t('units.empty')}>
        <p>{t('units.emptyHint')}</p>
      </EmptyNote>
    );
  }
  const now = serverNow();
  return (
    <section className={classes.panel} aria-label={t('units.title')}>
      <p className={classes.count}>
        {t('units.count', { count: lines.length })}
        {lines.length > MOST_LINES && ` · ${t('units.first', { count: MOST_LINES })}`}
      </p>
      <ul className={classes.list}>
        {lines.slice(0, MOST_LINES).map(({ id, callsign, organisation, status, flags, fixMs }) => {
          const of = organisationOf(organisation);
          const stale = now - fixMs >= STALE_MS;
          const duty = UNIT_STATUSES[status];
          return (
            <li key={id}>
              <button
                type="button"
                className={classes.row}
                aria-current={selection?.kind === 'unit' && selection.id === id ? 'true' : undefined}
                onClick={() => select({ kind: 'unit', id })}
              >
                {of ? <UnitMark organisation={of} faded={stale ? 0.45 : 1} /> : <span className={classes.unknown} />}
                <span className={classes.words}>
                  <b>{callsign}</b>
                  <span>{of ? t(`organisation.${of}`) : ''}</span>
                </span>
                <span className={classes.end}>
                  <span>{duty ? t(`unitStatus.${duty}`) : ''}</span>
                  <span className={classes.age} data-stale={stale || undefined}>
                    {stale && <Icon name="clock" size={14} />}
                    {age(fixMs, now, language)}
                  </span>
                </span>
                {(flags & LIVE_FLAG.alarm) !== 0 && <span className={classes.alarm}>{t('unit.alarm')}</span>}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function linesOf(units: UnitStore): UnitLine[] {
  const lines: UnitLine[] = [];
  for (let slot = 0; slot < units.count; slot++) {
    const id = units.ids[slot] ?? 0;
    lines.push({
      id,
      callsign: units.unit(id)?.callsign ?? `#${id}`,
      organisation: units.organisation[slot] ?? 255,
      status: units.status[slot] ?? 0,
      flags: units.flags[slot] ?? 0,
      fixMs: units.fixMs[slot] ?? 0,
    });
  }
  lines.sort((a, b) => (b.flags & LIVE_FLAG.alarm) - (a.flags & LIVE_FLAG.alarm) || (a.callsign < b.callsign ? -1 : 1));
  return lines;
}
