import { expect, test } from 'vitest';
import { wallFigures } from '../../../../client/shell/wall-figures.ts';
import { incidentPoint } from '../../../support/incident-points.ts';

const NOW = Date.parse('2026-11-22T06:00:00Z');
const HOUR = 3_600_000;

test('open, waiting and of the last day are counted of all, however old', () => {
  const points = [
    incidentPoint({ id: 'a', status: 'new', occurredAt: NOW - HOUR, area: '98.01.01.1001' }),
    incidentPoint({ id: 'b', status: 'verified', occurredAt: NOW - 200 * HOUR, area: '98.01.02.1001' }),
    incidentPoint({ id: 'c', status: 'resolved', occurredAt: NOW - 23 * HOUR, area: '98.01.03.1001' }),
    incidentPoint({ id: 'd', status: 'new', occurredAt: NOW - 24 * HOUR, area: '' }),
  ];
  expect(wallFigures(points, NOW)).toEqual({
    open: 3,
    waiting: 2,
    lastDay: 2,
    byStatus: [
      { status: 'new', count: 2 },
      { status: 'verified', count: 1 },
      { status: 'resolved', count: 1 },
    ],
    focuses: ['98.01.01', '98.01.02'],
  });
});

test('of many kecamatan the twelve with most open incidents are looked at, in the order of their codes', () => {
  const points = Array.from({ length: 14 }, (_, index) =>
    Array.from({ length: index + 1 }, (_, each) =>
      incidentPoint({
        id: `${index}-${each}`,
        status: 'new',
        area: `98.01.${String(20 - index).padStart(2, '0')}.1001`,
      }),
    ),
  ).flat();
  const { focuses } = wallFigures(points, NOW);
  expect(focuses).toEqual(Array.from({ length: 12 }, (_, index) => `98.01.${String(index + 7).padStart(2, '0')}`));
});
