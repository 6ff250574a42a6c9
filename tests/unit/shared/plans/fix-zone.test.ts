import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignmentOf } from '../../../../shared/plans/assignment.ts';
import { type Ground, partsOf } from '../../../../shared/plans/ground.ts';
import { type FixAsked, type FixOutcome, fixZone } from '../../../../shared/plans/suggest/fix-zone.ts';
import { drawnPlan } from '../../../support/drawn-plan.ts';

/** A fix of zone A where each area has the same workload, unless told. */
function fix(lines: string[], asked: Partial<FixAsked> = {}): { ground: Ground; asked: FixAsked; outcome: FixOutcome } {
  const { ground, content } = drawnPlan(...lines);
  const { zones, zoneOf } = assignmentOf(ground, content);
  const workload = new Float64Array(ground.size).fill(1);
  const all = { zone: 0, zones: zones.length, locked: () => false, zoneOf, workload, ...asked };
  return { ground, asked: all, outcome: fixZone(ground, all) };
}

/** How far each zone is from the mean, in shares of it. */
function away({ zones, zoneOf, workload }: Pick<FixAsked, 'zones' | 'zoneOf' | 'workload'>): number[] {
  const loads = Array<number>(zones).fill(0);
  for (const [area, zone] of zoneOf.entries()) if (zone >= 0) loads[zone] = (loads[zone] ?? 0) + (workload[area] ?? 0);
  const mean = loads.reduce((sum, load) => sum + load, 0) / zones;
  return loads.map((load) => Math.abs(load / mean - 1));
}

describe('fixZone', () => {
  it('moves one area where one is enough', () => {
    expect(fix(['AAAAAABBBB']).outcome).toEqual({ ok: true, within: true, moves: [{ area: 5, from: 0, to: 1 }] });
  });

  it('takes areas where there is too little, also those that are in no zone', () => {
    expect(fix(['AAAABBBBBB']).outcome).toEqual({ ok: true, within: true, moves: [{ area: 4, from: 1, to: 0 }] });
    expect(fix(['-AAAABBBBB']).outcome).toEqual({ ok: true, within: true, moves: [{ area: 0, from: -1, to: 0 }] });
  });

  it('passes on what a neighbour has no room for', () => {
    const { outcome } = fix(['AAAAAABBBBBCCCC']);
    expect(outcome).toMatchObject({ ok: true, within: true, moves: [{ to: 1 }, { from: 1, to: 2 }] });
  });

  it('keeps zones whole: an area that holds two others together stays', () => {
    // Only what is at the end of A's arm may go, although its middle touches B too.
    const { ground, asked, outcome } = fix(['AAAAAA', 'ABBBBA', 'ABBBBA']);
    if (!outcome.ok) throw new Error(outcome.reason);
    const after = Int32Array.from(asked.zoneOf);
    for (const { area, to } of outcome.moves) after[area] = to;
    expect(partsOf(ground, after).count).toBe(2);
  });

  it('comes as near as it can where areas are too large, and says that it did', () => {
    expect(fix(['AABB'], { workload: Float64Array.of(10, 4, 1, 1) }).outcome).toEqual({
      ok: true,
      within: false,
      moves: [{ area: 1, from: 0, to: 1 }],
    });
  });

  it('says why there is none', () => {
    expect(fix(['AABB']).outcome).toEqual({ ok: false, reason: 'within' });
    expect(fix(['AAAB'], { locked: (zone) => zone === 0 }).outcome).toEqual({ ok: false, reason: 'locked' });
    expect(fix(['AAAB'], { locked: (zone) => zone === 1 }).outcome).toEqual({ ok: false, reason: 'none-found' });
    expect(fix(['AAAB'], { workload: new Float64Array(4) }).outcome).toEqual({ ok: false, reason: 'no-workload' });
  });

  it('on any plan breaks no zone, leaves what is locked and makes no other zone worse', () => {
    const line = fc.string({ unit: fc.constantFrom('A', 'B', 'C', '-', ' '), minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 2, maxLength: 5 }).filter((lines) => lines.join('').includes('A')),
        fc.array(fc.nat(9), { minLength: 25, maxLength: 25 }),
        fc.boolean(),
        (lines, weights, lockLast) => {
          const { ground, content } = drawnPlan(...lines);
          const zones = content.zones.length;
          const locked = (zone: number) => lockLast && zone === zones - 1 && zone > 0;
          const { asked, outcome } = fix(lines, {
            locked,
            workload: Float64Array.from(ground.code, (_, area) => weights[area] ?? 0),
          });
          if (!outcome.ok) return;
          const after = moved(asked.zoneOf, outcome.moves);
          for (const { area, from, to } of outcome.moves) {
            expect(asked.zoneOf[area]).toBe(from);
            expect(locked(from) || locked(to) || to < 0).toBe(false);
          }
          expect(new Set(outcome.moves.map(({ area }) => area)).size).toBe(outcome.moves.length);
          expect(new Set(after.filter((zone) => zone >= 0)).size).toBe(zones);
          for (let zone = 0; zone < zones; zone++)
            expect(pieces(ground, after, zone)).toBeLessThanOrEqual(pieces(ground, asked.zoneOf, zone));
          const [was, is] = [away(asked), away({ ...asked, zoneOf: after })];
          for (const [zone, far] of is.entries()) {
            const changed = outcome.moves.some(({ from, to }) => from === zone || to === zone);
            if (zone > 0 && changed) expect(far).toBeLessThanOrEqual(Math.max(0.1, was[zone] ?? 0) + 1e-6);
          }
          expect((is[0] ?? 0) <= 0.1 + 1e-6).toBe(outcome.within);
        },
      ),
    );
  });
});

function moved(zoneOf: Int32Array, moves: readonly { area: number; to: number }[]): Int32Array {
  const after = Int32Array.from(zoneOf);
  for (const { area, to } of moves) after[area] = to;
  return after;
}

/** In how many parts a zone is. */
function pieces(ground: Ground, zoneOf: Int32Array, zone: number): number {
  const { part } = partsOf(ground, zoneOf);
  return new Set(part.filter((_, area) => zoneOf[area] === zone)).size;
}
