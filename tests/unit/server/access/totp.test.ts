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
  expect(totp.confirm(1, code(secret))).toEqual({ secret, step: Math.floor(clock.now / 30_000) });
  expect(totp.confirm(1, code(secret))).toBeUndefined();
  const late = totp.begin(1, 'siti');
  clock.now += 10 * 60_000;
  expect(totp.confirm(1, code(late.secret))).toBeUndefined();
});

test('a code counts in its step and the ones beside it', () => {
  const totp = new Totp(() => clock.now);
  const { secret } = totp.begin(1, 'siti');
  const step = Math.floor(clock.now / 30_000);
  expect(totp.stepOf(secret, code(secret, clock.now - 60_000))).toBeUndefined();
  expect(totp.stepOf(secret, code(secret, clock.now - 30_000))).toBe(step - 1);
  expect(totp.stepOf(secret, code(secret, clock.now + 30_000))).toBe(step + 1);
  expect(totp.stepOf(secret, code(secret, clock.now + 60_000))).toBeUndefined();
  expect(totp.stepOf(secret, code(secret).replace(/^(...)/, '$1 '))).toBe(step);
  expect(totp.stepOf(secret, 'abcdef')).toBeUndefined();
});
