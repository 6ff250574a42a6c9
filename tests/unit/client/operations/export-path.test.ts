import { expect, test } from 'vitest';
import { exportPath } from '../../../../client/operations/export-path.ts';
import { NO_FILTER } from '../../../../client/state/view.ts';

const NOW = Date.parse('2026-11-22T08:00:00Z');
const parametersOf = (path: string) => Object.fromEntries(new URL(path, 'http://ronda.test').searchParams);

test('what the list shows is asked for: the filter, its hours until now, the window', () => {
  expect(parametersOf(exportPath(NO_FILTER, undefined, NOW))).toEqual({ from: '2026-11-15T08:00:00.000Z' });
  const filter = {
    ...NO_FILTER,
    categories: ['pemilu', 'sar'] as const,
    severities: ['critical'] as const,
    hours: undefined,
    area: '52.71',
    between: [NOW - 3_600_000, NOW] as [number, number],
  };
  const chosen = { ...filter, categories: [...filter.categories], severities: [...filter.severities] };
  expect(parametersOf(exportPath(chosen, [116.0123456789, -8.7, 116.2, -8.5], NOW))).toEqual({
    categories: 'pemilu,sar',
    severities: 'critical',
    from: '2026-11-22T07:00:00.000Z',
    to: '2026-11-22T08:00:00.000Z',
    area: '52.71',
    bbox: '116.012346,-8.7,116.2,-8.5',
  });
});

test('of two beginnings the later counts', () => {
  const between: [number, number] = [NOW - 100 * 3_600_000, NOW];
  expect(parametersOf(exportPath({ ...NO_FILTER, hours: 24, between }, undefined, NOW)).from).toBe(
    '2026-11-21T08:00:00.000Z',
  );
});
