import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UnitStore } from '../../../../client/live/unit-store.ts';
import { AGE_STEPS_MS, ageStep, STALE_STEP } from '../../../../client/map/layers/units/age.ts';
import { CardPace, framePace, SHORTEST_PACE_MS } from '../../../../client/map/layers/units/frame-pace.ts';
import { rgb } from '../../../../client/map/layers/units/gl.ts';
import { placeOf, slotAt } from '../../../../client/map/layers/units/hit.ts';
import { chooseLabels } from '../../../../client/map/layers/units/label-choice.ts';
import { isDetailed, unitRadius } from '../../../../client/map/layers/units/unit-size.ts';

function storeAt(places: [x: number, y: number][]): UnitStore {
  const store = new UnitStore();
  store.count = places.length;
  store.slotOf = (id) => (id > 0 && id <= places.length ? id - 1 : -1);
  places.forEach(([x, y], slot) => {
    store.ids[slot] = slot + 1;
    store.fromX[slot] = store.toX[slot] = x;
    store.fromY[slot] = store.toY[slot] = y;
  });
  return store;
}

describe('age of a position', () => {
  test('fades in steps and is stale from the last on', () => {
    expect(ageStep(-5000)).toBe(0);
    expect(ageStep(0)).toBe(0);
    for (const [index, limit] of AGE_STEPS_MS.entries()) {
      expect(ageStep(limit - 1)).toBe(index);
      expect(ageStep(limit)).toBe(index + 1);
    }
    expect(ageStep(86_400_000)).toBe(STALE_STEP);
  });
});

describe('pointing at units', () => {
  test('finds the nearest within reach, where it is drawn at that moment', () => {
    const store = storeAt([
      [0.5, 0.5],
      [0.51, 0.5],
    ]);
    store.toX[1] = 0.53;
    store.startMs[1] = 1000;
    store.endMs[1] = 2000;
    expect(placeOf(store, 1, 1500).x).toBeCloseTo(0.52);
    expect(slotAt(store, 0.5201, 0.5, 0.001, 1500)).toBe(1);
    expect(slotAt(store, 0.5301, 0.5, 0.001, 1500)).toBe(-1);
    expect(slotAt(store, 0.5301, 0.5, 0.001, 9000)).toBe(1);
    expect(slotAt(store, 0.7, 0.5, 0.001, 1500)).toBe(-1);
  });

  test('agrees with looking at every distance', () => {
    const part = fc.double({ min: 0.4, max: 0.6, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(part, part), { maxLength: 30 }), part, part, (places, x, y) => {
        const distances = places.map(([px, py]) => Math.hypot(px - x, py - y));
        const nearest = Math.min(Infinity, ...distances);
        const found = slotAt(storeAt(places), x, y, 0.05, 0);
        if (nearest > 0.05) expect(found).toBe(-1);
        else expect(distances[found]).toBeCloseTo(nearest, 12);
      }),
    );
  });
});

describe('names of units', () => {
  const window = { left: 0.4, right: 0.6, top: 0.4, bottom: 0.6, pixel: 0.0001, zoom: 15 };

  test('names what is in the window and leaves out what would lie on another name', () => {
    const store = storeAt([
      [0.45, 0.5],
      [0.4501, 0.5],
      [0.55, 0.5],
      [0.7, 0.5],
    ]);
    expect(chooseLabels(store, window, 0, -1, new Set())).toEqual([1, 3]);
    expect(chooseLabels(store, window, 0, 2, new Set())).toEqual([2, 3]);
    expect(chooseLabels(store, window, 0, -1, new Set([2]))).toEqual([2, 3]);
  });

  test('from afar and in a crowd only the selected one', () => {
    const crowd = storeAt(Array.from({ length: 400 }, (_, at) => [0.41 + at * 0.0004, 0.5]));
    expect(chooseLabels(crowd, window, 0, -1, new Set())).toEqual([]);
    expect(chooseLabels(crowd, window, 0, 77, new Set())).toEqual([77]);
    expect(chooseLabels(storeAt([[0.5, 0.5]]), { ...window, zoom: 9 }, 0, -1, new Set())).toEqual([]);
  });
});

describe('drawing', () => {
  test('the pace follows the fastest unit and stays within its limits', () => {
    const world = 512 * 2 ** 15;
    expect(framePace(0, world)).toBe(500);
    expect(framePace(1, world)).toBe(SHORTEST_PACE_MS);
    const pace = framePace(0.1 / 100 / world, world);
    expect(pace).toBeCloseTo(100);
  });

  test('symbols never shrink with the zoom, and never grow with the crowd', () => {
    for (let zoom = 0; zoom < 20; zoom += 0.25)
      expect(unitRadius(zoom + 0.25, 10)).toBeGreaterThanOrEqual(unitRadius(zoom, 10));
    for (let count = 1; count < 20_000; count *= 2)
      expect(unitRadius(14, count * 2)).toBeLessThanOrEqual(unitRadius(14, count));
    expect([unitRadius(0, 1), unitRadius(22, 1)]).toEqual([4, 17]);
    expect([isDetailed(unitRadius(12, 60)), isDetailed(unitRadius(13, 10_000))]).toEqual([true, false]);
  });

  test('colours are read as the graphics card wants them', () => {
    expect(rgb('#FF8000E6')).toEqual([1, 128 / 255, 0]);
  });
});

describe('how long the graphics card is busy', () => {
  /** Draws `frames` frames on a card that takes `takesMs` for each. Returns how often it was asked, and when each was drawn. */
  function drive(pace: CardPace, takesMs: number, frames: number, from = 0) {
    let [now, asked, doneAt] = [from, 0, -Infinity];
    const drawnAt: number[] = [];
    while (drawnAt.length < frames) {
      asked++;
      const again = pace.ask(now < doneAt, now);
      if (again > 0) {
        now += again;
        continue;
      }
      drawnAt.push(now);
      doneAt = now + takesMs;
      pace.drawn(now);
      now += Math.max(SHORTEST_PACE_MS, pace.busyFor);
    }
    return { asked, drawnAt };
  }

  test('a quick card is asked once a frame and never waited for', () => {
    const pace = new CardPace();
    expect(drive(pace, 20, 100).asked).toBe(100);
    expect(pace.busyFor).toBe(0);
  });

  test('a slow card is asked little more than once a frame, and gets its next frame soon after it has done the last', () => {
    const { asked, drawnAt } = drive(new CardPace(), 60, 300);
    expect(asked).toBeLessThan(350);
    const [first = 0, last = 0] = [drawnAt[100], drawnAt[299]];
    expect((last - first) / 199).toBeLessThan(66);
  });

  test('one slow frame does not make those after it slow', () => {
    const pace = new CardPace();
    const { drawnAt } = drive(pace, 400, 2);
    expect(drawnAt[1]).toBeGreaterThanOrEqual(400);
    expect(pace.busyFor).toBeLessThan(SHORTEST_PACE_MS + 8);
  });
});
