import { expect, test } from 'vitest';
import {
  cubeOf,
  cubeOfPoints,
  keysOf,
  neighboursOfAreas,
  neighboursOfCells,
  populationOf,
} from '../../../../client/analysis/places.ts';
import { daysOfStep, stepsOf } from '../../../../client/analysis/steps.ts';
import { cellMiddle } from '../../../../shared/geo/grid.ts';
import type { AreaCounts, CellCounts, CountSeries } from '../../../../shared/schemas/hotspot.ts';

const grid = { metres: 500, lon: 116, lat: -8.5 } as const;
function cells(shape: 'square' | 'hexagon', q: number[], r: number[]): CellCounts {
  const zeros = q.map(() => 0);
  return { grid: { shape, ...grid }, cells: { q, r, count: zeros, baselineCount: zeros } } as unknown as CellCounts;
}
const listsOf = ({ starts, neighbours }: { starts: Uint32Array; neighbours: Uint32Array }) =>
  [...starts.subarray(1)].map((end, at) => [...neighbours.subarray(starts[at], end)]);

test('squares have eight neighbours, hexagons six, as far as there are cells', () => {
  const q = [0, 1, 2, 0, 1, 2, 0, 1, 2];
  const r = [0, 0, 0, 1, 1, 1, 2, 2, 2];
  const squares = listsOf(neighboursOfCells(cells('square', q, r)));
  expect(squares[4]).toEqual([0, 1, 2, 3, 5, 6, 7, 8]);
  expect(squares[0]).toEqual([1, 3, 4]);
  const hexagons = listsOf(neighboursOfCells(cells('hexagon', q, r)));
  expect(hexagons[4]).toEqual([1, 2, 3, 5, 6, 7]);
  expect(hexagons[0]).toEqual([1, 3]);
});

test('neighbours of areas are those of the list of all, in the order of the answer', () => {
  const all = { version: 1, code: ['a', 'b', 'c', 'd'], start: [0, 1, 3, 4, 4], neighbour: [1, 0, 2, 1] };
  expect(listsOf(neighboursOfAreas(['c', 'x', 'b', 'd'], all))).toEqual([[2], [], [0], []]);
});

test('households that are not known are no denominator; cells have their area', () => {
  const areas = { areas: { households: [null, 12], tps: [0, 0], km2: [1.5, 2] } } as unknown as AreaCounts;
  expect([...(populationOf(areas, 'households') ?? [])]).toEqual([0, 12]);
  expect(populationOf(areas, 'tps')).toBeUndefined();
  const square = cells('square', [0], [0]);
  expect(populationOf(square, 'households')).toBeUndefined();
  expect([...(populationOf(square, 'km2') ?? [])]).toEqual([0.25]);
  expect(populationOf(cells('hexagon', [0], [0]), 'km2')?.[0]).toBeCloseTo(0.2165, 4);
});

test('a series becomes columns of the places of the answer', () => {
  const series = { steps: 3, code: ['a', 'b'], place: [0, 1, 1], step: [0, 0, 2], count: [4, 5, 6] };
  expect([...cubeOf(['b', 'a'], series as CountSeries).values]).toEqual([5, 4, 0, 0, 6, 0]);
});

test('incidents fall into the steps and cells they happened in', () => {
  const counts = cells('hexagon', [0, 1], [0, 0]);
  const [lon, lat] = cellMiddle(counts.grid, { q: 1, r: 0 });
  const from = Date.parse('2024-02-01T00:00:00+08:00');
  const day = 86_400_000;
  const points = {
    lon: [lon, lon, grid.lon, 0],
    lat: [lat, lat, grid.lat, 0],
    occurredAt: [from, from + 7 * day, from + 7 * day - 1, from],
  };
  const cube = cubeOfPoints(counts, { points }, { from, stepDays: 7, steps: 2 });
  expect(keysOf(counts)).toEqual(['0,0', '1,0']);
  expect([...cube.values]).toEqual([1, 1, 0, 1]);
});

test('steps are whole and end with the period', () => {
  const steps = stepsOf({ startsOn: '2024-01-01', endsOn: '2024-01-31' }, 7);
  expect(steps).toEqual({ span: { startsOn: '2024-01-04', endsOn: '2024-01-31' }, count: 4, stepDays: 7 });
  expect(daysOfStep(steps, 3)).toEqual({ startsOn: '2024-01-25', endsOn: '2024-01-31' });
  expect(stepsOf({ startsOn: '2024-01-01', endsOn: '2024-01-03' }, 7).count).toBe(0);
});
