import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { shortDayWords } from '../days.ts';
import { daysOfStep } from '../steps.ts';
import classes from './document.module.css';
import { riseOf } from './since.ts';
import type { PlaceSeries } from './top-series.ts';
import { useBriefTexts } from './words.ts';

const WIDTH = 680;
const HEIGHT = 150;
const PLOT = { left: 28, right: 6, top: 18, bottom: 20 };
/** Dates along the axis at most. */
const DATES = 8;

/** Incidents a week as bars: those of the period dark, those before it pale, and the week from which on there were more. */
export function SeriesChart({ series: { steps, counts }, spec }: { series: PlaceSeries; spec: AnalysisSpec }) {
  const { t } = useBriefTexts();
  const { language } = useTexts();
  const most = Math.max(1, ...counts);
  const top = niceTop(most);
  const width = (WIDTH - PLOT.left - PLOT.right) / counts.length;
  const height = HEIGHT - PLOT.top - PLOT.bottom;
  const x = (step: number) => PLOT.left + step * width;
  const y = (count: number) => PLOT.top + height * (1 - count / top);
  const startOf = (step: number) => daysOfStep(steps, step).startsOn;
  const rise = riseOf(counts, spec);
  const every = Math.ceil(counts.length / DATES);
  const isBefore = (step: number) => startOf(step) < spec.period.startsOn;
  const first = counts.findIndex((_, step) => !isBefore(step));
  return (
    <svg className={classes.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('chartPeriod')}>
      {[0, top / 2, top].map((value) => (
        <g key={value}>
          <line x1={PLOT.left} x2={WIDTH - PLOT.right} y1={y(value)} y2={y(value)} className={classes.grid} />
          <text x={PLOT.left - 5} y={y(value) + 3} textAnchor="end">
            {number(value, language, 1)}
          </text>
        </g>
      ))}
      {counts.map((count, step) => (
        <g key={startOf(step)}>
          <rect
            x={x(step) + width * 0.12}
            y={y(count)}
            width={width * 0.76}
            height={Math.max(0, y(0) - y(count))}
            className={isBefore(step) ? classes.before : classes.during}
          />
          {step % every === 0 && (
            <text x={x(step)} y={HEIGHT - 6}>
              {shortDayWords(startOf(step), language)}
            </text>
          )}
        </g>
      ))}
      {first > 0 && (
        <text x={x(0)} y={10}>
          {t('chartBefore')}
        </text>
      )}
      {first >= 0 && (
        <text x={x(first)} y={10} className={classes.strong}>
          {t('chartPeriod')}
        </text>
      )}
      {rise && (
        <g className={classes.rise}>
          <line x1={x(rise.step)} x2={x(rise.step)} y1={PLOT.top - 4} y2={y(0)} />
          <text
            x={x(rise.step) + (rise.step > counts.length * 0.7 ? -4 : 4)}
            y={PLOT.top + 6}
            textAnchor={rise.step > counts.length * 0.7 ? 'end' : 'start'}
          >
            {t('chartRise', { day: shortDayWords(startOf(rise.step), language) })}
          </text>
        </g>
      )}
    </svg>
  );
}

/** The least even number of a round kind that is not below. */
function niceTop(most: number): number {
  const step = 10 ** Math.floor(Math.log10(most));
  const found = [1, 2, 4, 6, 8, 10].map((times) => times * step).find((top) => top >= most) ?? most;
  return Math.max(2, found);
}
