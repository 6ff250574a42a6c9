import { expect, test } from 'vitest';
import type { Counted } from '../../../../../client/analysis/counted.ts';
import { countedFor } from '../../../../../client/analysis/repeat/counted-for.ts';

const [earlier, later] = ['2026-11-22T01:00:00.000Z', '2026-11-22T01:00:05.000Z'];
const baseline = { from: '2026-09-01T00:00:00.000Z', to: '2026-10-01T00:00:00.000Z' };
const none = { patrol: 0, unverified: 0, void: 0, placeless: 0 };
const points: Counted = {
  total: { period: 40, baseline: 0 },
  leftOut: { period: { patrol: 3, unverified: 2, void: 1, placeless: 0 }, baseline: none },
  coarse: { period: 0, baseline: 0 },
  accuracyUnknown: { period: 5, baseline: 0 },
  ...{ baseline: null, asOf: later, dataVersion: 'a' },
};
const areas: Counted = {
  total: { period: 36, baseline: 30 },
  leftOut: { period: { ...points.leftOut.period, placeless: 4 }, baseline: { ...none, void: 6 } },
  coarse: { period: 2, baseline: 1 },
  accuracyUnknown: { period: 5, baseline: 8 },
  ...{ baseline, asOf: earlier, dataVersion: 'a' },
};

test('near repeats rest on all incidents of the period, clusters among areas on those within them besides', () => {
  expect(countedFor(points, undefined, 'households')).toBe(points);
  expect(countedFor(points, areas, 'households')).toEqual({
    ...points,
    leftOut: { period: { patrol: 3, unverified: 2, void: 1, placeless: 4 }, baseline: none },
    coarse: { period: 2, baseline: 0 },
    asOf: earlier,
  });
});

test('the baseline is told of where clusters go by it, and nowhere else', () => {
  expect(countedFor(points, { ...areas, dataVersion: 'b' }, 'baseline')).toEqual({
    ...areas,
    total: { period: 40, baseline: 30 },
    dataVersion: 'a · b',
  });
  expect(countedFor(points, areas, 'tps').baseline).toBeNull();
});
