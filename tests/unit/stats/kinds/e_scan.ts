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

const poisson = ({ input }: ReferenceFile): ScanCluster[] =>
  accepted(
    scanStatistic(
      {
        x: input.coords.map(([x]: [number]) => x),
        y: input.coords.map(([, y]: [number, number]) => y),
        cases: input.cases,
        population: input.population,
      },
      { seed: SEED, populationShare: input.ubpop, maxClusters: 100 },
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
  expect(theirs.working).toBe('14 ln(14/8) + 2 ln(2/8)');
  input.cases.forEach((count: number, i: number) => {
    expectNear(scanLikelihood(count, 4, 16), single[i], tolerance, `llr of place ${i}`);
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

function checkSpaceTime({ tolerance, input, expected }: ReferenceFile): void {
  const counts: number[] = input.counts_time_by_location.flat();
  const places = input.coords.length;
  const events = (place: number) =>
    input.counts_time_by_location.reduce((sum: number, row: number[]) => sum + (row[place] ?? 0), 0);
  for (const [key, prospective] of [
    ['retrospective', false],
    ['prospective', true],
  ] as const) {
    const { clusters } = accepted(
      spaceTimeScan(
        {
          x: input.coords.map(([lon]: [number]) => lon),
          y: input.coords.map(([, lat]: [number, number]) => lat),
          counts,
          periods: counts.length / places,
          metric: 'great-circle',
        },
        {
          seed: SEED,
          simulations: 199,
          caseShare: input.max_cases_fraction,
          maxPeriods: input.max_time_periods,
          prospective,
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
