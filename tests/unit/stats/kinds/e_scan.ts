import { expect } from 'vitest';
import { type ScanCluster, scanStatistic } from '../../../../shared/stats/scan-statistic.ts';
import { scanLikelihood } from '../../../../shared/stats/scan-zones.ts';
import { spaceTimeScan } from '../../../../shared/stats/space-time-scan.ts';
import { accepted } from '../outcome.ts';
import { expectNear, type ReferenceCheck, type ReferenceFile } from '../reference-file.ts';

const SEED = 1997;

export const check: ReferenceCheck = (file) => {
  if (file.expected.most_likely) checkByHand(file);
  else if (file.expected.clusters) checkPoisson(file);
  else checkSpaceTime(file);
};

/** The places of a file, longitude first where they lie on the sphere. */
function placesOf({ coords, longlat, coords_order, earth_radius_km }: ReferenceFile['input']) {
  const isNorthFirst = /^lat/.test(coords_order ?? '');
  return {
    x: coords.map((at: number[]) => at[isNorthFirst ? 1 : 0]),
    y: coords.map((at: number[]) => at[isNorthFirst ? 0 : 1]),
    metric: longlat || earth_radius_km ? ('great-circle' as const) : ('euclidean' as const),
  };
}

/** How many replications the file's own p have, 999 where it does not say. */
const replicates = (text = '') => Number(/(\d+) replicates/.exec(text)?.[1] ?? 999);

const poisson = ({ input, tolerance }: ReferenceFile): ScanCluster[] =>
  accepted(
    scanStatistic(
      {
        ...placesOf(input),
        cases: input.cases,
        population: input.population,
      },
      {
        seed: SEED,
        simulations: replicates(tolerance.p?.reason),
        populationShare: input.ubpop,
        maxClusters: input.coords.length,
      },
    ),
  ).clusters;

function checkByHand(file: ReferenceFile): void {
  const { tolerance, input } = file;
  const { most_likely: theirs, single_area_llr: single } = file.expected;
  const [ours] = poisson(file);
  expect(ours?.places).toEqual(theirs.location_indices);
  expect(ours?.observed).toBe(theirs.observed);
  expectNear(ours?.expected, theirs.expected, tolerance, 'expected');
  expectNear(ours?.likelihood, theirs.llr, tolerance, 'llr');
  expectNear(ours?.relativeRisk, theirs.relative_risk, tolerance, 'relative risk');
  const sum = (values: number[]) => values.reduce((a, b) => a + b);
  const [cases, people] = [sum(input.cases), sum(input.population)];
  const inside = theirs.observed;
  expect(theirs.working).toBe(
    `${inside} ln(${inside}/${theirs.expected}) + ${cases - inside} ln(${cases - inside}/${cases - theirs.expected})`,
  );
  expect(Object.keys(single)).toHaveLength(input.cases.length);
  input.cases.forEach((count: number, i: number) => {
    const mean = (input.population[i] * cases) / people;
    expectNear(scanLikelihood(count, mean, cases), single[i], tolerance, `llr of place ${i}`);
  });
}

function checkPoisson(file: ReferenceFile): void {
  const { tolerance, input, expected } = file;
  const ours = poisson(file);
  expect(input.cases.reduce((a: number, b: number) => a + b)).toBe(expected.total_cases);
  if (expected.total_population)
    expect(input.population.reduce((a: number, b: number) => a + b)).toBe(expected.total_population);
  expected.clusters.forEach((theirs: Record<string, number> & { location_indices: number[] }, k: number) => {
    const cluster = ours[k];
    expect(cluster?.places).toEqual(theirs.location_indices);
    expect([cluster?.centre, cluster?.population, cluster?.observed]).toEqual([
      theirs.center_index,
      theirs.population,
      theirs.observed,
    ]);
    expectNear(cluster?.expected, theirs.expected ?? null, tolerance.llr, 'expected');
    expectNear(cluster?.relativeRisk, theirs.relative_risk ?? null, tolerance.llr, 'relative risk');
    expectNear(cluster?.ratio, theirs.smr ?? null, tolerance.llr, 'smr');
    expectNear(cluster?.likelihood, theirs.llr ?? null, tolerance.llr, 'llr');
    expectNear(cluster?.p, theirs.p_monte_carlo ?? null, tolerance.p, 'p');
  });
  for (const theirs of expected.satscan_9_6 ?? []) {
    const cluster = ours.find(({ places }) => places[0] === theirs.location_indices[0]);
    expect(cluster?.places).toEqual(theirs.location_indices);
    expect(cluster?.observed).toBe(theirs.observed);
    expectNear(cluster?.expected, theirs.expected, { abs: 0.005 }, 'expected, printed with two digits');
    expectNear(cluster?.relativeRisk, theirs.relative_risk, { abs: 0.005 }, 'relative risk, the same');
    expectNear(cluster?.likelihood, theirs.llr, tolerance.satscan_llr, 'llr of SaTScan');
    expectNear(cluster?.p, theirs.p_monte_carlo, tolerance.p, 'p of SaTScan');
  }
}

function checkSpaceTime({ tolerance, input, expected, conventions }: ReferenceFile): void {
  const counts: number[] = input.counts_time_by_location.flat();
  const places = input.coords.length;
  const events = (place: number) =>
    input.counts_time_by_location.reduce((sum: number, row: number[]) => sum + (row[place] ?? 0), 0);
  for (const key of Object.keys(expected)) {
    expect(['retrospective', 'prospective']).toContain(key);
    const { clusters } = accepted(
      spaceTimeScan(
        {
          ...placesOf(input),
          counts,
          periods: counts.length / places,
        },
        {
          seed: SEED,
          simulations: replicates(conventions.p),
          caseShare: input.max_cases_fraction,
          maxPeriods: input.max_time_periods,
          prospective: key === 'prospective',
          maxClusters: places,
        },
      ),
    );
    expected[key].forEach((theirs: Record<string, number> & Record<`location_${string}`, number[]>, k: number) => {
      const ours = clusters[k];
      const withCases = (members: number[] = []) => members.filter((place) => events(place) > 0).sort((a, b) => a - b);
      expect(withCases(ours?.places)).toEqual(theirs.location_indices_with_cases);
      expect(withCases(theirs.location_indices)).toEqual(theirs.location_indices_with_cases);
      expect([ours?.from, ours?.to, ours?.observed]).toEqual([theirs.time_start, theirs.time_end, theirs.observed]);
      expectNear(ours?.expected, theirs.expected ?? null, tolerance.llr, 'expected');
      expectNear(ours?.likelihood, theirs.llr ?? null, tolerance.llr, 'llr');
      expectNear(ours?.p, theirs.p_monte_carlo ?? null, tolerance.p, 'p');
    });
  }
}
