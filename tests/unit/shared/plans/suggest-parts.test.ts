import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ground, partsOf } from '../../../../shared/plans/ground.ts';
import { Leaving } from '../../../../shared/plans/leaving.ts';
import { Division } from '../../../../shared/plans/suggest/division.ts';
import { drawZones } from '../../../../shared/plans/suggest/draw.ts';
import { regionOf } from '../../../../shared/plans/suggest/region.ts';
import { TreeCutter } from '../../../../shared/plans/suggest/tree.ts';
import { createRandom } from '../../../../shared/stats/random.ts';
import { drawnPlan } from '../../../support/drawn-plan.ts';

const all = () => true;
const even = (ground: Ground) => new Float64Array(ground.size).fill(1);
/** Rows of a drawing of so many columns; there is sea between some areas. */
const drawings = (columns: number) =>
  fc
    .array(fc.string({ unit: fc.constantFrom('A', 'B', 'C', ' '), minLength: columns, maxLength: columns }), {
      minLength: 2,
      maxLength: 6,
    })
    .filter((lines) => lines.join('').trim().length > 0);

describe('Leaving', () => {
  it('says whether a zone falls into more parts without an area, as counting them does', () => {
    fc.assert(
      fc.property(drawings(6), fc.nat(), (lines, some) => {
        const { ground, content } = drawnPlan(...lines);
        const zoneOf = new Int32Array(ground.size);
        for (const [zone, { codes }] of content.zones.entries())
          for (const code of codes) zoneOf[ground.indexOf.get(code) ?? 0] = zone;
        const leaving = new Leaving(ground);
        const area = some % ground.size;
        const parts = (zones: Int32Array) => {
          const { part } = partsOf(ground, zones);
          return new Set(part.filter((_, one) => zones[one] === zoneOf[area])).size;
        };
        const without = zoneOf.with(area, -1);
        // One that lies apart takes a part away with it.
        expect(leaving.leavesWhole(zoneOf, area)).toBe(parts(without) <= parts(zoneOf));
        // What it remembers of one question does not disturb the next.
        expect(leaving.leavesWhole(zoneOf, area)).toBe(parts(without) <= parts(zoneOf));
      }),
    );
  });
});

describe('regionOf', () => {
  it('takes what is beyond a share from areas that have more, and measures the others by what is left', () => {
    const { ground } = drawnPlan('-----');
    const { workload, target } = regionOf(ground, all, Float64Array.of(50, 20, 2, 2, 4), 4);
    expect(target).toBe(4);
    expect([...workload]).toEqual([4, 4, 2, 2, 4]);
  });

  it('shares zones out among lands by their workload, and links what is too small or too much', () => {
    const { ground } = drawnPlan('---- -- -');
    const zonesOf = (workload: number[], zones: number) =>
      regionOf(ground, all, Float64Array.from(workload), zones)
        .parts.map((part) => [part.areas.length, part.zones])
        .sort(([one = 0], [other = 0]) => other - one);
    expect(zonesOf([2, 2, 2, 2, 1, 1, 1.2], 5)).toEqual([
      [4, 3],
      [2, 1],
      [1, 1],
    ]);
    // What is beyond a share asks for no further zone.
    expect(zonesOf([1, 1, 1, 1, 1, 1, 9], 4)).toEqual([
      [4, 2],
      [2, 1],
      [1, 1],
    ]);
    // Three lands and two zones: the smallest is put with what is nearest to it.
    expect(zonesOf([2, 2, 2, 2, 2, 2, 3], 2)).toEqual([
      [4, 1],
      [3, 1],
    ]);
  });

  it('leaves out what is not free, which can cut a land in two', () => {
    const { ground } = drawnPlan('-----');
    const region = regionOf(ground, (area) => area !== 2, even(ground), 2);
    expect([...region.area]).toEqual([0, 1, 3, 4]);
    expect(region.parts.map(({ areas, zones }) => [areas, zones])).toEqual([
      [[0, 1], 1],
      [[2, 3], 1],
    ]);
  });
});

describe('TreeCutter', () => {
  it('cuts connected areas into two connected sides, the one that is asked for if a tree has it', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 1, max: 6 }),
        (seed, columns, rows) => {
          const { ground } = drawnPlan(...Array<string>(rows).fill('-'.repeat(columns)));
          const region = regionOf(ground, all, even(ground), 2);
          const cutter = new TreeCutter(region, createRandom(seed));
          const areas = [...region.area.keys()];
          const cut = cutter.cut(areas, (count) => Math.abs(count - areas.length / 2));
          const zoneOf = Int32Array.from(areas, (area) => (cut?.side.includes(area) ? 1 : 0));
          expect(partsOf(ground, zoneOf).count).toBe(2);
          expect(cut?.workload).toBe(cut?.side.length);
          expect(cutter.cut(areas, () => Number.POSITIVE_INFINITY)).toBeUndefined();
        },
      ),
    );
  });
});

describe('Division', () => {
  it('knows beforehand what a move costs, and keeps what each zone has, whatever is moved', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 20 }), (seed, moves) => {
        const { ground } = drawnPlan('-----', '-- --', '-----');
        const workload = Float64Array.from(ground.code, (_, area) => 1 + (area % 3));
        const region = regionOf(ground, all, workload, 3);
        const zoneOf = new Int32Array(region.size);
        for (const _ of drawZones(region, new TreeCutter(region, createRandom(seed)), zoneOf));
        const division = new Division(region, 3, zoneOf);
        for (const [some, to] of moves) {
          const area = some % region.size;
          if (zoneOf[area] === to % 3 || !division.canLeave(area)) continue;
          const expected = division.totalCost() + division.costOfMove(area, to % 3);
          division.move(area, to % 3);
          expect(division.totalCost()).toBeCloseTo(expected, 6);
        }
        const anew = new Division(region, 3, Int32Array.from(zoneOf));
        expect(division.totalCost()).toBeCloseTo(anew.totalCost(), 6);
        expect([...division.count]).toEqual([...anew.count]);
      }),
    );
  });
});
