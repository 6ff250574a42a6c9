import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactnessOf } from '../../../../shared/plans/compactness.ts';
import { type Ground, partsOf } from '../../../../shared/plans/ground.ts';
import { type Suggestion, type SuggestionAsked, suggestZones } from '../../../../shared/plans/suggest/suggest.ts';
import { drawnPlan } from '../../../support/drawn-plan.ts';

/** A suggestion where each area has the same workload, unless told. */
function suggest(ground: Ground, zones: number, asked: Partial<SuggestionAsked> = {}): Suggestion {
  const outcome = suggestZones(ground, { zones, seed: 1, free: () => true, workload: even(ground), ...asked });
  if (!outcome.ok) throw new Error(outcome.reason);
  let step = outcome.search.next();
  while (!step.done) step = outcome.search.next();
  return step.value;
}
const even = (ground: Ground) => new Float64Array(ground.size).fill(1);
const square = (side: number) => drawnPlan(...Array<string>(side).fill('-'.repeat(side))).ground;

/** How much workload each zone has. */
function loads(zoneOf: Int32Array, zones: number, workload: Float64Array): number[] {
  const sums = Array<number>(zones).fill(0);
  for (const [area, zone] of zoneOf.entries()) if (zone >= 0) sums[zone] = (sums[zone] ?? 0) + (workload[area] ?? 0);
  return sums;
}

describe('suggestZones', () => {
  it('divides a square into zones that are whole, even and compact', () => {
    const ground = square(12);
    const { zoneOf } = suggest(ground, 9);
    expect(partsOf(ground, zoneOf).count).toBe(9);
    // 16 areas each; one more or less is 6 %.
    for (const load of loads(zoneOf, 9, even(ground))) expect(Math.abs(load - 16)).toBeLessThanOrEqual(1);
    const zones = Array.from({ length: 9 }, (_, zone) => String(zone));
    // Squares of 4 × 4 would have 0.785; strips of 1 × 16 have 0.17.
    for (const compact of compactnessOf(ground, { zones, zoneOf }).polsbyPopper) expect(compact).toBeGreaterThan(0.5);
  });

  it('balances the workload and not the number of areas', () => {
    const ground = square(10);
    const workload = Float64Array.from({ length: 100 }, (_, area) => (area % 10 < 5 ? 9 : 1));
    const { zoneOf, oversized } = suggest(ground, 5, { workload });
    for (const load of loads(zoneOf, 5, workload)) expect(Math.abs(load / 100 - 1)).toBeLessThan(0.1);
    expect(oversized).toEqual([]);
  });

  it('gives an area that is more than a share a zone by itself, divides the rest evenly, and says so', () => {
    const ground = square(7);
    const workload = even(ground);
    workload[24] = 500;
    const { zoneOf, oversized } = suggest(ground, 7, { workload });
    expect(oversized).toEqual([24]);
    const sums = loads(zoneOf, 7, workload).sort((one, other) => one - other);
    expect(sums).toEqual([8, 8, 8, 8, 8, 8, 500]);
  });

  it('never mixes two lands that can have zones of their own, each as many as its workload asks for', () => {
    const { ground } = drawnPlan('------ ---', '------ ---', '------ ---');
    const { zoneOf, linked } = suggest(ground, 3);
    expect(linked).toEqual([]);
    const zonesOn = (land: number) => new Set(zoneOf.filter((_, area) => ground.land[area] === land)).size;
    expect([zonesOn(0), zonesOn(1)]).toEqual([2, 1]);
  });

  it('puts an island that is too small for a zone with what is nearest, and tells', () => {
    const { ground, area } = drawnPlan('------', '------', '      ', '    - ');
    const { zoneOf, linked } = suggest(ground, 2);
    expect(linked).toEqual([{ areas: [area(3, 4)], to: area(1, 4) }]);
    expect(zoneOf[area(3, 4)]).toBe(zoneOf[area(1, 4)]);
    expect(partsOf(ground, zoneOf).count).toBe(3);
  });

  it('says why there is none', () => {
    const { ground } = drawnPlan('---');
    const refused = (asked: Partial<SuggestionAsked>) =>
      suggestZones(ground, { zones: 2, seed: 1, free: () => true, workload: even(ground), ...asked });
    expect(refused({ free: () => false })).toEqual({ ok: false, reason: 'no-areas' });
    for (const zones of [0, -1, 1.5, Number.NaN]) expect(refused({ zones })).toEqual({ ok: false, reason: 'no-zones' });
    expect(refused({ zones: 4 })).toEqual({ ok: false, reason: 'too-many-zones' });
    expect(refused({ free: (area) => area > 1 })).toEqual({ ok: false, reason: 'too-many-zones' });
    const workload = Float64Array.of(5, 0, 0);
    expect(refused({ workload, free: (area) => area > 0 })).toEqual({ ok: false, reason: 'no-workload' });
    expect(refused({ workload })).toMatchObject({ ok: true });
  });

  it('tells where it is, ever further, and shows what it has', () => {
    const ground = square(12);
    const outcome = suggestZones(ground, { zones: 9, seed: 1, free: () => true, workload: even(ground) });
    if (!outcome.ok) throw new Error(outcome.reason);
    const told = [...outcome.search];
    expect([...new Set(told.map(({ phase }) => phase))]).toEqual(['drawing', 'recombining', 'refining']);
    const shares = told.map(({ done }) => done);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
    expect(shares[0]).toBe(0);
    expect(shares.at(-1)).toBeGreaterThan(0.9);
    expect(shares.at(-1)).toBeLessThan(1);
    for (const { phase, zoneOf } of told) if (phase !== 'drawing') expect(partsOf(ground, zoneOf).count).toBe(9);
  });

  it('divides what is free of any ground and leaves the rest, the same with the same seed', () => {
    const line = fc.string({ unit: fc.constantFrom('-', '-', '-', 'L', ' '), minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 7 }),
        fc.nat(),
        fc.array(fc.nat(9), { minLength: 49, maxLength: 49 }),
        fc.integer(),
        (lines, some, weights, seed) => {
          const { ground, content } = drawnPlan(...lines);
          const locked = new Set(content.zones.flatMap(({ codes }) => codes));
          const free = (area: number) => !locked.has(ground.code[area] ?? '');
          const workload = Float64Array.from(ground.code, (_, area) => weights[area] ?? 0);
          const many = ground.code.filter((_, area) => free(area)).length;
          fc.pre(many > 0 && workload.some((value, area) => value > 0 && free(area)));
          const zones = 1 + (some % many);
          const { zoneOf, linked } = suggest(ground, zones, { seed, free, workload });
          for (const [area, zone] of zoneOf.entries()) expect(zone === -1).toBe(!free(area));
          expect(new Set(zoneOf.filter((zone) => zone >= 0))).toEqual(
            new Set(Array.from({ length: zones }, (_, zone) => zone)),
          );
          // A zone is in one part more for each island that was linked to it, and in no other.
          const { part } = partsOf(ground, zoneOf);
          const parts = new Set(part.filter((_, area) => free(area))).size;
          expect(parts).toBe(zones + linked.length);
          for (const { areas, to } of linked) for (const area of areas) expect(zoneOf[area]).toBe(zoneOf[to]);
          expect(suggest(ground, zones, { seed, free, workload }).zoneOf).toEqual(zoneOf);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('finds another division with another seed', () => {
    const ground = square(8);
    expect(suggest(ground, 4, { seed: 1 }).zoneOf).not.toEqual(suggest(ground, 4, { seed: 2 }).zoneOf);
  });
});
