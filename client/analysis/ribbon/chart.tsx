import { type PointerEvent, useMemo, useRef, useState } from 'react';
import { addDays, type DaySpan, daysBetween, lengthOf, moved } from '../../../shared/calendar/days.ts';
import type { Zone } from '../../../shared/geo/zone.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { countedParams, useTotals } from '../../api/hotspots.ts';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { shortDayWords, spanWords, yearWords } from '../days.ts';
import { offsetOf } from '../room-zone.ts';
import { useAnalysisTexts } from '../words.ts';
import { HijriRow } from './hijri-row.tsx';
import classes from './ribbon.module.css';
import { axisDays, barDays, dayAt, placeOf } from './spans.ts';

const HEIGHT = 56;

interface ChartProps {
  spec: AnalysisSpec;
  zone: Zone;
  domain: DaySpan;
  width: number;
  which: 'period' | 'baseline';
  onBrush(span: DaySpan): void;
}

/** What is counted, day by day, with period and baseline on it; one of the two can be brushed, by pointer or keys. */
export function Chart({ spec, zone, domain, width, which, onBrush }: ChartProps) {
  const { t } = useAnalysisTexts();
  const { language } = useTexts();
  const surface = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ from: string; to: string }>();
  const stepDays = barDays(domain, width);
  const totals = useTotals(countedParams({ ...spec, period: domain, baseline: null }, offsetOf(zone)), stepDays);
  const bars = useMemo(() => {
    const counts = new Array<number>(Math.ceil(lengthOf(domain) / stepDays)).fill(0);
    for (const [entry, step] of totals.data?.step.entries() ?? [])
      if (step < counts.length) counts[step] = (counts[step] ?? 0) + (totals.data?.count[entry] ?? 0);
    return counts;
  }, [totals.data, domain, stepDays]);
  const most = bars.reduce((a, b) => Math.max(a, b), 0);

  const dayUnder = (event: PointerEvent) =>
    dayAt(event.clientX - (surface.current?.getBoundingClientRect().left ?? 0), domain, width);
  const spanOf = ({ from, to }: { from: string; to: string }): DaySpan =>
    from <= to ? { startsOn: from, endsOn: to } : { startsOn: to, endsOn: from };
  const current = which === 'period' ? spec.period : (spec.baseline ?? spec.period);
  const shown = { period: spec.period, baseline: spec.baseline, ...(drag ? { [which]: spanOf(drag) } : {}) };

  const byKey = (key: string, wide: boolean) => {
    const by = key === 'ArrowLeft' ? -1 : 1;
    const to = addDays(current.endsOn, by);
    if (!wide) onBrush(moved({ startsOn: current.startsOn, endsOn: current.endsOn }, by));
    else if (to >= current.startsOn) onBrush({ startsOn: current.startsOn, endsOn: to });
  };

  return (
    <div
      ref={surface}
      className={classes.surface}
      tabIndex={0}
      role="slider"
      aria-label={t(which === 'period' ? 'ribbon.brush_period' : 'ribbon.brush_baseline')}
      aria-valuemin={0}
      aria-valuemax={lengthOf(domain)}
      aria-valuenow={Math.min(lengthOf(domain), Math.max(0, daysBetween(domain.startsOn, current.startsOn)))}
      aria-valuetext={spanWords(current, language)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const day = dayUnder(event);
        setDrag({ from: day, to: day });
      }}
      onPointerMove={(event) => drag && setDrag({ ...drag, to: dayUnder(event) })}
      onPointerUp={() => {
        if (drag) onBrush(spanOf(drag));
        setDrag(undefined);
      }}
      onPointerCancel={() => setDrag(undefined)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
        event.preventDefault();
        byKey(event.key, event.shiftKey);
      }}
    >
      <svg width={width} height={HEIGHT + 34} aria-hidden="true">
        <defs>
          <pattern id="baseline-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1="0" y1="0" x2="0" y2="6" className={classes.hatch} />
          </pattern>
        </defs>
        {(['baseline', 'period'] as const).map((name) => {
          const place = shown[name] && placeOf(shown[name], domain, width, 2);
          return (
            place && (
              <rect key={name} x={place.left} width={place.width} y={0} height={HEIGHT} className={classes[name]} />
            )
          );
        })}
        {bars.map((count, bar) => {
          const span = {
            startsOn: addDays(domain.startsOn, bar * stepDays),
            endsOn: addDays(domain.startsOn, (bar + 1) * stepDays - 1),
          };
          const place = placeOf(span, domain, width);
          const height = most === 0 ? 0 : Math.max(2, (count / most) * (HEIGHT - 14));
          const inside = span.startsOn <= shown.period.endsOn && span.endsOn >= shown.period.startsOn;
          return (
            count > 0 &&
            place && (
              <rect
                key={span.startsOn}
                x={place.left + (place.width > 4 ? 0.5 : 0)}
                y={HEIGHT - height}
                width={Math.max(1, place.width - (place.width > 4 ? 1 : 0.3))}
                height={height}
                className={inside ? classes.bar : classes.barOut}
              >
                <title>{`${spanWords(span, language)}: ${t('ribbon.incidents', { number: number(count, language) })}`}</title>
              </rect>
            )
          );
        })}
        <line x1={0} x2={width} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} className={classes.axis} />
        {axisDays(domain, width).map((day) => {
          const x = placeOf({ startsOn: day, endsOn: day }, domain, width)?.left ?? 0;
          return (
            <g key={day}>
              <line x1={x} x2={x} y1={HEIGHT} y2={HEIGHT + 4} className={classes.axis} />
              {x < width - 44 && (
                <text x={x + 3} y={HEIGHT + 13} className={classes.tick}>
                  {day.slice(5, 7) === '01' ? yearWords(day, language) : shortDayWords(day, language)}
                </text>
              )}
            </g>
          );
        })}
        <HijriRow domain={domain} width={width} y={HEIGHT + 18} />
      </svg>
      <span className={classes.most}>
        {totals.isError
          ? t('ribbon.failed')
          : t('ribbon.most', {
              most: number(most, language),
              per: stepDays === 1 ? t('ribbon.perDay') : t('ribbon.perDays', { days: stepDays }),
            })}
      </span>
    </div>
  );
}
