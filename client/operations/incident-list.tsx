import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { clearFilter, openForm, select } from '../actions.ts';
import { EmptyNote, ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { number } from '../format.ts';
import { useTexts } from '../i18n/i18n.ts';
import { useRonda, useSession } from '../session.ts';
import { activeFilterCount } from '../state/filter.ts';
import { useView } from '../state/view.ts';
import classes from './incident-list.module.css';
import { IncidentRow } from './incident-row.tsx';
import { registerList } from './list-keys.ts';

const ROW = 76;

/** The incidents of the map's window, newest first. Keeps its place when new ones arrive above. */
export function IncidentList() {
  const { t, language } = useTexts();
  const { feed } = useRonda();
  const { items, outside, epoch } = useSyncExternalStore(feed.subscribe, feed.current);
  const loading = useSession((session) => session.incidents);
  const selection = useView((view) => view.selection);
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<{ id: string; offset: number; epoch: number } | undefined>(undefined);
  const known = useRef<{ top: string | undefined; epoch: number }>({ top: undefined, epoch: -1 });
  const [unseen, setUnseen] = useState(0);
  const [cursor, setCursor] = useState<string | undefined>();
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
    getItemKey: (index) => items[index]?.id ?? index,
  });

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
  }, [items, epoch, remember]);

  const move = (step: number) => {
    const from = items.findIndex(({ id }) => id === cursor);
    const index = Math.min(items.length - 1, Math.max(0, from < 0 ? 0 : from + step));
    const id = items[index]?.id;
    if (!id) return;
    setCursor(id);
    virtual.scrollToIndex(index);
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
      <div ref={scroller} className={classes.scroller} onScroll={remember}>
        {items.length > 0 ? (
          <ul className={classes.rows} style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start, key }) => {
              const point = items[index];
              return (
                point && (
                  <li
                    key={key}
                    aria-setsize={items.length}
                    aria-posinset={index + 1}
                    style={{ transform: `translateY(${start}px)`, height: ROW }}
                  >
                    <IncidentRow
                      point={point}
                      selected={selection?.kind === 'incident' && selection.id === point.id}
                      tabbable={point.id === first}
                      onFocus={() => setCursor(point.id)}
                      onOpen={() => select({ kind: 'incident', id: point.id })}
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

function NoIncidents({ loading, outside }: { loading: 'loading' | 'ready' | 'failed'; outside: number }) {
  const { t } = useTexts();
  const { incidents, load } = useRonda();
  const filtered = useView((view) => activeFilterCount(view.filter) > 0 || view.filter.hours !== undefined);
  const map = useSession((session) => session.map);
  const home = useSession((session) => session.home);
  if (loading === 'loading') return <LoadingNote />;
  if (loading === 'failed') return <ErrorNote title={t('list.loadFailed')} onRetry={load} />;
  if (outside > 0) {
    return (
      <EmptyNote title={t('list.empty')}>
        <p>{t('list.emptyWindow', { count: outside })}</p>
        {home && (
          <Button variant="default" onClick={() => map?.fitBounds(home)}>
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
      <p>{t('list.emptyAll')}</p>
      <Button variant="default" onClick={() => openForm()}>
        {t('list.log')}
      </Button>
    </EmptyNote>
  );
}
