import { expect, test } from 'vitest';
import { isOwnOrigin } from '../../../../server/access/origin.ts';

test.each([
  ['http://ronda.test', 'ronda.test', undefined],
  // A proxy may speak https for the server.
  ['https://ronda.test', 'Ronda.Test', undefined],
  ['http://127.0.0.1:8080', '127.0.0.1:8080', undefined],
  ['https://ronda.test', 'behind:3000', 'https://ronda.test/'],
])('a page of %s is this server’s, which is asked as %s', (origin, host, publicUrl) => {
  expect(isOwnOrigin(origin, host, publicUrl)).toBe(true);
});

test.each([
  [undefined, 'ronda.test', undefined],
  ['null', 'ronda.test', undefined],
  ['', 'ronda.test', undefined],
  ['https://ronda.test', undefined, undefined],
  ['https://evil.test', 'ronda.test', undefined],
  ['https://ronda.test.evil.test', 'ronda.test', undefined],
  ['https://ronda.test:8443', 'ronda.test', undefined],
  ['chrome-extension://ronda.test', 'ronda.test', undefined],
  ['http://ronda.test', 'ronda.test', 'https://ronda.test'],
])('a page of %s is not', (origin, host, publicUrl) => {
  expect(isOwnOrigin(origin, host, publicUrl)).toBe(false);
});
