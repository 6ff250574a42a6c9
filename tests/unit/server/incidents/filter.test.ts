import { expect, test } from 'vitest';
import { readFilter } from '../../../../server/incidents/filter.ts';

test('what is not asked for does not narrow', () => {
  expect(readFilter({})).toEqual({});
  expect(readFilter({ q: '  ' })).toEqual({});
});

test('every parameter narrows by itself', () => {
  const filter = readFilter({
    bbox: '116.0,-8.7,116.2,-8.5',
    categories: 'kamtibmas, bencana',
    severities: 'critical',
    statuses: 'new,verified',
    sources: 'patrol',
    from: '2026-11-22T00:00:00+08:00',
    to: '2026-11-22T16:00:00Z',
    area: '52.71',
    q: ' simpang tiga ',
  });
  expect(filter).toEqual({
    bbox: [116, -8.7, 116.2, -8.5],
    categories: ['kamtibmas', 'bencana'],
    severities: ['critical'],
    statuses: ['new', 'verified'],
    sources: ['patrol'],
    from: new Date('2026-11-21T16:00:00Z'),
    to: new Date('2026-11-22T16:00:00Z'),
    area: '52.71',
    text: 'simpang tiga',
  });
});

test('a box may cross the antimeridian: its west is beyond its east then', () => {
  expect(readFilter({ bbox: '170,-10,-170,10' }).bbox).toEqual([170, -10, -170, 10]);
});

test.each(['', '1,2,3', '1,2,3,4,5', '1,,3,4', 'a,b,c,d', '-181,0,0,1', '0,-91,1,0', '0,2,1,1'])(
  'the box %j is refused by its field',
  (bbox) => {
    const details = [expect.objectContaining({ field: 'query.bbox' })];
    expect(() => readFilter({ bbox })).toThrow(expect.objectContaining({ code: 'invalid_request', details }));
  },
);

test.each(['categories', 'severities', 'statuses', 'sources'] as const)(
  'a value of %s that is not known is refused with those that are',
  (name) => {
    for (const text of ['x', '', ',', 'new,']) {
      const details = [{ field: `query.${name}`, problem: expect.stringMatching(/not known; use \w+, /) }];
      expect(() => readFilter({ [name]: text })).toThrow(expect.objectContaining({ status: 400, details }));
    }
  },
);
