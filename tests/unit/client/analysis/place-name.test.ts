import { expect, test } from 'vitest';
import { placeName, type Texts } from '../../../../client/analysis/map/figure-words.ts';
import type { AreaCounts } from '../../../../shared/schemas/hotspot.ts';

const t = (() => '') as unknown as Texts;

test('an RW is named with its desa, and with the code of that as long as its name is not known', () => {
  const counts = { level: 'rw', areas: { name: ['RW 009'], code: ['98.71.02.1002.RW009'] } } as unknown as AreaCounts;
  expect(placeName(counts, 0, t, 'Taman Asri')).toBe('RW 009, Taman Asri');
  expect(placeName(counts, 0, t)).toBe('RW 009, 98.71.02.1002');
});

test('an area of any other level is named by its name alone', () => {
  const counts = { level: 'desa', areas: { name: ['Taman Asri'], code: ['98.71.02.1002'] } } as unknown as AreaCounts;
  expect(placeName(counts, 0, t)).toBe('Taman Asri');
});
