import type { WarningDetail } from '../../../shared/schemas/warning.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { dayWords, shortDayWords } from '../days.ts';
import { figure } from './evidence.ts';
import classes from './warning-chart.module.css';
import panel from './warnings.module.css';
import { useWarningTexts } from './words.ts';

const WIDTH = 328;
const HEIGHT = 148;
const EDGE = { left: 24, right: 4, top: 10, bottom: 20 };

/**
 * The weeks behind a warning: counts as bars, what was expected of the weeks that were judged, the rule's bound, and, of the
 * charts, what is held against it. All in incidents, on one axis.
 */
export function WarningChart({ warning, since }: { warning: WarningDetail; since: string }) {
  const { t } = useWarningTexts();
  const { language } = useTexts();
  const { series, category, rule, area, lastDay, observed, expected } = warning;
  const { counts, startsOn, judgedFrom } = series;
  const isChart = rule === 'ewma' || rule === 'cusum';
  const lines = isChart ? [...series.bound, ...series.statistic] : series.bound;
  const most = Math.max(1, ...counts, ...lines, ...series.expected);
  const step = (WIDTH - EDGE.left - EDGE.right) / counts.length;
  const x = (week: number) => EDGE.left + week * step;
  const y = (value: number) => EDGE.top + (1 - value / most) * (HEIGHT - EDGE.top - EDGE.bottom);
  /** A line over the judged weeks, level within each. */
  const stairs = (values: readonly number[]) =>
    values
      .map((value, i) => `${i === 0 ? 'M' : 'L'}${x(judgedFrom + i)} ${y(value)}H${x(judgedFrom + i + 1)}`)
      .join('');
  const label = t('chart.label', {
    place: area.name,
    weeks: counts.length,
    day: dayWords(lastDay, language),
    observed,
    expected: figure(expected, language),
  });
  return (
    <figure className={classes.chart}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {[0, most].map((value) => (
          <g key={value}>
            <line className={classes.grid} x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(value)} y2={y(value)} />
            <text className={classes.tick} x={EDGE.left - 4} y={y(value) + 4} textAnchor="end">
              {figure(Math.round(value), language)}
            </text>
          </g>
        ))}
        {counts.map((count, week) => (
          <rect
            key={startsOn[week]}
            x={x(week)}
            y={y(count)}
            width={Math.max(1, step - 1)}
            height={y(0) - y(count)}
            fill={(startsOn[week] ?? '') >= since ? `var(--category-${category})` : 'var(--stale)'}
          />
        ))}
        <path className={classes.expected} d={stairs(series.expected)} />
        <path className={classes.halo} d={stairs(series.bound)} />
        <path className={classes.bound} d={stairs(series.bound)} />
        {isChart && (
          <>
            <path className={classes.halo} d={stairs(series.statistic)} />
            <path className={classes.statistic} d={stairs(series.statistic)} />
          </>
        )}
        <text className={classes.tick} x={EDGE.left} y={HEIGHT - 5}>
          {shortDayWords(startsOn[0] ?? lastDay, language)}
        </text>
        <text className={classes.tick} x={WIDTH - EDGE.right} y={HEIGHT - 5} textAnchor="end">
          {shortDayWords(lastDay, language)}
        </text>
      </svg>
      <figcaption className={classes.legend}>
        <span>
          <i className={classes.swatch} style={{ background: 'var(--stale)' }} /> {t('chart.counts')}
        </span>
        <span>
          <i className={classes.swatch} style={{ background: `var(--category-${category})` }} /> {t('chart.rise')}
        </span>
        <span>
          <i className={classes.expectedKey} /> {t('chart.expected')}
        </span>
        <span>
          <i className={classes.boundKey} /> {t('chart.bound')}
        </span>
        {isChart && (
          <span>
            <i className={classes.statisticKey} /> {t(`chart.${rule}`)}
          </span>
        )}
      </figcaption>
      <p className={panel.hint}>{t('chart.late')}</p>
      <details className={panel.table}>
        <summary>{t('chart.table')}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('chart.week')}</th>
              <th scope="col">{t('chart.counts')}</th>
              <th scope="col">{t('chart.expected')}</th>
              {isChart && <th scope="col">{t(`chart.${rule}`)}</th>}
              <th scope="col">{t('chart.bound')}</th>
            </tr>
          </thead>
          <tbody>
            {series.bound.map((bound, i) => (
              <tr key={startsOn[judgedFrom + i]}>
                <th scope="row">{shortDayWords(startsOn[judgedFrom + i] ?? lastDay, language)}</th>
                <td>{counts[judgedFrom + i]}</td>
                <td>{figure(series.expected[i] ?? 0, language)}</td>
                {isChart && <td>{figure(series.statistic[i] ?? 0, language)}</td>}
                <td>{figure(bound, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
