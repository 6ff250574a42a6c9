import { expect, test } from 'vitest';
import { type Counted, countedTogether } from '../../../../client/analysis/counted.ts';

const of = (n: number, asOf: string, dataVersion: string): Counted => ({
  total: { period: n, baseline: 2 * n },
  leftOut: {
    period: { patrol: n, unverified: 1, void: 0, placeless: 0 },
    baseline: { patrol: 0, unverified: 0, void: n, placeless: 2 },
  },
  coarse: { period: 1, baseline: 0 },
  accuracyUnknown: { period: n, baseline: 0 },
  ...{ baseline: null, asOf, dataVersion },
});

test('what several answers count is added up, as of the oldest of them and with each of their versions', () => {
  const [earlier, later] = ['2026-11-22T01:00:00.000Z', '2026-11-22T01:00:05.000Z'];
  expect(countedTogether([of(3, later, 'b'), of(4, earlier, 'a'), of(0, later, 'b')])).toEqual({
    ...of(7, earlier, 'b · a'),
    leftOut: {
      period: { patrol: 7, unverified: 3, void: 0, placeless: 0 },
      baseline: { patrol: 0, unverified: 0, void: 7, placeless: 6 },
    },
    coarse: { period: 3, baseline: 0 },
  });
  expect(countedTogether([])).toBeUndefined();
});
