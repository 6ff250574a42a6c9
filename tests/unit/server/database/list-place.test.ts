import { expect, test } from 'vitest';
import { readCursor, writeCursor } from '../../../../server/database/list-place.ts';

const PLACE = { time: '2026-11-22T01:02:03.000456Z', id: '01890000-0000-7000-8000-000000000000' };

test('a cursor gives back the place that it was made of', () => {
  expect(readCursor(writeCursor(PLACE))).toEqual(PLACE);
});

test.each([
  ['no cursor', 'x'],
  ['no UUID', writeCursor({ ...PLACE, id: '-'.repeat(36) })],
  ['more than a UUID', writeCursor({ ...PLACE, id: `urn:uuid:${PLACE.id}` })],
  ['no day', writeCursor({ ...PLACE, time: '2026-02-31T01:02:03.000456Z' })],
  ['no time', writeCursor({ ...PLACE, time: 'yesterday' })],
])('a made-up cursor is refused before the database sees it: %s', (_, cursor) => {
  const problem = 'is not one that this list gave; begin again without it';
  expect(() => readCursor(cursor)).toThrow(
    expect.objectContaining({ code: 'invalid_request', details: [{ field: 'query.cursor', problem }] }),
  );
});
