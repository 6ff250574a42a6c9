import { expect, test } from 'vitest';
import { foresightInput, namedCounts } from '../../../../client/analysis/foresight/foresight-source.ts';
import { inputOf, type PlaceSource, type StepSource } from '../../../../client/analysis/place-source.ts';
import { cellMiddle } from '../../../../shared/geo/grid.ts';
import { played } from '../../../../shared/measures/played.ts';
import type { AnalysisSpec } from '../../../../shared/schemas/analysis.ts';
import type { AreaCounts, AreaNeighbours, CellCounts, Grid } from '../../../../shared/schemas/hotspot.ts';

const spec: Pick<AnalysisSpec, 'per' | 'period' | 'baseline'> = {
  per: 'km2',
  period: { startsOn: '2024-01-01', endsOn: '2024-01-14' },
  baseline: null,
};
const grid: Grid = { shape: 'square', metres: 500, lon: 116, lat: -8 };
const cells = { grid, cells: { q: [0, 1], r: [0, 0], count: [3, 4], baselineCount: [0, 1] } } as unknown as CellCounts;
const areas = {
  level: 'desa',
  areas: {
    code: ['b', 'a'],
    name: ['B', 'A'],
    km2: [2, 0],
    lon: [1, 2],
    lat: [3, 4],
    count: [5, 6],
    baselineCount: [7, 8],
  },
} as unknown as AreaCounts;

test('the worker makes the columns of areas from what the server answered', () => {
  const list: AreaNeighbours = { version: 1, code: ['a', 'b'], start: [0, 1, 2], neighbour: [1, 0] };
  const series = { steps: 2, code: ['a', 'b'], place: [0, 1], step: [1, 0], count: [9, 2] };
  const source: PlaceSource = {
    spec,
    counts: areas,
    neighbours: { by: 'list', list },
    steps: { by: 'series', series },
  };
  const input = inputOf(source);
  expect([[...input.count], [...input.baselineCount], [...(input.population ?? [])]]).toEqual([
    [5, 6],
    [7, 8],
    [2, 0],
  ]);
  expect(input.neighbours).toEqual({ starts: Uint32Array.of(0, 1, 2), neighbours: Uint32Array.of(1, 0) });
  expect([...(input.series?.values ?? [])]).toEqual([2, 0, 0, 9]);
  expect(input.days).toEqual({ period: 14, baseline: 0 });
});

test('of cells it finds neighbours and steps by the grid, and the classes of what is played', () => {
  const from = Date.parse('2024-01-01T00:00:00+08:00');
  const [lon, lat] = cellMiddle(grid, { q: 1, r: 0 });
  const points = { lon: [lon, lon], lat: [lat, lat], occurredAt: [from, from + 8 * 86_400_000] };
  const steps: StepSource = { by: 'points', points, from, stepDays: 7, steps: 2 };
  const input = inputOf({ spec, counts: cells, neighbours: { by: 'grid' }, steps });
  expect([...(input.neighbours?.neighbours ?? [])]).toEqual([1, 0]);
  expect([...(input.series?.values ?? [])]).toEqual([0, 1, 0, 1]);
  expect(played(input)).toMatchObject({ ok: true, value: { steps: 2, breaks: { zero: true, upper: [1] } } });
  expect(played(inputOf({ spec, counts: cells, neighbours: undefined, steps: undefined }))).toMatchObject({
    ok: false,
    reason: 'too-short',
  });
});

test('weeks that follow are put in the order of the map’s places, and places it does not have are left out', () => {
  const source = { forecast: 'count', bandwidthM: null, alpha: 0.05, per: 'km2', points: undefined } as const;
  const week = {
    grid,
    cells: { q: [9, 1, 0], r: [9, 0, 0], count: [8, 2, 1], baselineCount: [] },
  } as unknown as CellCounts;
  const input = foresightInput({ ...source, counts: cells, neighbours: undefined, weeks: [namedCounts(week)] });
  expect(input.weeks).toEqual([Float64Array.of(1, 2)]);
  expect([input.km2[0], input.lon[1]]).toEqual([0.25, cellMiddle(grid, { q: 1, r: 0 })[0]]);
  const other = { ...areas, areas: { ...areas.areas, code: ['x', 'a'], count: [1, 3] } };
  const byArea = foresightInput({ ...source, counts: areas, neighbours: undefined, weeks: [namedCounts(other)] });
  expect(byArea.weeks).toEqual([Float64Array.of(0, 3)]);
  expect([...byArea.km2]).toEqual([2, 1e-6]);
});
