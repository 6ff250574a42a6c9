import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignmentOf, codesOf, movesBetween } from '../../../../shared/plans/assignment.ts';
import { applyEdit } from '../../../../shared/plans/edits.ts';
import { drawnPlan, zoneId } from '../../../support/drawn-plan.ts';

describe('assignmentOf', () => {
  it('gives the zone of each area, and the codes that are no longer there', () => {
    const { ground, content } = drawnPlan('AB', '-B');
    const [first] = content.zones;
    if (!first) throw new Error('no zone');
    const zones = content.zones.with(0, { ...first, codes: [...first.codes, '98.02'] });
    const assignment = assignmentOf(ground, { ...content, zones });
    expect(assignment).toEqual({
      zones: [zoneId('A'), zoneId('B')],
      zoneOf: Int32Array.of(0, 1, -1, 1),
      unknown: [['98.02'], []],
    });
    expect(codesOf(ground, assignment)).toEqual(zones.map(({ codes }) => codes));
  });
});

describe('movesBetween', () => {
  it('makes one plan of the other, by one move for each pair of zones at most', () => {
    const row = fc.array(fc.constantFrom('A', 'B', 'C', '-'), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(row, row, (one, other) => {
        const { ground, content } = drawnPlan(`ABC${one.join('')}`);
        const { content: wanted } = drawnPlan(`ABC${other.join('')}`);
        const before = assignmentOf(ground, content);
        const moves = movesBetween(ground, before, assignmentOf(ground, wanted).zoneOf);
        expect(new Set(moves.map(({ from, to }) => `${from} ${to}`)).size).toBe(moves.length);
        if (moves.length === 0) return expect(content).toEqual(wanted);
        expect(applyEdit(content, [{ kind: 'assign', moves }])).toEqual({ ok: true, content: wanted });
      }),
    );
  });
});
