import { expect } from 'vitest';
import { bayesDetector } from '../../../../shared/stats/bayes-detector.ts';
import { type Chart, cusumChart, ewmaChart, rossiCusumChart } from '../../../../shared/stats/control-charts.ts';
import { ears } from '../../../../shared/stats/ears.ts';
import type { WatchedPeriod } from '../../../../shared/stats/watched-series.ts';
import { accepted } from '../outcome.ts';
import { expectAllNear, expectNear, type ReferenceCheck } from '../reference-file.ts';

/** EARS, Bayes and Rossi's CUSUM against R's surveillance; EWMA and the standard CUSUM against their formulas. */
export const check: ReferenceCheck = ({ input, expected, tolerance }) => {
  const { y, m_est: training } = input;
  const bounds = (name: string, periods: WatchedPeriod[]) => {
    const { time_indices, upper_bound, alarm } = expected[name];
    expect(
      periods.map(({ index }) => index),
      name,
    ).toEqual(time_indices);
    expect(
      periods.map((period) => period.alarm),
      `${name}.alarm`,
    ).toEqual(alarm);
    if (upper_bound)
      near(
        periods.map(({ upper }) => upper),
        upper_bound,
        `${name}.upper_bound`,
      );
  };
  const near = (actual: (number | null)[], figures: (number | null)[], what: string) =>
    expectAllNear(actual, figures, tolerance, what);

  for (const variant of ['C1', 'C2', 'C3'] as const) {
    if (!expected[`ears_${variant}`]) continue;
    const { baseline, minSigma: leastSigma, alpha } = expected[`ears_${variant}`];
    bounds(`ears_${variant}`, accepted(ears(y, { variant, baseline, leastSigma, alpha })));
  }

  const { bayes_b0: bayes, cusum_rossi: rossi, ewma_poisson: ewma, cusum_standard: cusum } = expected;
  if (bayes) bounds('bayes_b0', accepted(bayesDetector(y, { window: bayes.w, alpha: bayes.alpha })));
  if (rossi) checkRossi();
  if (ewma) checkEwma();
  if (cusum) checkCusum();

  function checkRossi() {
    const rossiChart = accepted(rossiCusumChart(y, { training, reference: rossi.k, decision: rossi.h }));
    bounds('cusum_rossi', rossiChart.periods);
    chart('cusum_rossi', rossiChart, rossi.m, rossi.cusum_no_reset);
    expect(rossi.alarm_no_reset).toEqual(rossiChart.periods.map((period) => period.alarm));
    // z itself, from the way the sum moves wherever it is not held at 0.
    rossiChart.periods.forEach(({ observed, statistic }, i) => {
      const before = rossiChart.periods[i - 1]?.statistic ?? 0;
      const z =
        (observed - 3 * rossiChart.mean + 2 * Math.sqrt(observed * rossiChart.mean)) / (2 * Math.sqrt(rossiChart.mean));
      expectNear(z, rossi.z[i], tolerance, `cusum_rossi.z[${i}]`);
      if (statistic > 0) expectNear(statistic - before + rossi.k, rossi.z[i], tolerance, `cusum_rossi.z[${i}]`);
    });
  }

  function checkEwma() {
    const ewmaResult = accepted(ewmaChart(y, { training, lambda: ewma.lambda, width: ewma.L }));
    bounds('ewma_poisson', ewmaResult.periods);
    chart('ewma_poisson', ewmaResult, ewma.mu, ewma.ewma);
    near(
      ewmaResult.periods.map(({ limit }) => limit),
      ewma.ucl,
      'ewma_poisson.ucl',
    );
  }

  function checkCusum() {
    const cusumResult = accepted(cusumChart(y, { training, reference: cusum.k, decision: cusum.h }));
    bounds('cusum_standard', cusumResult.periods);
    chart('cusum_standard', cusumResult, cusum.mu, cusum.cusum);
    for (const { limit } of cusumResult.periods) expectNear(limit, cusum.h * cusum.sd, tolerance, 'cusum_standard.sd');
  }

  function chart(name: string, { mean, periods }: Chart, expectedMean: number, statistics: number[]) {
    expectNear(mean, expectedMean, tolerance, `${name}.mean`);
    near(
      periods.map(({ statistic }) => statistic),
      statistics,
      `${name}.statistic`,
    );
  }
};
