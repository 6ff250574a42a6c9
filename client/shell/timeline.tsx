import { ActionIcon, Button } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type PointerEvent, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { type Zone, zoneOffset } from '../../shared/geo/zone.ts';
import { useStages } from '../api/stages.ts';
import { Icon } from '../components/icons.tsx';
import { useNow } from '../components/use-now.ts';
import { type Language, useTexts } from '../i18n/i18n.ts';
import { matchesFilter } from '../incidents/filter.ts';
import { useRonda, useSession } from '../session.ts';
import { usePanels } from '../state/panels.ts';
import { useView } from '../state/view.ts';
import { clock, shortDay } from '../time.ts';
import { type Histogram, histogram } from './histogram.ts';
import { nameOf } from './stage.tsx';
import classes from './timeline.module.css';
import { useZone } from './use-zone.ts';

const HEIGHT = 64;
const BAR_PX = 12;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How many incidents pass the filter over time; a span of it can be brushed. */
export function Timeline({ className }: { className?: string | undefined }) {
  const { t, language } = useTexts();
  const open = usePanels((panels) => panels.timeline);
  const between = useView((view) => view.filter.between);
  const zone = useZone();
  const label = open ? t('timeline.collapse') : t('timeline.expand');
  return (
    <section className={`${classes.timeline} ${className ?? ''}`} aria-label={t('timeline.title')}>
      <header className={classes.head}>
        <h2>{t('timeline.title')}</h2>
        {between && (
          <>
            <span className={classes.span}>{spanWords(between, zone, language)}</span>
            <Button size="compact-xs" variant="default" onClick={() => brush(undefined)}>
              {t('timeline.clear')}
            </Button>
          </>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          ml="auto"
          aria-label={label}
          aria-expanded={open}
          onClick={() => usePanels.getState().set({ timeline: !open })}
        >
          <Icon name={open ? 'chevronDown' : 'chevronUp'} size={16} />
        </ActionIcon>
      </header>
      {open && <Chart zone={zone} />}
    </section>
  );
}

function brush(between: [number, number] | undefined): void {
  const { filter, set } = useView.getState();
  set({ filter: { ...filter, between } });
}

function Chart({ zone }: { zone: Zone }) {
  const { t, language } = useTexts();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const filter = useView((view) => view.filter);
  const loaded = useSession((session) => session.incidents);
  const bars = useBars(Math.max(12, Math.floor(width / BAR_PX)), zone);
  const { data: stages = [] } = useStages();
  const surface = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ from: number; to: number } | undefined>();
  const step = width / Math.max(1, bars.counts.length);
  const x = (time: number) => ((time - bars.from) / bars.width) * step;
  const end = bars.from + bars.counts.length * bars.width;

  const barAt = (event: PointerEvent) => {
    const left = surface.current?.getBoundingClientRect().left ?? 0;
    return Math.min(bars.counts.length - 1, Math.max(0, Math.floor((event.clientX - left) / step)));
  };
  const timeOf = (bar: number) => bars.from + bar * bars.width;
  const spanOf = ({ from, to }: { from: number; to: number }): [number, number] => [
    timeOf(Math.min(from, to)),
    timeOf(Math.max(from, to) + 1),
  ];
  const shown = drag ? spanOf(drag) : filter.between;
  const first = shown ? Math.round((shown[0] - bars.from) / bars.width) : 0;
  const byKey = (key: string, wide: boolean) => {
    const [from, to] = filter.between ?? [timeOf(bars.counts.length - 1), end];
    const by = bars.width * (key === 'ArrowLeft' ? -1 : 1);
    if (wide) {
      if (to + by > from) brush([from, to + by]);
    } else if (!filter.between) brush([from, to]);
    else brush([from + by, to + by]);
  };

  return (
    <div ref={ref} className={classes.chart}>
      <div
        ref={surface}
        className={classes.surface}
        tabIndex={0}
        role="slider"
        aria-label={`${t('timeline.title')}. ${t('timeline.hint')}`}
        aria-valuemin={0}
        aria-valuemax={bars.counts.length}
        aria-valuenow={first}
        aria-valuetext={shown ? spanWords(shown, zone, language) : t('app.all')}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          const bar = barAt(event);
          setDrag({ from: bar, to: bar });
        }}
        onPointerMove={(event) => drag && setDrag({ ...drag, to: barAt(event) })}
        onPointerUp={() => {
          if (drag) brush(spanOf(drag));
          setDrag(undefined);
        }}
        onPointerCancel={() => setDrag(undefined)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
            event.preventDefault();
            byKey(event.key, event.shiftKey);
          } else if (event.key === 'Escape' && filter.between) {
            event.stopPropagation();
            brush(undefined);
          }
        }}
      >
        <svg width={width} height={HEIGHT + 20} aria-hidden="true">
          {stages.map((stage) => {
            const name = nameOf(stage, language);
            const left = Math.max(0, x(Date.parse(`${stage.startsOn}T00:00Z`) - zoneOffset(zone)));
            const right = Math.min(width, x(Date.parse(`${stage.endsOn}T00:00Z`) + DAY - zoneOffset(zone)));
            return (
              right > left && (
                <g key={stage.key}>
                  <rect x={left} y={0} width={right - left} height={HEIGHT} className={classes.stage} />
                  {right - left > name.length * 6.5 && (
                    <text x={left + 4} y={11} className={classes.stageName}>
                      {name}
                    </text>
                  )}
                </g>
              )
            );
          })}
          {bars.counts.map((count, bar) => {
            const height = count === 0 ? 0 : Math.max(2, (count / bars.most) * (HEIGHT - 16));
            const time = timeOf(bar);
            const inside = !shown || (time >= shown[0] && time < shown[1]);
            return (
              count > 0 && (
                <rect
                  key={time}
                  x={bar * step + 1}
                  y={HEIGHT - height}
                  width={Math.max(1, step - 2)}
                  height={height}
                  rx={1}
                  className={inside ? classes.bar : classes.barOut}
                >
                  <title>{`${spanWords([time, time + bars.width], zone, language)}: ${t('timeline.bar', { count })}`}</title>
                </rect>
              )
            );
          })}
          {shown && (
            <rect
              x={x(shown[0])}
              y={0}
              width={Math.max(2, x(shown[1]) - x(shown[0]))}
              height={HEIGHT}
              className={classes.brush}
            />
          )}
          <line x1={0} x2={width} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} className={classes.axis} />
          {ticks(bars, width).map((time) => (
            <text key={time} x={x(time)} y={HEIGHT + 15} className={classes.tick}>
              {bars.width < 6 * HOUR && (time + zoneOffset(zone)) % DAY !== 0
                ? clock(time, zone, language)
                : shortDay(time, zone, language)}
            </text>
          ))}
        </svg>
      </div>
      {bars.most === 0 && width > 0 && (
        <p className={classes.empty}>
          {t(loaded === 'ready' ? 'timeline.empty' : loaded === 'failed' ? 'list.loadFailed' : 'app.loading')}
        </p>
      )}
      {bars.most > 0 && (
        <span className={classes.most}>
          {t('timeline.most', { count: bars.most, width: widthWords(bars.width, t) })}
        </span>
      )}
    </div>
  );
}

