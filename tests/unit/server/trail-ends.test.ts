import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type TrailPoint, withoutEnds } from '../../../server/units/trail-ends.ts';

const MINUTE = 60_000;
/** A walk eastwards from a place: a step of so many metres each minute. */
function walk(from: number, steps: number, metres: number, begin = 0): TrailPoint[] {
  return Array.from({ length: steps }, (_, step) => [from + (step * metres) / 111_195, 0, begin + step * MINUTE]);
}

test('hides where a duty began, and where it ended once it is over', () => {
  const trail = walk(116, 21, 90);
  const now = 21 * MINUTE;
  expect(withoutEnds(trail, now, true)).toEqual(trail.slice(3));
  expect(withoutEnds(trail, now, false)).toEqual(trail.slice(3, 18));
  expect(withoutEnds(trail, now + 60 * MINUTE, true)).toEqual(trail.slice(3, 18));
});

test('a unit that never left home is nowhere; one that came back is hidden only at its ends', () => {
  const still = walk(116, 30, 0);
  expect(withoutEnds(still, 30 * MINUTE, true)).toEqual([]);
  const out = walk(116, 11, 90);
  const back = [...out].reverse().map(([lon, lat], step): TrailPoint => [lon, lat, (11 + step) * MINUTE]);
  const shown = withoutEnds([...out, ...back], 23 * MINUTE, false);
  expect(shown).toEqual([...out.slice(3), ...back.slice(0, 8)]);
});

test('each duty has ends of its own', () => {
  const evening = walk(116, 11, 90, 0);
  const morning = walk(116.5, 11, 90, 600 * MINUTE);
  const shown = withoutEnds([...evening, ...morning], 611 * MINUTE, true);
  expect(shown).toEqual([...evening.slice(3, 8), ...morning.slice(3)]);
});

test('never shows a point within 200 m of where a duty began', () => {
  const step = fc.record({ east: fc.integer({ min: -150, max: 150 }), minutes: fc.integer({ min: 1, max: 60 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.boolean(), (steps, isOnDuty) => {
      let [lon, time] = [116, 0];
      const trail = steps.map(({ east, minutes }): TrailPoint => {
        lon += east / 111_195;
        time += minutes * MINUTE;
        return [lon, 0, time];
      });
      const shown = withoutEnds(trail, time, isOnDuty);
      expect(trail).toEqual(expect.arrayContaining(shown));
      const [first] = trail;
      if (first && shown.length > 0) expect(shown[0]).not.toEqual(first);
    }),
  );
});
