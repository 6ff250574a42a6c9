import { expect } from 'vitest';
import { mannKendall } from '../../../../shared/stats/mann-kendall.ts';
import { accepted } from '../outcome.ts';
import { expectNear, type ReferenceCheck } from '../reference-file.ts';

/** The trend of each series; of equal values nothing is defined but S, the variance and the slope. */
export const check: ReferenceCheck = ({ input, expected, tolerance }) => {
  expect(Object.keys(expected.results)).toEqual(Object.keys(input.series));
  for (const [name, wanted] of Object.entries<Record<string, number | null>>(expected.results)) {
    const trend = accepted(mannKendall(input.series[name]));
    const ifDefined = (figure: number) => (trend.variance === 0 ? null : figure);
    const near = (actual: number | null, key: string) =>
      expectNear(actual, wanted[key] as number | null, tolerance, `${name} ${key}`);
    expect(trend.ties, name).toEqual(wanted.ties);
    near(trend.n, 'n');
    near(trend.s, 'S');
    near(trend.variance, 'varS');
    near(ifDefined(trend.z), 'z');
    near(ifDefined(trend.p), 'p_two_sided');
    near(ifDefined(trend.zUncorrected), 'z_no_continuity');
    near(ifDefined(trend.pUncorrected), 'p_no_continuity');
    near(trend.exactP, 'exact_p_two_sided');
    near(trend.tau, 'tau_b');
    near(trend.slope, 'sen_slope');
    // Where nothing is defined there is no trend.
    if (trend.variance === 0) expect([trend.z, trend.p]).toEqual([0, 1]);
  }
};
