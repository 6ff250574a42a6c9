import { beforeEach, describe, expect, test } from 'vitest';
import { UnitStore } from '../../../../client/live/unit-store.ts';
import { cellOfSteps, fromSteps, toSteps } from '../../../../shared/live/cells.ts';
import { FrameWriter } from '../../../../shared/live/frame-writer.ts';
import { FRAME } from '../../../../shared/live/frames.ts';
import { ORGANISATIONS } from '../../../../shared/schemas/unit.ts';

const BASE = 1_763_700_000_000;
/** About 40 m. */
const STEP = 1e-6;
const [X, Y] = [0.8, 0.52];

let store: UnitStore;
beforeEach(() => {
  store = new UnitStore();
});

/** A frame with one unit at X + way, taken at `now`. */
function fix(way: number, now: number, id = 7): void {
  const writer = new FrameWriter();
  writer.header(FRAME.changes, BASE + now);
  const [x, y] = [toSteps(X + way), toSteps(Y)];
  writer.cell(cellOfSteps(x, y), 1, false);
  writer.unit(id, x, y, 1, 0, 0, 64, 4);
  store.takeFrame(writer.bytes.slice(0, writer.at).buffer, now);
}

const at = (way: number) => fromSteps(toSteps(X + way));
const motion = () => [store.fromX[0], store.toX[0], store.startMs[0], store.endMs[0]];

describe('the unit store', () => {
  test('a first fix stands still', () => {
    fix(0, 1000);
    expect(motion()).toEqual([at(0), at(0), 1000, 1000]);
    expect([store.heading[0], store.speed[0], store.status[0], store.fixMs[0]]).toEqual([90, 1, 1, BASE + 1000]);
  });

  test('the next is moved to over the time since the last, five seconds at most', () => {
    fix(0, 1000);
    fix(STEP, 3000);
    expect(motion()).toEqual([at(0), at(STEP), 3000, 5000]);
    fix(2 * STEP, 15_000);
    expect(motion()).toEqual([at(STEP), at(2 * STEP), 15_000, 20_000]);
  });

  test('a fix that comes early goes on from where the marker is drawn', () => {
    fix(0, 0);
    fix(STEP, 1000);
    fix(2 * STEP, 1500);
    expect(store.fromX[0]).toBeCloseTo((at(0) + at(STEP)) / 2, 12);
    expect([store.startMs[0], store.endMs[0]]).toEqual([1500, 2000]);
  });

  test('after a long silence, or over a long way, the marker jumps', () => {
    fix(0, 0);
    fix(STEP, 31_000);
    expect(motion()).toEqual([at(STEP), at(STEP), 31_000, 31_000]);
    fix(0.01, 32_000);
    expect(motion()).toEqual([at(0.01), at(0.01), 32_000, 32_000]);
  });

  test('the same fix again does not restart the movement', () => {
    fix(0, 0);
    fix(STEP, 1000);
    fix(STEP, 1200);
    expect(motion()).toEqual([at(0), at(STEP), 1000, 2000]);
  });

  test('a unit that stood for long, but was heard, moves and does not jump', () => {
    for (let second = 0; second <= 60; second++) fix(0, second * 1000);
    fix(STEP, 61_000);
    expect(motion()).toEqual([at(0), at(STEP), 61_000, 62_000]);
  });

  test('names and organisations reach units that are shown and units that come later', () => {
    const unit = (id: number) =>
      ({ id, callsign: `P${id}`, organisation: 'bpbd', status: 'busy', homeArea: null }) as const;
    fix(0, 0, 7);
    expect(store.organisation[0]).toBe(255);
    store.setUnits([unit(7), unit(8)]);
    fix(0, 0, 8);
    const bpbd = ORGANISATIONS.indexOf('bpbd');
    expect([store.organisation[0], store.organisation[store.slotOf(8)]]).toEqual([bpbd, bpbd]);
    expect(store.unit(8)?.callsign).toBe('P8');
  });

  test('every frame is told of once', () => {
    let told = 0;
    const stop = store.onChange(() => told++);
    fix(0, 0);
    fix(STEP, 1000);
    stop();
    fix(0, 2000);
    expect([told, store.version]).toEqual([2, 3]);
  });
});
