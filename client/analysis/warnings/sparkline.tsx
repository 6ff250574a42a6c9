import type { IncidentCategory } from '../../../shared/schemas/incident.ts';
import classes from './warnings.module.css';

const WIDTH = 72;
const HEIGHT = 28;
const GAP = 1.5;

/** Counts of the last weeks as bars, those of the rise in the category's colour. Decorative: the row says it in words. */
export function Sparkline({
  counts,
  rise,
  category,
}: {
  counts: readonly number[];
  /** Weeks at the end that belong to the rise. */
  rise: number;
  category: IncidentCategory;
}) {
  const most = Math.max(1, ...counts);
  const step = WIDTH / Math.max(1, counts.length);
  return (
    <svg className={classes.spark} width={WIDTH} height={HEIGHT} aria-hidden="true" focusable="false">
      {counts.map((count, week) => {
        const height = Math.max(1, (count / most) * (HEIGHT - 2));
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: weeks stand in their order.
            key={week}
            x={week * step}
            y={HEIGHT - height}
            width={step - GAP}
            height={height}
            fill={week >= counts.length - rise ? `var(--category-${category})` : 'var(--stale)'}
          />
        );
      })}
    </svg>
  );
}
