import { Button } from '@mantine/core';
import { useMemo, useSyncExternalStore } from 'react';
import { AREA_LEVELS } from '../../shared/area-code.ts';
import type { Successor } from '../../shared/errors.ts';
import type { AreaDetail as Area } from '../../shared/schemas/area.ts';
import { INCIDENT_CATEGORIES, OPEN_STATUSES } from '../../shared/schemas/incident.ts';
import { select } from '../actions.ts';
import { useArea, useChildAreas } from '../api/areas.ts';
import { RequestError } from '../api/request.ts';
import { Icon } from '../components/icons.tsx';
import { CategoryIcon } from '../components/marks.tsx';
import { EmptyNote, ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { number } from '../format.ts';
import { useTexts } from '../i18n/i18n.ts';
import { withinArea } from '../incidents/filter.ts';
import { useRonda, useSession } from '../session.ts';
import { useView } from '../state/view.ts';
import classes from './detail.module.css';

/** One area: what it is part of, what it holds, what happened there. */
export default function AreaDetail({ code }: { code: string }) {
  const { t } = useTexts();
  const { data, error, refetch } = useArea(code);
  if (data) return <Loaded area={data} />;
  if (!error) return <LoadingNote />;
  if (error instanceof RequestError && error.status === 404)
    return <ErrorNote title={t('detail.notFound')} hint={t('detail.notFoundHint')} />;
  if (error instanceof RequestError && error.body.code === 'area_replaced')
    return <Ended successors={error.body.successors ?? []} />;
  return <ErrorNote onRetry={refetch} />;
}

/** An area that is no longer in force, with the way to what took its place. */
function Ended({ successors }: { successors: Successor[] }) {
  const { t } = useTexts();
  if (successors.length === 0) return <ErrorNote title={t('area.ended')} hint={t('area.endedHint')} />;
  return (
    <EmptyNote title={t('area.ended')}>
      <p>{t('area.becameHint')}</p>
      <ul className={classes.children}>
        {successors.map(({ code, name = code, since }) => (
          <li key={code}>
            <button type="button" className={classes.link} onClick={() => select({ kind: 'area', code })}>
              {name}
            </button>
            {since && <span className={classes.sub}>{t('area.since', { date: since })}</span>}
          </li>
        ))}
      </ul>
    </EmptyNote>
  );
}

function Loaded({ area }: { area: Area }) {
  const { t, language } = useTexts();
  const map = useSession((session) => session.map);
  const filter = useView((view) => view.filter);
  const childLevel = area.childCount > 0 ? AREA_LEVELS[AREA_LEVELS.indexOf(area.level) + 1] : undefined;
  const { data: children, isError, refetch } = useChildAreas(area.code, childLevel);
  const filtered = filter.area === area.code;
  const above = area.path.map((name, index) => ({
    name,
    code: area.code
      .split('.')
      .slice(0, -(index + 1))
      .join('.'),
  }));
  return (
    <article className={classes.detail}>
      <header className={classes.head}>
        <Icon name="area" size={28} />
        <div>
          <h2>{area.name}</h2>
          <span className={classes.kind}>{t(`level.${area.level}`)}</span>
        </div>
      </header>
      <div className={classes.path}>
        {above.reverse().map(({ name, code }) => (
          <span key={code}>
            <button type="button" className={classes.link} onClick={() => select({ kind: 'area', code })}>
              {name}
            </button>{' '}
            ›
          </span>
        ))}
        <b>{area.name}</b>
      </div>
      <div className={classes.actions}>
        <Button
          variant="default"
          leftSection={<Icon name="target" size={18} />}
          onClick={() => map?.fitBounds(area.bounds)}
        >
          {t('area.zoom')}
        </Button>
        <Button
          variant="default"
          leftSection={<Icon name="filter" size={18} />}
          onClick={() => useView.getState().set({ filter: { ...filter, area: filtered ? undefined : area.code } })}
        >
          {filtered ? t('area.unfilter') : t('area.filterBy')}
        </Button>
      </div>
      <IncidentFigures code={area.code} />
      <dl className={classes.facts}>
        <dt>{t('area.code')}</dt>
        <dd>{area.code}</dd>
        {area.bpsCode && (
          <>
            <dt>{t('area.bps')}</dt>
            <dd>{area.bpsCode}</dd>
          </>
        )}
        <dt>{t('area.size')}</dt>
        <dd>{number(area.areaKm2, language, 2)} km²</dd>
        <dt>{t('area.source')}</dt>
        <dd>
          {area.source}
          {area.validFrom && <span className={classes.sub}>{t('area.since', { date: area.validFrom })}</span>}
        </dd>
      </dl>
      {childLevel && (
        <section className={classes.section}>
          <h3>
            {t('area.children', { level: t(`level.${childLevel}`) })} ({number(area.childCount, language)})
          </h3>
          {!children && (isError ? <ErrorNote onRetry={refetch} /> : <LoadingNote />)}
          <ul className={classes.children}>
            {children?.map(({ code, name }) => (
              <li key={code}>
                <button type="button" className={classes.link} onClick={() => select({ kind: 'area', code })}>
                  {name}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  );
}

/** How many incidents pass the filter in the area, by category. */
function IncidentFigures({ code }: { code: string }) {
  const { t, language } = useTexts();
  const { filtered, feed } = useRonda();
  const snapshot = useSyncExternalStore(feed.subscribe, feed.current);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the snapshot tells that the points changed.
  const inside = useMemo(
    () => [...filtered.points.values()].filter((point) => withinArea(code, point.area)),
    [filtered, code, snapshot],
  );
  const loaded = useSession((session) => session.incidents);
  const open = inside.filter(({ status }) => OPEN_STATUSES.includes(status)).length;
  const counts = INCIDENT_CATEGORIES.map((category) => ({
    category,
    count: inside.filter((point) => point.category === category).length,
  })).filter(({ count }) => count > 0);
  const most = Math.max(1, ...counts.map(({ count }) => count));
  if (loaded !== 'ready') return loaded === 'failed' ? <ErrorNote title={t('list.loadFailed')} /> : <LoadingNote />;
  return (
    <section className={classes.section}>
      <h3>{t('area.incidents')}</h3>
      <div className={classes.figures}>
        <div className={classes.figure}>
          <b>{number(inside.length, language)}</b>
          {t('list.title')}
        </div>
        <div className={classes.figure}>
          <b>{number(open, language)}</b>
          {t('area.incidentsOpen')}
        </div>
      </div>
      <ul className={classes.bars}>
        {counts.map(({ category, count }) => (
          <li key={category}>
            <CategoryIcon category={category} />
            <span>{t(`category.${category}`)}</span>
            <span
              className={classes.bar}
              style={{ width: `${(100 * count) / most}%`, background: `var(--category-${category})` }}
            />
            <b>{number(count, language)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
