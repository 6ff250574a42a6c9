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
  ZONE_COLOURS,
  type Zone,
} from '../../../../shared/schemas/plan.ts';

const RW = (n: number) => `52.71.01.1001.RW00${n}`;
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

/** Six areas in a row. */
function row(): Ground {
  const all = [0, 1, 2, 3, 4, 5];
  const neighbours = all.map((area) => [area - 1, area + 1].filter((other) => other >= 0 && other <= 5));
  const start = [0, ...neighbours.map((_, area) => neighbours.slice(0, area + 1).flat().length)];
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
