import { Button } from '@mantine/core';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useMay } from '../access/access.ts';
import { clearFilter, openForm, select } from '../actions.ts';
import { EmptyNote, ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { number } from '../format.ts';
import { useTexts } from '../i18n/i18n.ts';
import { reveal } from '../map/reveal.ts';
import { useRonda, useSession } from '../session.ts';
import { activeFilterCount } from '../state/filter.ts';
import { useView } from '../state/view.ts';
import classes from './incident-list.module.css';
import { IncidentRow } from './incident-row.tsx';
import { registerList } from './list-keys.ts';

const ROW = 76;
const OVERSCAN = 6;

/** The incidents of the map's window, newest first. Keeps its place when new ones arrive above. */
export function IncidentList() {
  const { t, language } = useTexts();
  const { feed } = useRonda();
  const { items, outside, epoch } = useSyncExternalStore(feed.subscribe, feed.current);
  const loading = useSession((session) => session.incidents);
  const truncated = useSession((session) => session.truncated);
  const selection = useView((view) => view.selection);
  const map = useSession((session) => session.map);
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<{ id: string; offset: number; epoch: number } | undefined>(undefined);
  const known = useRef<{ top: string | undefined; epoch: number }>({ top: undefined, epoch: -1 });
  const [unseen, setUnseen] = useState(0);
  const [cursor, setCursor] = useState<string | undefined>();
  const { rows, update } = useRows(scroller, items.length);

  const remember = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const index = Math.floor(element.scrollTop / ROW);
    const id = items[index]?.id;
    anchor.current = id ? { id, offset: element.scrollTop - index * ROW, epoch } : undefined;
    if (element.scrollTop <= 4) {
      known.current = { top: items[0]?.id, epoch };
      setUnseen(0);
    }
  }, [items, epoch]);

  // Arrivals above the first row in view push nothing away: the scroll position moves with them.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const before = anchor.current;
    if (before && before.epoch === epoch && element.scrollTop > 4) {
      const index = items.findIndex(({ id }) => id === before.id);
      if (index >= 0) element.scrollTop = index * ROW + before.offset;
      const top = items.findIndex(({ id }) => id === known.current.top);
      if (top > 0) setUnseen(top);
    } else {
      if (before?.epoch !== epoch) element.scrollTop = 0;
      known.current = { top: items[0]?.id, epoch };
      setUnseen(0);
    }
    remember();
    update();
  }, [items, epoch, remember, update]);

  const move = (step: number) => {
    const from = items.findIndex(({ id }) => id === cursor);
    const index = Math.min(items.length - 1, Math.max(0, from < 0 ? 0 : from + step));
    const id = items[index]?.id;
    if (!id) return;
    setCursor(id);
    revealRow(scroller.current, index);
    update();
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-incident="${id}"]`)?.focus());
  };
  const moveRef = useRef(move);
  moveRef.current = move;
  useEffect(() => registerList((step) => moveRef.current(step)), []);

  const first = items.some(({ id }) => id === cursor) ? cursor : items[0]?.id;
  return (
    <section className={classes.panel} aria-label={t('list.title')}>
      <p className={classes.count} aria-live="polite">
        <span>
          <b>{number(items.length, language)}</b> {t('list.inWindow')}
        </span>
        {outside > 0 && <span>{t('list.outside', { count: outside })}</span>}
        {truncated && <span>{t('list.truncated')}</span>}
      </p>
      {unseen > 0 && (
        <button
          type="button"
          className={classes.unseen}
          aria-label={t('list.showNew', { count: unseen })}
          onClick={() => scroller.current?.scrollTo({ top: 0 })}
        >
          {t('list.new', { count: unseen })} ↑
        </button>
      )}
      <div
        ref={scroller}
        className={classes.scroller}
        onScroll={() => {
          remember();
          update();
        }}
      >
        {items.length > 0 ? (
          <ul className={classes.rows} style={{ height: items.length * ROW }}>
            {rows.map((index) => {
              const point = items[index];
              return (
                point && (
                  <li
                    key={point.id}
                    aria-setsize={items.length}
                    aria-posinset={index + 1}
                    style={{ transform: `translateY(${index * ROW}px)`, height: ROW }}
                  >
                    <IncidentRow
                      point={point}
                      selected={selection?.kind === 'incident' && selection.id === point.id}
                      tabbable={point.id === first}
                      onFocus={() => setCursor(point.id)}
                      onOpen={() => {
                        select({ kind: 'incident', id: point.id });
                        if (map) reveal(map, { lon: point.lon, lat: point.lat });
                      }}
                      onStep={move}
                    />
                  </li>
                )
              );
            })}
          </ul>
        ) : (
          <NoIncidents loading={loading} outside={outside} />
        )}
      </div>
    </section>
  );
}

/** The rows in view and a few beyond: all are of one height, so that thousands cost as much as a dozen. */
function useRows(scroller: RefObject<HTMLDivElement | null>, count: number): { rows: number[]; update(): void } {
  const [range, setRange] = useState({ from: 0, to: 20 });
  const update = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const from = Math.max(0, Math.floor(element.scrollTop / ROW) - OVERSCAN);
    const to = Math.ceil((element.scrollTop + element.clientHeight) / ROW) + OVERSCAN;
    setRange((before) => (before.from === from && before.to === to ? before : { from, to }));
  }, [scroller]);
  useEffect(() => {
    if (!scroller.current) return;
    const observer = new ResizeObserver(update);
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [scroller, update]);
  const { from, to } = range;
  return { rows: Array.from({ length: Math.max(0, Math.min(to, count) - from) }, (_, row) => from + row), update };
}

/** Scrolls just as far as needed for the row to be whole. */
function revealRow(element: HTMLDivElement | null, index: number): void {
  if (!element) return;
  const top = index * ROW;
  if (top < element.scrollTop) element.scrollTop = top;
  else if (top + ROW > element.scrollTop + element.clientHeight) element.scrollTop = top + ROW - element.clientHeight;
}

function NoIncidents({ loading, outside }: { loading: 'loading' | 'ready' | 'failed'; outside: number }) {
  const { t } = useTexts();
  const { incidents, load } = useRonda();
  const filtered = useView((view) => activeFilterCount(view.filter) > 0 || view.filter.hours !== undefined);
  const map = useSession((session) => session.map);
  const home = useSession((session) => session.home);
  const mayLog = useMay('incident.write');
  if (loading === 'loading') return <LoadingNote />;
  if (loading === 'failed') return <ErrorNote title={t('list.loadFailed')} onRetry={load} />;
  if (outside > 0) {
    return (
      <EmptyNote title={t('list.empty')}>
        <p>{t('list.emptyWindow', { count: outside })}</p>
        {map && home && (
          <Button variant="default" onClick={() => map.fitBounds(home)}>
            {t('list.showAll')}
          </Button>
        )}
      </EmptyNote>
    );
  }
  if (incidents.points.size > 0 && filtered) {
    return (
      <EmptyNote title={t('list.emptyFilter')}>
        <Button variant="default" onClick={clearFilter}>
          {t('list.clearFilter')}
        </Button>
      </EmptyNote>
    );
  }
  return (
    <EmptyNote title={t('list.empty')}>
      {mayLog && (
        <>
          <p>{t('list.emptyAll')}</p>
          <Button variant="default" onClick={() => openForm()}>
            {t('list.log')}
          </Button>
        </>
      )}
    </EmptyNote>
  );
}
