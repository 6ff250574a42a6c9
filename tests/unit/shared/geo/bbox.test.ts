import { expect, test } from 'vitest';
import { parseBbox } from '../../../../shared/geo/bbox.ts';

test.each([
  ['116.0,-8.7,116.2,-8.5', [116, -8.7, 116.2, -8.5]],
  [' +95 , -11. ,141,.5', [95, -11, 141, 0.5]],
  ['-180,-90,180,90', [-180, -90, 180, 90]],
])('%j is west, south, east and north', (text, expected) => {
  expect(parseBbox(text)).toEqual(expected);
});

test.each([
  ['', 'four numbers'],
  ['1,2,3', 'four numbers'],
  ['1,2,3,4,5', 'four numbers'],
  ['1,2,3,', 'four numbers'],
  ['1,2,3,1e1', 'four numbers'],
  ['1,2,3,0x4', 'four numbers'],
  ['1,2,3,Infinity', 'four numbers'],
  ['-181,0,0,1', 'longitude'],
  ['0,0,180.1,1', 'longitude'],
  ['0,-90.1,1,1', 'latitude'],
  ['0,0,1,91', 'latitude'],
  ['170,0,-170,1', 'antimeridian'],
  ['0,1,1,0', 'south above its north'],
])('%j is refused for its %s', (text, problem) => {
  const details = [{ field: 'query.bbox', problem: expect.stringContaining(problem) }];
  expect(() => parseBbox(text)).toThrow(expect.objectContaining({ code: 'invalid_request', details }));
});

test('the field is named that holds it', () => {
  expect(() => parseBbox('x', 'query.window')).toThrow(/^query\.window is not four numbers/);
});
