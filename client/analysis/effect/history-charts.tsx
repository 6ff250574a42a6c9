import { type DaySpan, daysBetween, lengthOf } from '../../../shared/calendar/days.ts';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useView } from '../../state/view.ts';
import { shortDayWords } from '../days.ts';
import { decimals } from '../numbers.ts';
import classes from './effect.module.css';
import type { Effect } from './judge.ts';
import { lookOf } from './looks.ts';
import { SIDES, type SideName } from './sides.ts';
import type { SideWeeks, Weeks } from './warnings.ts';
import { useEffectTexts } from './words.ts';

interface Props {
  weeks: Weeks;
  weekly: SideWeeks;
  spans: { before: DaySpan; after: DaySpan };
  counts: Effect['counts'];
}

/** Units of the drawing; it is stretched to the width there is. */
const WIDTH = 360;
const HEIGHT = 64;

/** Each side's weeks over the longer history, one below the other, with the periods compared and their means. */
export function HistoryCharts({ weeks, weekly, spans, counts }: Props) {
  const { t } = useEffectTexts();
  const { language } = useTexts();
  const first = Math.min(
    weekly.first,
    weeks.startsOn.findIndex((day) => day >= spans.before.startsOn),
  );
  const days = weeks.startsOn.slice(Math.max(0, first));
  const from = days[0] ?? weeks.span.startsOn;
  const shown = SIDES.filter((side) => counts[side][0] + counts[side][1] > 0);
  return (
    <figure className={classes.charts}>
      <figcaption>
        {t('chart')} <small>{t('chartHint')}</small>
      </figcaption>
      {shown.map((side) => (
        <SideChart key={side} side={side} values={weekly.of[side].slice(-days.length)} {...{ from, spans, counts }} />
      ))}
      <p className={classes.axis}>
        <span>{shortDayWords(from, language)}</span>
        <span>{shortDayWords(spans.after.startsOn, language)}</span>
        <span>{shortDayWords(weeks.span.endsOn, language)}</span>
      </p>
    </figure>
  );
}

interface SideChartProps extends Pick<Props, 'spans' | 'counts'> {
  side: SideName;
  /** Of each week from its first day. */
  values: number[];
  from: string;
}

function SideChart({ side, values, from, spans, counts }: SideChartProps) {
  const { t } = useEffectTexts();
  const { language } = useTexts();
  const theme = useView((view) => view.theme);
  const { colour } = lookOf(theme, side);
  const most = Math.max(1, ...values);
  const x = (day: string) => (daysBetween(from, day) / (values.length * 7)) * WIDTH;
  const y = (value: number) => HEIGHT - (value / most) * (HEIGHT - 4);
  const mean = (which: 'before' | 'after') => (counts[side][which === 'before' ? 0 : 1] / lengthOf(spans[which])) * 7;
  const band = (span: DaySpan) => ({
    x: Math.max(0, x(span.startsOn)),
    width: Math.max(1, x(span.endsOn) + WIDTH / (values.length * 7) - Math.max(0, x(span.startsOn))),
  });
  const label = t('chartLabel', {
    side: t(side),
    before: decimals(mean('before'), language, 1),
    after: decimals(mean('after'), language, 1),
  });
  const line = values.map((value, week) => `${((week + 0.5) / values.length) * WIDTH},${y(value)}`).join(' ');
  return (
    <div className={classes.chart}>
      <p>
        <i style={{ background: colour }} aria-hidden="true" />
        {t(side)} <small>≤ {number(most, language)}</small>
      </p>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {(['before', 'after'] as const).map((which) => (
          <g key={which}>
            <rect className={classes.band} {...band(spans[which])} y={0} height={HEIGHT} />
            <line
              className={classes.mean}
              x1={band(spans[which]).x}
              x2={band(spans[which]).x + band(spans[which]).width}
              y1={y(mean(which))}
              y2={y(mean(which))}
            />
          </g>
        ))}
        <polyline points={line} stroke={colour} className={classes.curve} />
      </svg>
    </div>
  );
}
