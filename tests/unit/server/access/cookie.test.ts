import { describe, expect, test } from 'vitest';
import { readPrintCookie, sessionCookie } from '../../../../server/access/cookie.ts';

describe.each([
  [true, '__Host-ronda'],
  [false, 'ronda'],
])('the cookie of a session, over https: %s', (secure, name) => {
  const cookie = sessionCookie(secure);

  test('is read as it was written, among others and with blanks', () => {
    const [pair = ''] = cookie.write('aB3_-x', 60).split(';');
    expect(pair).toBe(`${name}=aB3_-x`);
    for (const header of [pair, `a=1; ${pair}`, `${pair};b=2`, `a=1;  ${pair} ; b=2`])
      expect(cookie.read(header)).toBe('aB3_-x');
  });

  test.each(['', name, `${name}=`, `x${name}=abc`, `${name}=a b`, `${name}=a%20b`, `${name}=${'a'.repeat(129)}`])(
    'is not in %j',
    (header) => {
      expect(cookie.read(header)).toBeUndefined();
    },
  );

  test('is kept from scripts and from requests of other pages, and ends with its session', () => {
    for (const header of [cookie.write('a', 60), cookie.clear()]) {
      expect(header).toMatch(/; Path=\/; HttpOnly; SameSite=Lax/);
      expect(header.endsWith('; Secure')).toBe(secure);
    }
    expect(cookie.write('a', 60)).toContain('; Max-Age=60; ');
    expect(cookie.clear()).toContain(`${name}=; Max-Age=0; `);
  });
});

test('each cookie is read by its own name', () => {
  const header = '__Host-ronda=secure; ronda=plain; ronda-print=paper';
  expect([sessionCookie(true).read(header), sessionCookie(false).read(header), readPrintCookie(header)]).toEqual([
    'secure',
    'plain',
    'paper',
  ]);
  expect(readPrintCookie('xronda-print=paper')).toBeUndefined();
});