/** The bars of what passes the filter, whatever span is brushed. */
function useBars(maxBars: number, zone: Zone): Histogram {
  const { incidents, feed } = useRonda();
  const { categories, severities, statuses, sources, hours, area } = useView((view) => view.filter);
  const snapshot = useSyncExternalStore(feed.subscribe, feed.current);
  const now = useNow(60_000);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the snapshot tells that the points changed.
  return useMemo(() => {
    const filter = { categories, severities, statuses, sources, hours, area };
    const times: number[] = [];
    let earliest = now - DAY;
    for (const point of incidents.points.values()) {
      if (!matchesFilter(filter, point, now)) continue;
      times.push(point.occurredAt);
      if (point.occurredAt < earliest) earliest = point.occurredAt;
    }
    return histogram(times, hours === undefined ? earliest : now - hours * HOUR, now, maxBars, zoneOffset(zone));
  }, [incidents, snapshot, categories, severities, statuses, sources, hours, area, now, maxBars, zone]);
}

/** Times under the axis: whole bars, about 90 px apart. */
function ticks(bars: Histogram, width: number): number[] {
  const every = Math.max(1, Math.ceil((bars.counts.length * 90) / Math.max(90, width)));
  return bars.counts.flatMap((_, bar) =>
    bar % every === 0 && bar + every / 2 < bars.counts.length ? [bars.from + bar * bars.width] : [],
  );
}

function spanWords([from, to]: readonly [number, number], zone: Zone, language: Language): string {
  const sameDay = shortDay(from, zone, language) === shortDay(to - 1, zone, language);
  const last = sameDay ? clock(to, zone, language) : `${shortDay(to, zone, language)} ${clock(to, zone, language)}`;
  return `${shortDay(from, zone, language)} ${clock(from, zone, language)} – ${last} ${zone}`;
}

function widthWords(width: number, t: ReturnType<typeof useTexts>['t']): string {
  if (width < HOUR) return t('timeline.minutes', { count: width / 60_000 });
  if (width === HOUR) return t('timeline.hour');
  if (width < DAY) return t('timeline.hours', { count: width / HOUR });
  return width === DAY ? t('timeline.day') : t('timeline.days', { count: Math.round(width / DAY) });
}
