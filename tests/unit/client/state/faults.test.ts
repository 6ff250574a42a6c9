import { expect, test } from 'vitest';
import type { AnswerNote } from '../../../../client/api/request.ts';
import { afterAnswer, serverNow, useFaults, wasAsleep } from '../../../../client/state/faults.ts';

const NOW = Date.parse('2026-11-22T06:05:09Z');
const NONE = useFaults.getInitialState();
const note = (part: Partial<AnswerNote>): AnswerNote => ({
  method: 'GET',
  path: '/api/units',
  status: 200,
  code: undefined,
  serverTime: undefined,
  ...part,
});

test('no answer at all is remembered from the first one on, until an answer comes', () => {
  const first = { ...NONE, ...afterAnswer(NONE, note({ status: 0 }), NOW) };
  expect(first.unreachable).toBe(NOW);
  const second = { ...first, ...afterAnswer(first, note({ status: 0 }), NOW + 5_000) };
  expect(second.unreachable).toBe(NOW);
  expect(afterAnswer(second, note({ status: 404, code: 'not_found' }), NOW)).toMatchObject({ unreachable: undefined });
});

test('a database that is gone is back with the next answer that needed it', () => {
  const gone = { ...NONE, ...afterAnswer(NONE, note({ status: 503, code: 'database_unavailable' }), NOW) };
  expect(gone.database).toBe(NOW);
  expect(afterAnswer(gone, note({ status: 403, code: 'forbidden' }), NOW)).not.toHaveProperty('database');
  expect(afterAnswer(gone, note({}), NOW)).toHaveProperty('database', undefined);
});

test('a full disk stays one while only reading works, until something is stored or the server is ready', () => {
  const full = { ...NONE, ...afterAnswer(NONE, note({ status: 507, method: 'POST' }), NOW) };
  expect(full.disk).toBe(NOW);
  expect(afterAnswer(full, note({}), NOW)).not.toHaveProperty('disk');
  expect(afterAnswer(full, note({ method: 'POST', path: '/api/access/sign-in' }), NOW)).not.toHaveProperty('disk');
  expect(afterAnswer(full, note({ method: 'POST', status: 201 }), NOW)).toHaveProperty('disk', undefined);
  expect(afterAnswer(full, note({ path: '/api/ready' }), NOW)).toHaveProperty('disk', undefined);
});

test.each([
  [119_000, undefined],
  [121_000, 121_000],
  [-121_000, -121_000],
])('a clock %d ms ahead of the server', (ahead, said) => {
  const me = note({ path: '/api/access/me', serverTime: NOW - ahead });
  expect(afterAnswer(NONE, me, NOW).clock).toBe(said);
});

test('only an answer that no cache keeps tells the time', () => {
  expect(afterAnswer(NONE, note({ serverTime: 0 }), NOW)).not.toHaveProperty('clock');
});

test('two minutes without a beat are sleep', () => {
  expect(wasAsleep(NOW, NOW + 119_000)).toBe(false);
  expect(wasAsleep(NOW, NOW + 121_000)).toBe(true);
});

test('ages are counted to the clock of the server, where this device’s is wrong', () => {
  useFaults.setState({ clock: 3_600_000 });
  try {
    expect(Math.abs(Date.now() - 3_600_000 - serverNow())).toBeLessThan(1_000);
  } finally {
    useFaults.setState(NONE);
  }
  expect(Math.abs(Date.now() - serverNow())).toBeLessThan(1_000);
});
