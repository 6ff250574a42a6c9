import { expect } from 'vitest';
import { type FarringtonPeriod, farrington, farringtonFlexible } from '../../../../shared/stats/farrington.ts';
import { expectAllNear, type ReferenceCheck } from '../reference-file.ts';

/** Our name of each of its threshold methods that is here. */
const BOUNDS: Record<string, 'delta' | 'negative-binomial'> = { delta: 'delta', nbPlugin: 'negative-binomial' };

/** Farrington's classic method, and the improved one with both its bounds, against `farrington` and `farringtonFlexible` of R's surveillance. */
export const check: ReferenceCheck = ({ input, expected, tolerance }) => {
  const { y, freq, range } = input;
  for (const [name, sought] of Object.entries(expected) as [string, ReferenceCheckSeries][]) {
    const { method, control, time_indices, upper_bound, alarm } = sought;
    expect(control.powertrans).toBe('2/3');
    const options = {
      perYear: freq,
      from: range[0],
      to: range.at(-1) + 1,
      years: control.b,
      halfWindow: control.w,
      alpha: control.alpha,
      reweight: control.reweight,
      trend: control.trend,
      least: { incidents: control.limit54[0], periods: control.limit54[1] },
    };
    const flexible = {
      ...options,
      reweightAbove: control.weightsThreshold,
      trendBelow: control.pThresholdTrend,
      seasons: control.noPeriods,
      recentLeftOut: control.pastWeeksNotIncluded,
      bound: BOUNDS[control.thresholdMethod],
    };
    if (method !== 'classic') expect(Object.keys(BOUNDS)).toContain(control.thresholdMethod);
    const outcome = method === 'classic' ? farrington(y, options) : farringtonFlexible(y, flexible);
    if (!outcome.ok) expect.fail(`${name}: ${outcome.detail}`);
    const periods = outcome.value;
    const near = (get: (period: FarringtonPeriod) => number | null, figures: (number | null)[], what: string) =>
      expectAllNear(periods.map(get), figures, tolerance, `${name}.${what}`);

    expect(periods.map(({ index }) => index)).toEqual(time_indices);
    expect(
      periods.map((period) => period.alarm),
      `${name}.alarm`,
    ).toEqual(alarm);
    // Too few incidents of late: surveillance says a bound of 0 (classic) or none (flexible); ours can be drawn all the same.
    const none = method === 'classic' ? 0 : null;
    near(({ upper, enough }) => (enough ? upper : none), upper_bound, 'upper_bound');
    if (method === 'classic') continue;

    expect(control.populationOffset).toBe(false);
    expect(control.glmWarnings).toBe(false);
    expect(periods.map(({ model }) => model?.trend)).toEqual(sought.trend_kept);
    near(({ model, enough }) => (enough && model ? model.mean : null), sought.expected, 'expected');
    near(({ model }) => model?.dispersion ?? null, sought.phi, 'phi');
    near(({ model }) => model?.p ?? null, sought.pvalue, 'pvalue');
    // Its score counts from the forecast on the scale it was asked for in: log μ₀ with the count's quantile.
    const centre = (mean: number) => (flexible.bound === 'delta' ? mean : Math.log(mean));
    near(
      ({ model, observed, upper }) =>
        model && upper !== null ? (observed - centre(model.mean)) / (upper - centre(model.mean)) : null,
      sought.score,
      'score',
    );
  }
};

interface ReferenceCheckSeries {
  method: 'classic' | 'flexible';
  // biome-ignore lint/suspicious/noExplicitAny: the settings differ by method
  control: any;
  time_indices: number[];
  upper_bound: (number | null)[];
  alarm: boolean[];
  trend_kept: boolean[];
  expected: (number | null)[];
  phi: number[];
  pvalue: number[];
  score: number[];
}
