import { Button, Switch } from '@mantine/core';
import { zoneOf } from '../../shared/geo/zone.ts';
import { LIVE_FLAG } from '../../shared/live/flags.ts';
import type { UnitDetail as Detail } from '../../shared/schemas/unit.ts';
import { useAccessTexts } from '../access/words.ts';
import { select } from '../actions.ts';
import { useArea } from '../api/areas.ts';
import { RequestError } from '../api/request.ts';
import { useUnit } from '../api/units.ts';
import { Icon } from '../components/icons.tsx';
import { UnitMark } from '../components/marks.tsx';
import { ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { coordinates, number } from '../format.ts';
import { useTexts } from '../i18n/i18n.ts';
import { UNIT_AGE_STEPS_MINUTES } from '../palette.ts';
import { useSession } from '../session.ts';
import { serverNow } from '../state/faults.ts';
import { useView } from '../state/view.ts';
import { age, ago, exactTime } from '../time.ts';
import classes from './detail.module.css';
import { UnitDuty } from './unit-duty.tsx';
import { useUnitSample } from './use-unit-sample.ts';

const STALE_MS = (UNIT_AGE_STEPS_MINUTES.at(-1) ?? 15) * 60_000;
const FLAGS = ['mock', 'jump', 'serverTime', 'invalid'] as const;

/** One unit: who, on what duty, where last and how sure that is. */
export default function UnitDetail({ id }: { id: number }) {
  const { t } = useTexts();
  const { data, error, refetch } = useUnit(id);
  if (data) return <Loaded unit={data} />;
  if (!error) return <LoadingNote />;
  if (error instanceof RequestError && error.status === 404)
    return <ErrorNote title={t('detail.notFound')} hint={t('detail.notFoundHint')} />;
  return <ErrorNote onRetry={refetch} />;
}

function Loaded({ unit }: { unit: Detail }) {
  const { t, language } = useTexts();
  const { t: words } = useAccessTexts();
  const map = useSession((session) => session.map);
  const trail = useView((view) => view.trail);
  const live = useUnitSample(unit.id);
  const { data: home } = useArea(unit.homeArea ?? undefined);
  const stored = unit.position;
  const position = live ?? (stored && { ...stored, fixMs: stored.time });
  const now = serverNow();
  const zone = zoneOf(unit.homeArea ?? '', position?.lon);
  const old = position ? now - position.fixMs : 0;
  const flags = live?.flags ?? (stored?.flags ?? 0) | (stored?.alarm ? LIVE_FLAG.alarm : 0);
  return (
    <article className={classes.detail}>
      <header className={classes.head}>
        <UnitMark organisation={unit.organisation} size={36} faded={old >= STALE_MS ? 0.45 : 1} />
        <div>
          <h2>{unit.callsign}</h2>
          <span className={classes.kind}>{t(`organisation.${unit.organisation}`)}</span>
        </div>
      </header>
      {(flags & LIVE_FLAG.alarm) !== 0 && (
        <p className={classes.note} data-kind="alert" role="alert">
          <Icon name="warning" size={18} /> {t('unit.alarm')}
        </p>
      )}
      {position && old >= STALE_MS && (
        <p className={classes.note}>
          <Icon name="clock" size={18} /> {t('unit.stale', { age: age(position.fixMs, now, language) })}
        </p>
      )}
      {FLAGS.filter((flag) => (flags & LIVE_FLAG[flag]) !== 0).map((flag) => (
        <p key={flag} className={classes.note}>
          <Icon name="warning" size={18} /> {t(`unit.${flag}`)}
        </p>
      ))}
      {unit.quarantined.map(({ reason, count }) => (
        <p key={reason} className={classes.note}>
          <Icon name="warning" size={18} /> {t(`unit.unused.${reason}`, { fixes: number(count, language) })}
        </p>
      ))}
      <div className={classes.section}>
        <UnitDuty unit={unit} />
      </div>
      <dl className={classes.facts}>
        <dt>{t('unit.lastPosition')}</dt>
        <dd>
          {position ? (
            <>
              <time dateTime={new Date(position.fixMs).toISOString()} title={exactTime(position.fixMs, zone, language)}>
                {ago(position.fixMs, now, language)}
              </time>
              <span className={classes.sub}>{coordinates(position.lon, position.lat)}</span>
              {!live && <span className={classes.sub}>{t('unit.notInWindow')}</span>}
            </>
          ) : unit.positionHidden ? (
            words('duty.placeHidden')
          ) : (
            t('unit.noPosition')
          )}
        </dd>
        {position && (
          <>
            <dt>{t('unit.speed')}</dt>
            <dd>{speedWords(position.speed, language, t('unit.standing'))}</dd>
            <dt>{t('unit.heading')}</dt>
            <dd>{known(position.heading) ? `${number(position.heading, language)}°` : '–'}</dd>
            <dt>{t('unit.battery')}</dt>
            <dd>{stored && known(stored.battery) ? `${number(stored.battery, language)} %` : '–'}</dd>
          </>
        )}
        <dt>{t('unit.home')}</dt>
        <dd>
          {unit.homeArea ? (
            <button
              type="button"
              className={classes.link}
              onClick={() => select({ kind: 'area', code: unit.homeArea ?? '' })}
            >
              {home?.name ?? unit.homeArea}
            </button>
          ) : (
            '–'
          )}
        </dd>
      </dl>
      {position && (
        <>
          <Switch
            label={t('unit.trail')}
            checked={trail}
            onChange={({ currentTarget }) => useView.getState().set({ trail: currentTarget.checked })}
          />
          <div className={classes.actions}>
            <Button
              variant="default"
              leftSection={<Icon name="target" size={18} />}
              onClick={() => map?.flyTo({ lon: position.lon, lat: position.lat, zoom: Math.max(15, map.view().zoom) })}
            >
              {t('unit.follow')}
            </Button>
          </div>
        </>
      )}
    </article>
  );
}

function known(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && !Number.isNaN(value);
}

/** Metres a second as km/h; under half a metre a second it stands. */
function speedWords(speed: number | null | undefined, language: 'id' | 'en', standing: string): string {
  if (!known(speed)) return '–';
  return speed < 0.5 ? standing : `${number(speed * 3.6, language)} km/${language === 'id' ? 'jam' : 'h'}`;
}
