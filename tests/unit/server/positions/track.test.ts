import { expect, test } from 'vitest';
import { Tracks } from '../../../../server/positions/track.ts';

const UNIT = 7;
/** A sighting so many seconds on, so many kilometres north of the first place. */
const at = (seconds: number, km: number) => ({ time: seconds * 1000, lon: 116, lat: -8 + km / 111.195 });

/** Which of the sightings, in the order of their arrival, are jumps. */
function jumps(sightings: readonly ReturnType<typeof at>[]): boolean[] {
  const tracks = new Tracks();
  return sightings.map((sighting) => tracks.see(UNIT, sighting));
}

test('a drive is no jump', () => {
  expect(jumps([at(0, 0), at(60, 1), at(120, 2), at(3600, 60)])).toEqual([false, false, false, false]);
});

test('one stray fix is a jump, and the return from it is none', () => {
  expect(jumps([at(0, 0), at(10, 500), at(20, 0.1), at(30, 0.2)])).toEqual([false, true, false, false]);
});

test('a unit that was carried elsewhere is certain again with its second fix there', () => {
  expect(jumps([at(0, 0), at(10, 500), at(20, 500.1), at(30, 500.2)])).toEqual([false, true, false, false]);
});

test('two strays in different places are two jumps', () => {
  expect(jumps([at(0, 0), at(10, 500), at(20, -500), at(30, 0.1)])).toEqual([false, true, true, false]);
});

test('what arrives late, from before what is known, is not judged and changes nothing', () => {
  expect(jumps([at(100, 0), at(50, 500), at(110, 0.1)])).toEqual([false, false, false]);
});

test('units are judged by themselves, and after they were forgotten anew', () => {
  const tracks = new Tracks();
  tracks.load(1, at(0, 0), false);
  expect([tracks.see(1, at(10, 500)), tracks.see(2, at(10, 500))]).toEqual([true, false]);
  tracks.forget(1);
  expect([tracks.see(1, at(20, -500)), tracks.newest(1)]).toEqual([false, Number.NEGATIVE_INFINITY]);
});

test('a position is the newest only when no newer one is durable', () => {
  const tracks = new Tracks();
  expect([tracks.newest(UNIT), tracks.advance(UNIT, 1000, false)]).toEqual([Number.NEGATIVE_INFINITY, false]);
  tracks.load(UNIT, at(10, 0), false);
  const advances = [9_000, 10_000, 11_000].map((time) => tracks.advance(UNIT, time, false));
  expect(advances).toEqual([false, false, true]);
  expect(tracks.newest(UNIT)).toBe(11_000);
});

test('an alarm takes the place of a position of the same time, and is not taken from it', () => {
  const tracks = new Tracks();
  tracks.load(UNIT, at(10, 0), false);
  expect(tracks.isNewest(UNIT, 10_000, true)).toBe(true);
  expect([tracks.advance(UNIT, 10_000, true), tracks.advance(UNIT, 10_000, false)]).toEqual([true, false]);
  expect([tracks.isNewest(UNIT, 10_000, true), tracks.isNewest(UNIT, 10_001, false)]).toEqual([false, true]);
});
