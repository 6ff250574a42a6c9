import { describe, expect, test } from 'vitest';
import { OpenPlan } from '../../../../client/planning/open-plan.ts';
import { AreaFinder, isInRing } from '../../../../client/planning/paint/area-finder.ts';
import {
  DEFAULT_WEIGHTS,
  type Plan,
  type PlanBorders,
  type PlanGround,
  type Zone,
} from '../../../../shared/schemas/plan.ts';

/** Four squares of 1,000 millionths of a degree at the equator: 0 and 1 below, 2 and 3 above. */
const SIDE = 1_000;
const CORNER = 116_000_000;
const code = (area: number) => `52.71.01.100${1 + (area % 2)}.RW00${area}`;

function borders(): PlanBorders {
  const out: PlanBorders = { version: '1', a: [], b: [], start: [], lon: [], lat: [] };
  const add = (a: number, b: number, ...points: [number, number][]) => {
    out.a.push(a);
    out.b.push(b);
    out.start.push(out.lon.length);
    for (const [at, [x, y]] of points.entries()) {
      const [px, py] = points[at - 1] ?? [0, 0];
      out.lon.push(at === 0 ? CORNER + x * SIDE : (x - px) * SIDE);
      out.lat.push(at === 0 ? y * SIDE : (y - py) * SIDE);
    }
  };
  add(0, 1, [1, 0], [1, 1]);
  add(0, 2, [0, 1], [1, 1]);
  add(1, 3, [1, 1], [2, 1]);
  add(2, 3, [1, 1], [1, 2]);
  add(0, -1, [0, 1], [0, 0], [1, 0]);
  add(1, -1, [1, 0], [2, 0], [2, 1]);
  add(2, -1, [1, 2], [0, 2], [0, 1]);
  add(3, -1, [2, 1], [2, 2], [1, 2]);
  return out;
}

const place = (x: number, y: number): [number, number] => [(CORNER + x * SIDE) / 1e6, (y * SIDE) / 1e6];

describe('areas by place', () => {
  const finder = new AreaFinder(4, borders());

  test('each place is in its area, and nowhere outside', () => {
    expect([place(0.5, 0.5), place(1.5, 0.5), place(0.5, 1.5), place(1.5, 1.5)].map((at) => finder.at(at))).toEqual([
      0, 1, 2, 3,
    ]);
    expect(finder.at(place(2.5, 0.5))).toBeUndefined();
    expect(finder.at(place(-0.1, 1))).toBeUndefined();
  });

  test('a point passes through what lies on its way, also in one great step', () => {
    expect(finder.along(place(0.5, 0.5), place(0.5, 0.6), 0)).toEqual([0]);
    expect(finder.along(place(0.5, 0.5), place(1.5, 0.4), 0)).toEqual([0, 1]);
    expect(finder.along(place(-1, 0.5), place(3, 0.5), 0)).toEqual([0, 1]);
    expect(finder.along(place(-1, -1), place(-2, -2), 0)).toEqual([]);
  });

  test('a brush takes what it touches: 20 m reach over a border 11 m away, 5 m do not', () => {
    const at = place(0.9, 0.5);
    expect(finder.along(at, at, 5)).toEqual([0]);
    expect(finder.along(at, at, 20)).toEqual([0, 1]);
    expect(finder.along(place(0.9, 0.9), place(0.9, 0.9), 20)).toEqual([0, 1, 2, 3]);
  });

  test('bounds of areas together', () => {
    const [west, south, east, north] = finder.boundsOf([1, 3]) ?? [];
    expect([west, south]).toEqual(place(1, 0).map((value) => expect.closeTo(value, 9)));
    expect([east, north]).toEqual(place(2, 2).map((value) => expect.closeTo(value, 9)));
    expect(finder.boundsOf([])).toBeUndefined();
  });

  test('a ring that bends in holds what is within it alone', () => {
    const ring = [place(0, 0), place(2, 0), place(2, 2), place(1, 0.5), place(0, 2)];
    expect(isInRing(place(0.2, 1.5), ring)).toBe(true);
    expect(isInRing(place(1, 1), ring)).toBe(false);
    expect(isInRing(place(3, 1), ring)).toBe(false);
  });
});

