import { expect, test } from 'vitest';
import { distanceM, isJump, quarantineReason } from '../../../../server/positions/judge.ts';
import type { Fix } from '../../../../shared/schemas/position.ts';

const NOW = Date.parse('2026-11-22T04:00:00Z');
const DAY = 86_400_000;
const FIX: Fix = {
  time: NOW,
  lon: 116.1,
  lat: -8.58,
  alarm: '',
  speed: undefined,
  heading: undefined,
  altitude: undefined,
  accuracy: undefined,
  battery: undefined,
  flags: 0,
  attributes: undefined,
};

test.each<[Partial<Fix>, string | undefined]>([
  [{}, undefined],
  [{ time: undefined }, undefined],
  [{ lon: 0 }, undefined],
  [{ lat: 0 }, undefined],
  [{ lon: 180, lat: -90 }, undefined],
  [{ time: NOW + 300_000 }, undefined],
  [{ time: NOW - 30 * DAY }, undefined],
  [{ lon: 0, lat: 0 }, 'null_island'],
  [{ lon: 180.001 }, 'out_of_range'],
  [{ lat: -90.001 }, 'out_of_range'],
  [{ lon: Number.NaN }, 'not_a_number'],
  [{ lat: Number.POSITIVE_INFINITY }, 'not_a_number'],
  [{ time: NOW + 300_001 }, 'in_the_future'],
  [{ time: NOW - 30 * DAY - 1 }, 'too_old'],
  // The place is looked at first: without one the time says nothing.
  [{ lon: 0, lat: 0, time: NOW + DAY }, 'null_island'],
])('a fix with %j is kept apart as %s', (fields, reason) => {
  expect(quarantineReason({ ...FIX, ...fields }, NOW, 30 * DAY)).toBe(reason);
});

test('places a quarter of the way around the earth lie 10,008 km apart, also over the antimeridian', () => {
  const place = (lon: number, lat: number) => ({ time: 0, lon, lat });
  for (const [from, to] of [
    [place(0, 0), place(90, 0)],
    [place(135, 0), place(-135, 0)],
    [place(116, 0), place(20, 90)],
  ] as const)
    expect(distanceM(from, to)).toBeCloseTo((Math.PI / 2) * 6_371_008.8, 3);
  // Jakarta to Surabaya, cities' halls, by the haversine formula: some 664 km.
  expect(distanceM(place(106.8272, -6.1754), place(112.7508, -7.2575)) / 1000).toBeCloseTo(664, -1);
});

test('faster than 90 m/s is a jump; within one second everything counts as one', () => {
  const from = { time: NOW, lon: 116, lat: 0 };
  const degrees = (metres: number) => metres / 111_195.08;
  const after = (seconds: number, metres: number) => ({ time: NOW + seconds * 1000, lon: 116, lat: degrees(metres) });
  expect([isJump(from, after(10, 899)), isJump(from, after(10, 901))]).toEqual([false, true]);
  expect([isJump(from, after(0, 89)), isJump(from, after(0, 91))]).toEqual([false, true]);
  expect([isJump(from, after(-60, 89)), isJump(from, after(-60, 91))]).toEqual([false, true]);
});
