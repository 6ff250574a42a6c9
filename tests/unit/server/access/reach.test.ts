import { expect, test } from 'vitest';
import type { Reach } from '../../../../server/access/grants.queries.ts';
import { covers, touches } from '../../../../server/access/reach.ts';
import { EVERYTHING, NOTHING, type Scope } from '../../../../server/access/scope.ts';

const KOTA: Scope = { key: '1|52.71', everything: false, codes: ['52.71'], jurisdictions: [1], drawn: [], within: [] };

const reach = (codes: string[], fields: Partial<Reach> = {}): Reach => ({
  id: 9,
  everything: false,
  codes,
  hasPolygons: false,
  ...fields,
});

/** What lies within a kota, all of it and any of it. */
test.each<[what: string, Reach, all: boolean, any: boolean]>([
  ['the kota itself', reach(['52.71']), true, true],
  ['parts of it', reach(['52.71.01', '52.71.02.1001']), true, true],
  ['its province', reach(['52']), false, true],
  ['a kota whose code begins alike', reach(['52.711']), false, false],
  ['a part of it and one of another', reach(['52.71.01', '52.08.01']), false, true],
  // Where a polygon lies is known to the database alone: nobody hands out what is not his own.
  ['a part of it and something drawn', reach(['52.71.01'], { hasPolygons: true }), false, true],
  ['something drawn by itself', reach([], { hasPolygons: true }), false, false],
  ['its own, with something drawn', reach(['52.71'], { id: 1, hasPolygons: true }), true, true],
  ['its own, drawn alone', reach([], { id: 1, hasPolygons: true }), true, true],
  ['its own, which was widened since', reach(['52.71', '52.08'], { id: 1 }), false, true],
  ['one without parts', reach([]), false, false],
  ['everything', reach([], { everything: true }), false, true],
])('%s', (_, one, all, any) => {
  expect([covers(KOTA, one), touches(KOTA, one)]).toEqual([all, any]);
  expect([covers(EVERYTHING, one), touches(EVERYTHING, one)]).toEqual([true, true]);
  expect(covers(NOTHING, one)).toBe(false);
});
