import { expect, test } from 'vitest';
import { areaName, namedWithDesa } from '../../../../../client/analysis/repeat/where.ts';

test('an RW in the middle of a cluster is told with its desa, anything else by its name', () => {
  const rw = { code: '98.71.01.1001.RW005', name: 'RW 005, 98.71.01.1001' };
  const desa = { code: '98.71.01.1001', name: 'Ampenan Tengah' };
  expect(namedWithDesa([desa, rw, { code: '' }])).toEqual([{ key: '98.71.01.1001.RW005' }]);
  // What is named by the answer itself needs no desa.
  expect(namedWithDesa([{ code: '98.71.01.1001.RW005' }])).toEqual([]);
  const path = ['Ampenan Tengah', 'Ampenan'];
  expect(areaName({ name: 'RW 005', level: 'rw', path })).toBe('RW 005, Ampenan Tengah');
  expect(areaName({ name: 'Ampenan', level: 'desa', path })).toBe('Ampenan');
  expect(areaName({ name: 'RW 005', level: 'rw', path: [] })).toBe('RW 005');
});
