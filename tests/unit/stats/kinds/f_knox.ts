import { expect } from 'vitest';
import { type KnoxTable, knoxTest } from '../../../../shared/stats/knox.ts';
import { poissonUpperTail } from '../../../../shared/stats/poisson.ts';
import { accepted } from '../outcome.ts';
import { expectAllNear, expectNear, type ReferenceCheck, type ReferenceFile } from '../reference-file.ts';

const SEED = 2016;

export const check: ReferenceCheck = (file) => {
  const { input, tolerance, expected } = file;
  const events = { x: input.x, y: input.y, time: input.t, metric: input.distance };
  const table = accepted(
    knoxTest(
      { ...events, spatialBreaks: breaks(input.spatial_breaks), temporalBreaks: breaks(input.temporal_breaks) },
      { seed: SEED, permutations: expected.monte_carlo_replicates },
    ),
  );
  expect([...table.observed]).toEqual(expected.observed.flat());
  expectAllNear(table.expected, expected.expected_exact_permutation_mean.flat(), tolerance.exact, 'mean');
  expectAllNear(table.ratio, expected.knox_ratio_exact.flat(), tolerance.exact, 'ratio');
  expectAllNear(table.p, expected.monte_carlo_p_upper.flat(), tolerance.p, 'p');
  table.variance.forEach((variance, cell) => {
    // The reference subtracts mean² from E X²: of a large mean, rounding leaves it fewer digits than its tolerance
    // names (in whole fractions, the last variance of the Chicago table is 6.170554350240207).
    const lost = 2 * Number.EPSILON * (table.expected[cell] ?? 0) ** 2;
    const rel = Math.max(tolerance.exact.rel, variance > 0 ? lost / variance : 0);
    expectNear(variance, expected.exact_permutation_variance.flat()[cell], { rel }, `variance[${cell}]`);
    expectNear(table.z[cell], expected.z_exact.flat()[cell], { rel }, `z[${cell}]`);
    const abs = tolerance.monte_carlo_mean.sd_multiple * Math.sqrt(variance / table.permutations);
    expectNear(table.simulatedMean[cell], table.expected[cell] ?? 0, { abs }, `simulated mean ${cell}`);
    expectNear(table.expected[cell], expected.monte_carlo_mean.flat()[cell], { abs }, `their simulated mean ${cell}`);
  });
  const n = input.x.length;
  expect(table.observed.reduce((a, b) => a + b)).toBe(expected.total_pairs);
  expect((n * (n - 1)) / 2).toBe(expected.total_pairs);
  if (expected.surveillance_knox) checkSurveillance(file);
  if (expected.near_repeat_calculator_1_3) checkCalculator(expected.near_repeat_calculator_1_3, table);
};

/** One table of two by two, whose pairs are close up to and including the limits. */
function checkSurveillance({ input, tolerance, expected: { surveillance_knox: theirs } }: ReferenceFile): void {
  expect(theirs.rule).toBe('close if dt<=eps.t and ds<=eps.s');
  const justOver = 1 + 1e-12;
  const table = accepted(
    knoxTest(
      {
        x: input.x,
        y: input.y,
        time: input.t,
        metric: input.distance,
        spatialBreaks: [0, theirs.eps_s * justOver, Number.POSITIVE_INFINITY],
        temporalBreaks: [0, theirs.eps_t * justOver, Number.POSITIVE_INFINITY],
      },
      { seed: SEED, permutations: 999 },
    ),
  );
  const [near = 0, nearInSpace, nearInTime, neither] = table.observed;
  expect(near).toBe(theirs.statistic);
  expectNear(table.expected[0], theirs.null_expected, tolerance.exact, 'mean');
  expectNear(poissonUpperTail(near + 1, theirs.null_expected), theirs.p_poisson_upper, tolerance.exact, 'p of more');
  expectNear(table.p[0], theirs.p_monte_carlo_upper, tolerance.p, 'p');
  expect(theirs.table_rows_dt_cols_ds).toEqual([
    [near, nearInTime],
    [nearInSpace, neither],
  ]);
  expect(theirs.table_dimnames_dt.map((name: string) => name.trim())).toEqual([
    `<= ${theirs.eps_t}`,
    `> ${theirs.eps_t}`,
  ]);
  expect(theirs.table_dimnames_ds.map((name: string) => name.trim())).toEqual([
    `<= ${theirs.eps_s}`,
    `> ${theirs.eps_s}`,
  ]);
}

/** For information: its rounding of coordinates moves a pair here and there; its ratio is to the mean of its iterations. */
function checkCalculator(theirs: ReferenceFile['expected'], table: KnoxTable): void {
  const iterations = Number(/(\d+) iterations/.exec(theirs.settings)?.[1]);
  expect(theirs.note).toEqual(expect.any(String));
  expect([theirs.labels_space.length, theirs.labels_time.length]).toEqual([table.rows, table.columns]);
  const observed: number[] = theirs.observed.flat();
  const total = (cells: number[]) => cells.reduce((a, b) => a + b);
  expect(total(observed)).toBe(total([...table.observed]));
  theirs.ratio.forEach((row: (number | null)[], s: number) => {
    const near = total(theirs.observed[s]);
    row.forEach((ratio, t) => {
      const count = theirs.observed[s][t];
      const mean = (near * total(theirs.observed.map((counts: number[]) => counts[t]))) / total(observed);
      const abs = 5 * Math.sqrt((table.variance[s * table.columns + t] ?? 0) / iterations) + 0.001 * count;
      if (ratio === null) expect(count).toBe(0);
      else expectNear(count / ratio, mean, { abs }, `their mean ${s}, ${t}`);
    });
  });
}

const breaks = (values: (number | null)[]) => values.map((value) => value ?? Number.POSITIVE_INFINITY);
