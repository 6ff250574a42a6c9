import { classesOf, classOf, quantileBreaks } from './classes.ts';
import type { PlaceFigure } from './figure.ts';

/** Counts of period and baseline in the same classes, for two maps that are looked at together. */
export interface Comparable {
  period: PlaceFigure;
  baseline: PlaceFigure;
  /** Days that counts are of where the two are of different length: those of the period; undefined for counts as they are. */
  perDays: number | undefined;
}

/**
 * Puts the counts of both periods into quantile classes of all of them. Where the baseline is of another length its counts are
 * those of as many days as the period has: otherwise the longer one would look the worse.
 * @param days of period and baseline, above 0
 */
export function comparableCounts(
  count: readonly number[],
  baselineCount: readonly number[],
  days: { period: number; baseline: number },
): Comparable {
  const whole = days.period === days.baseline;
  const scaled = baselineCount.map((value) => (value * days.period) / days.baseline);
  const breaks = quantileBreaks([...count, ...scaled], { whole });
  const classes = classesOf(breaks, { whole });
  const figure = (values: readonly number[]): PlaceFigure => ({
    scale: 'sequential',
    value: Float64Array.from(values),
    cls: Int8Array.from(values, (value) => classOf(value, breaks)),
    classes,
    test: undefined,
    note: new Uint8Array(values.length),
    facts: {},
  });
  return { period: figure(count), baseline: figure(scaled), perDays: whole ? undefined : days.period };
}
