import { expect, test } from 'vitest';
import { initials } from '../../../../client/access/initials.ts';
import { cameBySetup, forgetSetup, rememberSetup } from '../../../../client/access/setup-offer.ts';
import { browserOf } from '../../../../client/access/user-agent.ts';
import { usernameFrom } from '../../../../client/admin/username.ts';

test.each([
  ['Siti Aminah', 'SA'],
  ['Nurhayati', 'N'],
  ['Muhammad Ridwan Al-Farizi', 'MA'],
  ['', ''],
])('initials of %j', (name, letters) => {
  expect(initials(name)).toBe(letters);
});

test.each([
  ['Baiq Rahmawati', 'baiq.rahmawati'],
  ['  H. Lalu Wirajaya, S.H. ', 'h.lalu.wirajaya.s.h'],
  ['Désirée', 'desiree'],
  ['山田', ''],
])('a user name for %j', (name, username) => {
  expect(usernameFrom(name)).toBe(username);
});

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36', 'Chrome', 'Linux'],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge', 'Windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1', 'Safari', 'iOS'],
  ['Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 'Firefox', 'Android'],
  ['curl/8', undefined, undefined],
])('%s', (userAgent, browser, system) => {
  expect(browserOf(userAgent)).toEqual({ browser, system });
});

test('that somebody came in by the setup link is known in this tab until it is put away', () => {
  const kept = new Map<string, string>();
  const tab = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  expect(cameBySetup(tab)).toBe(false);
  rememberSetup(tab);
  expect(cameBySetup(tab)).toBe(true);
  forgetSetup(tab);
  expect(cameBySetup(tab)).toBe(false);
});
