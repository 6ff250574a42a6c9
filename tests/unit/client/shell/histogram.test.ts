import fc from 'fast-check';
import { expect, test } from 'vitest';
import { histogram } from '../../../../client/shell/histogram.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-11-22T06:05:09Z');

test('every time within the span is counted once, in the bar that holds it', () => {
  const times = fc.array(fc.integer({ min: 0, max: 90 * DAY }), { maxLength: 50 });
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 90 * DAY }), fc.integer({ min: 12, max: 200 }), (ages, span, max) => {
      const inside = ages.filter((age) => age <= span).map((age) => NOW - age);
      const bars = histogram(inside, NOW - span, NOW, max, 8 * HOUR);
      expect(bars.counts.length).toBeLessThanOrEqual(max + 1);
      expect(bars.counts.reduce((sum, count) => sum + count, 0)).toBe(inside.length);
      expect(bars.most).toBe(Math.max(0, ...bars.counts));
      expect(bars.from).toBeLessThanOrEqual(NOW - span);
    }),
  );
});

test('bars of a day begin at midnight of the zone', () => {
  const bars = histogram([], NOW - 30 * DAY, NOW, 40, 8 * HOUR);
  expect(bars.width).toBe(DAY);
  expect(new Date(bars.from + 8 * HOUR).toISOString()).toMatch(/T00:00:00/);
});
