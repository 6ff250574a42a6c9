import { expect } from 'vitest';
import { EMERGING_CATEGORIES, emergingCategory } from '../../../../shared/stats/emerging-categories.ts';
import { emergingHotspots } from '../../../../shared/stats/emerging-hotspots.ts';
import { mannKendall } from '../../../../shared/stats/mann-kendall.ts';
import { neighboursFromLists } from '../../../../shared/stats/weights.ts';
import { accepted } from '../outcome.ts';
import { expectAllNear, expectNear, type ReferenceCheck, type ReferenceFile } from '../reference-file.ts';

/** Categories of labelled histories, and a cube from its counts to its categories. */
export const check: ReferenceCheck = (file) => {
  if ('vectors' in file.input) checkCategories(file);
  else checkCube(file);
};

function checkCategories({ input, expected, conventions }: ReferenceFile): void {
  const found = input.vectors.map(
    ({ flags, mk_z, mk_p }: { flags: number[]; mk_z: number; mk_p: number }) =>
      emergingCategory(flags, { z: mk_z, p: mk_p }, conventions.trend_alpha).category,
  );
  expect(found).toEqual(expected.categories);
}

function checkCube({ input, expected, tolerance }: ReferenceFile): void {
  const rows: number[][] = input.counts_time_by_location;
  const steps = rows.length;
  const places = rows[0]?.length ?? 0;
  const neighbours = accepted(neighboursFromLists(input.neighbours));
  const cube = { places, steps, values: rows.flat(), neighbours };
  const result = accepted(emergingHotspots(cube, { timeLag: input.time_lag_k }));
  expectAllNear(result.z, expected.z_time_by_location.flat(), tolerance, 'z');
  expect([...result.classes]).toEqual(expected.gi_bin_fdr_time_by_location.flat());
  expectAllNear(result.trend.s, expected.mk_on_z.S, tolerance, 'S of z');
  expectAllNear(result.trend.variance, expected.mk_on_z.var, tolerance, 'variance of S of z');
  expectAllNear(result.trend.z, expected.mk_on_z.z, tolerance, 'z of the trend of z');
  expectAllNear(result.trend.p, expected.mk_on_z.p, tolerance, 'p of the trend of z');
  for (let place = 0; place < places; place++) {
    const trend = accepted(mannKendall(rows.map((row) => row[place] ?? Number.NaN)));
    expectNear(trend.s, expected.mk_on_counts.S[place], tolerance, 'S of counts');
    expectNear(trend.variance, expected.mk_on_counts.var[place], tolerance, 'variance of S of counts');
    expectNear(trend.z, expected.mk_on_counts.z[place], tolerance, 'z of the trend of counts');
    expectNear(trend.p, expected.mk_on_counts.p[place], tolerance, 'p of the trend of counts');
  }
  expect(Array.from(result.category, (code) => EMERGING_CATEGORIES[code])).toEqual(
    expected.category_definition_derived,
  );
  const isNew = (place: number) => EMERGING_CATEGORIES[result.category[place] ?? 0]?.startsWith('new') ?? false;
  expect(Array.from(result.ambiguous, (flag, place) => flag === 1 && isNew(place))).toEqual(
    expected.category_ambiguous_new_vs_oscillating,
  );
}
