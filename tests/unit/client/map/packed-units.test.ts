import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UnitStore } from '../../../../client/live/unit-store.ts';
import { FIELDS, PackedUnits, STRIDE } from '../../../../client/map/layers/units/packed-units.ts';

const ALARM = 16;

/** A store of `count` units that stand still. */
function storeOf(count: number): UnitStore {
  const store = new UnitStore();
  store.count = count;
  for (let slot = 0; slot < count; slot++) {
    store.ids[slot] = slot + 1;
    store.fromX[slot] = store.toX[slot] = 0.8;
    store.fromY[slot] = store.toY[slot] = 0.5;
    store.heading[slot] = Number.NaN;
    store.fixMs[slot] = 1_000_000;
    store.startMs[slot] = store.endMs[slot] = 100;
  }
  return store;
}

function floatsOf(packed: PackedUnits, slot: number): Float32Array {
  return new Float32Array(packed.bytes.buffer, slot * STRIDE, STRIDE / 4);
}

describe('packing units for the graphics card', () => {
  test('sends all at first, then only what changed', () => {
    const store = storeOf(500);
    const packed = new PackedUnits();
    expect(packed.update(store, 1000, 2_000_000, ALARM)).toEqual([{ from: 0, to: 500 }]);
    expect(packed.update(store, 1100, 2_000_100, ALARM)).toEqual([]);
    store.startMs[7] = 1200;
    store.toX[7] = 0.80001;
    store.endMs[7] = 2200;
    store.startMs[9] = 1200;
    store.status[400] = 1;
    expect(packed.update(store, 1200, 2_000_200, ALARM)).toEqual([
      { from: 7, to: 10 },
      { from: 400, to: 401 },
    ]);
    expect(packed.movingUntil).toBe(2200);
    expect(packed.fastest).toBeCloseTo(0.00001 / 1000, 12);
  });

  test('a unit that takes over the slot of one that left is sent', () => {
    const store = storeOf(3);
    const packed = new PackedUnits();
    packed.update(store, 1000, 2_000_000, ALARM);
    store.ids[1] = 3;
    store.count = 2;
    expect(packed.update(store, 1100, 2_000_100, ALARM)).toEqual([{ from: 1, to: 2 }]);
    expect(packed.count).toBe(2);
  });

  test('places keep a centimetre although floats alone would lose metres', () => {
    const worldMetres = 40_075_017;
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (x) => {
        const store = storeOf(1);
        store.fromX[0] = store.toX[0] = x;
        const packed = new PackedUnits();
        packed.update(store, 1000, 2_000_000, ALARM);
        const floats = floatsOf(packed, 0);
        const back = (floats[FIELDS.high.at / 4] ?? 0) + (floats[FIELDS.low.at / 4] ?? 0);
        expect(Math.abs(back - x) * worldMetres).toBeLessThan(0.01);
      }),
    );
  });

  test('times are packed from a base that is renewed before floats grow coarse', () => {
    const store = storeOf(1);
    const packed = new PackedUnits();
    packed.update(store, 1000, 2_000_000, ALARM);
    expect(packed.baseMs).toBe(1000);
    expect(floatsOf(packed, 0)[FIELDS.time.at / 4]).toBe(-900);
    const later = 1000 + 2 * 60 * 60_000;
    expect(packed.update(store, later, 2_000_000 + later, ALARM)).toEqual([{ from: 0, to: 1 }]);
    expect(packed.baseMs).toBe(later);
  });

  test('unknown headings are −1, alarms are listed', () => {
    const store = storeOf(2);
    store.heading[1] = 90;
    store.flags[1] = ALARM;
    const packed = new PackedUnits();
    packed.update(store, 1000, 2_000_000, ALARM);
    expect(floatsOf(packed, 0)[9]).toBe(-1);
    expect(floatsOf(packed, 1)[9]).toBe(90);
    expect(packed.alarms).toEqual([1]);
  });
});
