import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { changeWords } from '../../../../../client/analysis/saved/change-words.ts';
import type { SavedPlace } from '../../../../../shared/schemas/saved-analysis.ts';

const place: SavedPlace = {
  place: '98.71.01.1002',
  name: 'Melati',
  count: 40,
  baselineCount: 21,
  value: 1.9,
  p: 0.004,
};
const t = ((key: string) => key) as TFunction<'saved'>;

test.each([
  ['its count before all', { count: 41, value: 2, p: 0.001 }, '40 → 41'],
  ['its value', { value: 2.25, p: 0.001 }, 'change.value 1,9 → 2,25'],
  ['its p where nothing else did', { p: 0.0002 }, 'p 0,004 → < 0,001'],
  ['that it is tested no longer', { p: null }, 'p 0,004 → –'],
])('a changed place tells %s', (_, other, how) => {
  const change = { kind: 'place' as const, before: place, now: { ...place, ...other } };
  expect(changeWords(change, t, 'id')).toEqual({ what: 'Melati', how });
});
