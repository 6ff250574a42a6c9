import { expect, test } from 'vitest';
import { specOf, standingOf } from '../../../../../client/analysis/saved/opened.ts';
import { firstSpec } from '../../../../../client/analysis/state.ts';
import type { SavedFigures } from '../../../../../shared/schemas/saved-analysis.ts';

const none = { patrol: 0, unverified: 0, void: 0, placeless: 0 };
const figures: SavedFigures = {
  asOf: '2026-11-22T00:00:00.000Z',
  total: { period: 3, baseline: 2 },
  leftOut: { period: none, baseline: none },
  places: 4,
  significant: null,
  measures: [],
  top: [],
};
const spec = { ...firstSpec('2026-11-22'), measure: 'rate' as const };
const analysis = { spec, figures, dataVersion: '7' };

test('the same figures, whether or not anything else has changed', () => {
  expect(standingOf(analysis, { spec, figures, dataVersion: '7' })).toEqual({ kind: 'same', data: true });
  expect(standingOf(analysis, { spec, figures, dataVersion: '8' })).toEqual({ kind: 'same', data: false });
});

test('another figure, another question, none yet', () => {
  const other = { ...figures, total: { period: 4, baseline: 2 } };
  expect(standingOf(analysis, { spec, figures: other, dataVersion: '7' })).toMatchObject({ kind: 'changed' });
  const asked = { ...spec, alpha: 0.01 };
  expect(standingOf(analysis, { spec: asked, figures, dataVersion: '7' })).toEqual({ kind: 'asked' });
  expect(standingOf(analysis, { spec, figures: undefined, dataVersion: undefined })).toEqual({ kind: 'computing' });
});

test('what could not be asked when it was saved is as it is at first', () => {
  const { expected: _, ...earlier } = spec;
  expect(specOf({ spec: earlier as typeof spec })).toEqual(spec);
});
