import { expect, test } from 'vitest';
import type { Texts } from '../../../../../client/analysis/map/figure-words.ts';
import { areaName, searchedPlace } from '../../../../../client/analysis/repeat/where.ts';
import type { AreaCounts } from '../../../../../shared/schemas/hotspot.ts';

const t = ((key: string) => key) as Texts;
const counted = (level: AreaCounts['level'], code: string, name: string) =>
  ({ level, areas: { code: [code], name: [name] } }) as AreaCounts;

test('an RW in the middle of a cluster is told with its desa, anything else by its name', () => {
  expect(searchedPlace(counted('rw', '98.71.01.1001.RW005', 'RW 005'), 0, t)).toEqual({
    code: '98.71.01.1001.RW005',
    name: 'RW 005, 98.71.01.1001',
  });
  expect(searchedPlace(counted('desa', '98.71.01.1001', 'Ampenan'), 0, t).name).toBe('Ampenan');
  const path = ['Ampenan Tengah', 'Ampenan'];
  expect(areaName({ name: 'RW 005', level: 'rw', path })).toBe('RW 005, Ampenan Tengah');
  expect(areaName({ name: 'Ampenan', level: 'desa', path })).toBe('Ampenan');
  expect(areaName({ name: 'RW 005', level: 'rw', path: [] })).toBe('RW 005');
});
