import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignmentOf } from '../../../../shared/plans/assignment.ts';
import { checkPlan } from '../../../../shared/plans/checks.ts';
import type { PlanContent } from '../../../../shared/schemas/plan.ts';
import { drawnPlan, zoneId } from '../../../support/drawn-plan.ts';

const checks = (...lines: string[]) => {
  const { ground, content } = drawnPlan(...lines);
  return checkPlan(ground, assignmentOf(ground, content));
};
const rw = (...numbers: number[]) => numbers.map((number) => `98.01.01.1001.RW${String(number).padStart(4, '0')}`);

describe('checkPlan', () => {
  it('has nothing to say of a plan whose zones are whole and leave no gap', () => {
    expect(checks('AAB', 'ABB')).toEqual([]);
  });

  it('names each gap by itself, the greatest first', () => {
    expect(checks('-A--', 'AA--')).toEqual([
      { kind: 'gap', severity: 'error', codes: rw(3, 4, 7, 8) },
      { kind: 'gap', severity: 'error', codes: rw(1) },
    ]);
  });

  it('calls areas that meet in a corner alone apart', () => {
    expect(checks('AB', 'BA')).toEqual([
      { kind: 'apart', severity: 'warning', zone: zoneId('A'), codes: rw(4), parts: [rw(1), rw(4)] },
      { kind: 'apart', severity: 'warning', zone: zoneId('B'), codes: rw(3), parts: [rw(2), rw(3)] },
    ]);
  });

  it('counts the part with most areas as the zone and the others as what lies apart', () => {
    expect(checks('ABAAA')).toMatchObject([{ kind: 'apart', codes: rw(1), parts: [rw(3, 4, 5), rw(1)] }]);
  });

  it('does not call a zone apart for an island, which it only notes', () => {
    expect(checks('AAB A')).toEqual([{ kind: 'island', severity: 'note', zone: zoneId('A'), codes: rw(4) }]);
  });

  it('tells the parts of a zone on an island as apart where they could be joined there', () => {
    expect(checks('AAA ABA')).toEqual([
      { kind: 'apart', severity: 'warning', zone: zoneId('A'), codes: rw(6), parts: [rw(4), rw(6)] },
      { kind: 'island', severity: 'note', zone: zoneId('A'), codes: rw(4, 6) },
    ]);
  });

  it('names an empty zone, and one whose areas are no longer there, which is not called empty too', () => {
    const { ground, content } = drawnPlan('AA');
    const [zone] = content.zones;
    if (!zone) throw new Error('no zone');
    const zones = [zone, { ...zone, id: zoneId('E'), codes: [] }, { ...zone, id: zoneId('U'), codes: ['98.02'] }];
    expect(checkPlan(ground, assignmentOf(ground, { ...content, zones }))).toEqual([
      { kind: 'empty', severity: 'error', zone: zoneId('E'), codes: [] },
      { kind: 'unknown', severity: 'error', zone: zoneId('U'), codes: ['98.02'] },
    ]);
  });

  it('finds on any plan each area in no zone once, and never more than is there', () => {
    const line = fc.string({ unit: fc.constantFrom('A', 'B', 'C', '-', ' '), minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
        const found = checks(...lines);
        const { ground, content } = drawnPlan(...lines);
        const gaps = found.flatMap((check) => (check.kind === 'gap' ? check.codes : []));
        expect(gaps.sort()).toEqual(outside(ground.code, content));
        for (const check of found) {
          if (check.kind !== 'apart') continue;
          const zone = content.zones.find(({ id }) => id === check.zone);
          const parts = check.parts.flat();
          expect(zone?.codes).toEqual(expect.arrayContaining(parts));
          expect(new Set(parts).size).toBe(parts.length);
          expect(check.parts.length).toBeGreaterThan(1);
        }
      }),
    );
  });
});

function outside(all: readonly string[], { zones }: PlanContent): string[] {
  const held = new Set(zones.flatMap(({ codes }) => codes));
  return all.filter((code) => !held.has(code));
}
