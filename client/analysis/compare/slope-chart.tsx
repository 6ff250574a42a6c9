import { useMemo } from 'react';
import { lengthOf } from '../../../shared/calendar/days.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { placeName } from '../map/figure-words.ts';
import { brief } from '../numbers.ts';
import { useParents } from '../parents.ts';
import type { Counts } from '../places.ts';
import { useAnalysis } from '../state.ts';
import { useAnalysisTexts } from '../words.ts';
import classes from './compare.module.css';
import type { Row } from './rows.ts';

const WIDTH = 360;
const HEIGHT = 184;
const [LEFT, RIGHT, TOP, BOTTOM] = [88, 248, 12, 158];
/** More lines than this are a thicket. */
const MOST = 40;
const NAMED = 6;
const NAME_PX = 12;
const LETTERS = 18;

/** Incidents a day in the baseline and in the period, a line a place: those that changed most, named. */
export function SlopeChart({ spec, counts, rows }: { spec: AnalysisSpec; counts: Counts; rows: readonly Row[] }) {
  const { t } = useAnalysisTexts();
  const { language } = useTexts();
  const focus = useAnalysis((analysis) => analysis.focus);
  const { period, baseline } = spec;
  const lines = useMemo(() => {
    const days = { period: lengthOf(period), baseline: baseline ? lengthOf(baseline) : 1 };
    return rows
      .filter(({ ratio }) => ratio !== undefined)
      .sort((a, b) => Number(b.significant) - Number(a.significant) || (a.p ?? 1) - (b.p ?? 1))
      .slice(0, MOST)
      .map((row) => ({ row, from: row.baselineCount / days.baseline, to: row.count / days.period }));
  }, [rows, period, baseline]);
  const named = lines.flatMap(({ row }, rank) => (rank < NAMED || row.key === focus ? [row] : []));
  const desa = useParents('areas' in counts && counts.level === 'rw' ? named : []);
  const most = lines.reduce((max, { from, to }) => Math.max(max, from, to), 0);
  if (most === 0) return null;
  const y = (value: number) => BOTTOM - (value / most) * (BOTTOM - TOP);
  const labels = spread(
    lines
      .filter(({ row }) => named.includes(row))
      .map(({ row, to }) => ({ row, y: y(to) }))
      .sort((a, b) => a.y - b.y),
  );
  return (
    <figure className={classes.chart}>
      <figcaption>
        <b>{t('compare.chart')}</b> {t('compare.chartHint')}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <line x1={LEFT} x2={LEFT} y1={TOP} y2={BOTTOM} className={classes.axis} />
        <line x1={RIGHT} x2={RIGHT} y1={TOP} y2={BOTTOM} className={classes.axis} />
        <text x={LEFT} y={HEIGHT - 4} textAnchor="middle" className={classes.tick}>
          {t('question.baseline')}
        </text>
        <text x={RIGHT} y={HEIGHT - 4} textAnchor="middle" className={classes.tick}>
          {t('question.period')}
        </text>
        {[most, most / 2, 0].map((value) => (
          <text key={value} x={LEFT - 6} y={y(value) + 4} textAnchor="end" className={classes.tick}>
            {value === 0 ? 0 : `${brief(Number(value.toPrecision(2)), language)} ${t('compare.perDay')}`}
          </text>
        ))}
        {lines.map(({ row, from, to }) => (
          <line
            key={row.key}
            x1={LEFT}
            x2={RIGHT}
            y1={y(from)}
            y2={y(to)}
            className={classes.line}
            data-significant={row.significant || undefined}
            data-focus={row.key === focus || undefined}
          />
        ))}
        {labels.map(({ row, y: at }) => (
          <text
            key={row.key}
            x={RIGHT + 6}
            y={at + 4}
            className={classes.name}
            data-focus={row.key === focus || undefined}
          >
            {shortened(placeName(counts, row.at, t, desa.nameOf(row.key)))}
          </text>
        ))}
      </svg>
    </figure>
  );
}

const shortened = (name: string) => (name.length > LETTERS ? `${name.slice(0, LETTERS - 1)}…` : name);

/** Moves names apart that would lie on one another: from the top down, then up from the lower edge. */
function spread<T extends { y: number }>(labels: readonly T[]): T[] {
  const ys = labels.map(({ y }) => y);
  for (let i = 1; i < ys.length; i++) ys[i] = Math.max(ys[i] ?? 0, (ys[i - 1] ?? 0) + NAME_PX);
  let limit = BOTTOM;
  for (let i = ys.length - 1; i >= 0; i--) {
    ys[i] = Math.min(ys[i] ?? 0, limit);
    limit = (ys[i] ?? 0) - NAME_PX;
  }
  return labels.map((label, i) => ({ ...label, y: ys[i] ?? label.y }));
}
