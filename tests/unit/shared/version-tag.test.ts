import { expect, test } from 'vitest';
import { readIfMatch, versionConflict } from '../../../shared/version-tag.ts';

test.each([
  ['"3"', 3],
  [' "12" ', 12],
  // What comes through a server that compresses: the same version.
  ['W/"3"', 3],
])('%s names version %i', (header, version) => {
  expect(readIfMatch(header)).toBe(version);
});

test('no version at all is told from one that cannot be', () => {
  expect(() => readIfMatch(undefined)).toThrow(expect.objectContaining({ code: 'version_required', status: 428 }));
});

test.each(['', '3', '*', '"x"', '"-1"', '"1", "2"', '"1234567890"'])('%j is refused by its field', (header) => {
  const details = [expect.objectContaining({ field: 'headers.if-match' })];
  expect(() => readIfMatch(header)).toThrow(expect.objectContaining({ code: 'invalid_request', details }));
});

test('who changed an older version learns of which thing, and the current version', () => {
  const conflict = versionConflict('early warning', 7);
  expect([conflict.status, conflict.message]).toEqual([412, expect.stringMatching(/early warning .* now 7\./)]);
  expect(conflict.details).toEqual([{ field: 'headers.if-match', problem: 'is not the current version "7"' }]);
});
