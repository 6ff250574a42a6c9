import { Secret, TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import { Totp } from '../../../../server/access/totp.ts';

const clock = { now: Date.parse('2026-11-22T08:00:10Z') };
const code = (secret: string, at = clock.now) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });

test('a secret counts once a code of it is confirmed, within ten minutes', () => {
  const totp = new Totp(() => clock.now);
  const { secret, uri } = totp.begin(1, 'siti');
  expect(uri).toMatch(/^otpauth:\/\/totp\/Ronda:siti\?issuer=Ronda&secret=[A-Z2-7]{32}&/);
  expect(totp.confirm(1, '000000')).toBeUndefined();
  expect(totp.confirm(2, code(secret))).toBeUndefined();
  expect(totp.confirm(1, code(secret))).toBe(secret);
  expect(totp.confirm(1, code(secret))).toBeUndefined();
  const late = totp.begin(1, 'siti');
  clock.now += 10 * 60_000;
  expect(totp.confirm(1, code(late.secret))).toBeUndefined();
});

test('a code counts once, in its step and the ones beside it', () => {
  const totp = new Totp(() => clock.now);
  const { secret } = totp.begin(1, 'siti');
  expect(totp.check(1, secret, code(secret, clock.now - 60_000))).toBe(false);
  expect(totp.check(1, secret, code(secret, clock.now - 30_000))).toBe(true);
  expect(totp.check(1, secret, code(secret, clock.now - 30_000))).toBe(false);
  expect(totp.check(1, secret, code(secret, clock.now + 30_000))).toBe(true);
  // The one of now is older than one that was used.
  expect(totp.check(1, secret, code(secret))).toBe(false);
  expect(totp.check(1, secret, 'abcdef')).toBe(false);
  expect(totp.check(2, secret, code(secret).replace(/^(...)/, '$1 '))).toBe(true);
});
