import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { labelPlaces } from '../../../../client/planning/labels.ts';
import { deviationColour, deviationColours } from '../../../../client/planning/looks.ts';
import { signed } from '../../../../client/planning/signed.ts';
import { addZone, adoptDivision, freeColour, freeName, removeZone } from '../../../../client/planning/zones.ts';
import { assignmentOf } from '../../../../shared/plans/assignment.ts';
import { applyEdit, inverseOf } from '../../../../shared/plans/edits.ts';
import { type Ground, readGround } from '../../../../shared/plans/ground.ts';
import {
  DEFAULT_WEIGHTS,
  MOST_ZONES,
  type PlanContent,
  PlanEdit as PlanEditSchema,
  ZONE_COLOURS,
  type Zone,
} from '../../../../shared/schemas/plan.ts';

const RW = (n: number) => `52.71.01.1001.RW${String(n).padStart(3, '0')}`;
const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const name = (number: number) => `Zona ${number}`;
const zone = (n: number, areas: number[], change: Partial<Zone> = {}): Zone => ({
  id: id(n),
  name: name(n),
  colour: n,
  locked: false,
  codes: areas.map(RW),
  ...change,
});
const content = (...zones: Zone[]): PlanContent => ({ zones, weights: DEFAULT_WEIGHTS });

/** Areas in a row. */
function row(size = 6): Ground {
  const all = Array.from({ length: size }, (_, area) => area);
  const neighbours = all.map((area) => [area - 1, area + 1].filter((other) => other >= 0 && other < size));
  const start = [0, ...neighbours.map((_, area) => 2 * area + 1 - (area === size - 1 ? 1 : 0))];
  return readGround({
    version: '1',
    code: all.map(RW),
    name: all.map(RW),
    kecamatan: all.map(() => '52.71.01'),
    kecamatanName: {},
    lon: all,
    lat: all.map(() => 0),
    areaM2: all.map(() => 1),
    outlineM: all.map(() => 4),
    start,
    neighbour: neighbours.flat(),
    borderM: neighbours.flat().map(() => 1),
  });
}

describe('a new zone', () => {
  test('has a name that none has, and a colour that fewest have', () => {
    expect(freeName(['Zona 1', 'Zona 3'], name)).toBe('Zona 4');
    expect(freeName(['Zona 2'], name)).toBe('Zona 3');
    expect(freeColour([])).toBe(0);
    expect(freeColour([0, 1, 0])).toBe(2);
    const all = Array.from({ length: ZONE_COLOURS }, (_, colour) => colour);
    expect(freeColour([...all, 0])).toBe(1);
    expect(freeColour(all, [1, 2])).toBe(0);
    expect(freeColour([...all, 0, 5], [1, 2])).toBe(3);
  });

  test('stands at the end of the list, and is not made beyond the most', () => {
    const added = applyEdit(content(zone(1, [0])), addZone(content(zone(1, [0])), id(2), name));
    expect(added.ok && added.content.zones.map((each) => each.name)).toEqual(['Zona 1', 'Zona 2']);
    const full = content(...Array.from({ length: MOST_ZONES }, () => zone(1, [])));
    expect(addZone(full, id(2), name)).toEqual([]);
  });

  test('taken away, its areas are in none', () => {
    const before = content(zone(1, [0]), zone(2, [1]));
    const outcome = applyEdit(before, removeZone(before, id(1)));
    expect(outcome.ok && outcome.content).toEqual(content(zone(2, [1])));
  });
});

describe('a division that is adopted', () => {
  const ground = row();
  const before = content(zone(1, [0, 1], { locked: true }), zone(2, [2]), zone(3, [3]));
  let ids = 3;
  const adopt = (zoneOf: number[]) =>
    adoptDivision({ ground, content: before, assignment: assignmentOf(ground, before) }, Int32Array.from(zoneOf), {
      newId: () => id(++ids),
      name,
    });

  test('keeps zones that go on, adds new ones in a colour of their own, and drops those left empty', () => {
    const outcome = applyEdit(before, adopt([0, 0, 1, 1, 7, 7]));
    if (!outcome.ok) throw new Error(outcome.conflict.reason);
    const [first, second, third] = outcome.content.zones;
    expect(first).toEqual(before.zones[0]);
    expect(second).toEqual({ ...before.zones[1], codes: [2, 3].map(RW) });
    expect(third).toMatchObject({ name: 'Zona 4', codes: [4, 5].map(RW), locked: false });
    expect([1, 2]).not.toContain(third?.colour);
    expect(outcome.content.zones).toHaveLength(3);
  });

  test('is one edit, and undone brings everything back', () => {
    const edit = adopt([0, 0, 7, 7, 8, 8]);
    const done = applyEdit(before, edit);
    if (!done.ok) throw new Error(done.conflict.reason);
    expect(done.content.zones.map(({ codes }) => codes.length)).toEqual([2, 2, 2]);
    expect(applyEdit(done.content, inverseOf(edit))).toEqual({ ok: true, content: before });
  });

  test.each([
    ['of the same number', 400, (area: number) => Math.floor(area / 3)],
    ['of others altogether', 450, (area: number) => 450 + Math.floor(area / 3)],
  ])('is an edit that the server takes, whatever moves where: zones %s', (_, many, divided) => {
    const wide = row(999);
    const zones = Array.from({ length: many }, (_, at) => ({
      ...zone(0, []),
      id: `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`,
      codes: wide.code.filter((_, area) => area % many === at),
    }));
    const full = content(...zones);
    let made = 0;
    const edit = adoptDivision(
      { ground: wide, content: full, assignment: assignmentOf(wide, full) },
      Int32Array.from(wide.code, (_, area) => divided(area)),
      { newId: () => `00000000-0000-7000-9000-${String(++made).padStart(12, '0')}`, name },
    );
    expect([...Value.Errors(PlanEditSchema, edit)].slice(0, 1)).toEqual([]);
    const done = applyEdit(full, edit);
    expect(done.ok && done.content.zones.map(({ codes }) => codes.length)).toEqual(Array(333).fill(3));
    expect(done.ok && applyEdit(done.content, inverseOf(edit))).toEqual({ ok: true, content: full });
  });

  test('that changes nothing is no edit', () => {
    expect(adopt([0, 0, 1, 2, -1, -1])).toEqual([]);
  });
});

test('a zone is named at an area of its own, the nearest to its middle', () => {
  const places = labelPlaces(row(), Int32Array.from([0, 1, 0, 1, 1, -1]), 3);
  expect(places.map((place) => place?.lon)).toEqual([0, 3, undefined]);
});

test('deviations fall into classes with the even one in the middle', () => {
  const colours = deviationColours('dark');
  expect(new Set(colours).size).toBe(5);
  const classOf = (deviation: number) => colours.indexOf(deviationColour(deviation, 'dark'));
  expect([-80, -30, -10, 0, 10, 11, 30, 31].map(classOf)).toEqual([0, 1, 2, 2, 2, 3, 3, 4]);
  expect(deviationColour(null, 'dark')).toBe('');
});

test('deviations have their sign, and zero has none', () => {
  expect([12.4, -3.6, 0.2, -0.2].map((value) => signed(value, 'id'))).toEqual(['+12 %', '−4 %', '0 %', '0 %']);
});