const GROUND: PlanGround = {
  version: '1',
  code: [0, 1, 2, 3].map(code),
  name: ['RW 000', 'RW 001', 'RW 002', 'RW 003'],
  kecamatan: ['52.71.01', '52.71.01', '52.71.02', '52.71.02'],
  kecamatanName: {},
  lon: [0.5, 1.5, 0.5, 1.5].map((x) => place(x, 0)[0]),
  lat: [0.5, 0.5, 1.5, 1.5].map((y) => place(0, y)[1]),
  areaM2: [1, 1, 1, 1],
  outlineM: [4, 4, 4, 4],
  start: [0, 2, 4, 6, 8],
  neighbour: [1, 2, 0, 3, 0, 3, 1, 2],
  borderM: [1, 1, 1, 1, 1, 1, 1, 1],
};
const A = '00000000-0000-7000-8000-00000000000a';
const B = '00000000-0000-7000-8000-00000000000b';
const zone = (id: string, areas: number[], locked = false): Zone => ({
  id,
  name: id.slice(-1),
  colour: 0,
  locked,
  codes: areas.map(code),
});

function open(...zones: Zone[]) {
  const frames: (() => void)[] = [];
  const plan = { id: A, level: 'rw', areas: ['52.71'], revision: 0, content: { zones, weights: DEFAULT_WEIGHTS } };
  const opened = new OpenPlan(plan as unknown as Plan, GROUND, borders(), {
    newId: () => crypto.randomUUID(),
    onFrame: (callback) => void frames.push(callback),
  });
  return { opened, frames, codesOf: (id: string) => opened.content.zones.find((each) => each.id === id)?.codes };
}

describe('a stroke', () => {
  test('is one edit and one undo, and its figures follow once a frame', () => {
    const { opened, frames, codesOf } = open(zone(A, [0]), zone(B, [3]));
    let heard = 0;
    opened.subscribe(() => heard++);
    opened.beginStroke(A);
    opened.paint([1]);
    opened.paint([2, 3]);
    expect(heard).toBe(0);
    expect(frames).toHaveLength(1);
    frames.shift()?.();
    expect(heard).toBe(1);
    expect(opened.figures).toMatchObject({ areas: [4, 0], free: 0 });
    expect(codesOf(A)).toEqual([code(0)]);
    opened.endStroke();
    expect(codesOf(A)).toEqual([0, 1, 2, 3].map(code).sort());
    expect(opened.draft.state.pending).toHaveLength(1);
    opened.draft.undo();
    expect([codesOf(A), codesOf(B)]).toEqual([[code(0)], [code(3)]]);
  });

  test('leaves locked zones as they are, and says how many areas it left', () => {
    const { opened, codesOf } = open(zone(A, [0]), zone(B, [3], true));
    opened.beginStroke(A);
    opened.paint([1, 3]);
    expect(opened.endStroke()).toEqual({ conflict: undefined, kept: 1 });
    expect([codesOf(A), codesOf(B)]).toEqual([[0, 1].map(code).sort(), [code(3)]]);
  });

  test('takes areas out of their zones, and nothing when it is given up', () => {
    const { opened, codesOf } = open(zone(A, [0, 1]));
    opened.beginStroke(null);
    opened.paint([1]);
    opened.cancelStroke();
    expect(codesOf(A)).toEqual([0, 1].map(code));
    opened.beginStroke(null);
    opened.paint([1, 2]);
    opened.endStroke();
    expect(codesOf(A)).toEqual([code(0)]);
  });

  test('goes on from how it began while somebody else paints, who keeps what he took', () => {
    const { opened, codesOf } = open(zone(A, [0]), zone(B, [3]));
    opened.beginStroke(A);
    opened.paint([1]);
    const edit = [{ kind: 'assign' as const, moves: [{ from: null, to: B, codes: [code(1)] }] }];
    opened.draft.take([{ revision: 1, id: 'x', actor: 'Rina', at: '2026-11-22T10:00:00Z', edit }]);
    opened.paint([2]);
    const { conflict } = opened.endStroke();
    expect(conflict).toMatchObject({ reason: 'areas-moved', codes: [code(1)] });
    expect([codesOf(A), codesOf(B)]).toEqual([[0, 2].map(code).sort(), [1, 3].map(code).sort()]);
  });
});
