import { expect, test } from 'vitest';
import { tableQuery } from '../../../../../client/analysis/brief/table-query.ts';
import { firstSpec } from '../../../../../client/analysis/state.ts';
import type { AnalysisSpec } from '../../../../../shared/schemas/analysis.ts';

const spec: AnalysisSpec = {
  ...firstSpec('2026-11-22'),
  ...{ measure: 'moran', smoothing: 'local', alpha: 0.01, draws: 999, seed: 7, stepDays: 14 },
  baseline: { startsOn: '2026-09-01', endsOn: '2026-09-28', kind: 'weeks-before' },
  places: { kind: 'areas', level: 'rw' },
};
const asked = (audience: 'internal' | 'public', change: Partial<AnalysisSpec> = {}) =>
  Object.fromEntries(tableQuery({ ...spec, ...change }, audience, '+08:00'));

test('a file is asked for with the measure that is on the screen, and all that its p depends on', () => {
  expect(asked('internal')).toMatchObject({
    ...{ level: 'rw', audience: 'internal', baselineFrom: '2026-09-01T00:00:00+08:00' },
    ...{ measure: 'moran', smoothing: 'local', alpha: '0.01', fdr: 'true', draws: '999', seed: '7', stepDays: '14' },
  });
  expect(asked('internal', { draws: null }).draws).toBeUndefined();
});

test('the public is told of the comparison alone; a density, and a change without a baseline, are of no area', () => {
  expect(asked('public').measure).toBeUndefined();
  expect(asked('public')).toMatchObject({ audience: 'public', alpha: '0.01', fdr: 'true' });
  expect(asked('internal', { measure: 'density' }).measure).toBeUndefined();
  expect(asked('internal', { measure: 'change', baseline: null }).measure).toBeUndefined();
  expect(asked('internal', { measure: 'change' }).measure).toBe('change');
});
