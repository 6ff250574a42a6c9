import { describe, expect, it } from 'vitest';
import { assignmentOf } from '../../../../shared/plans/assignment.ts';
import { compactnessOf } from '../../../../shared/plans/compactness.ts';
import { drawnPlan, zoneId } from '../../../support/drawn-plan.ts';

const compactness = (...lines: string[]) => {
  const { ground, content } = drawnPlan(...lines);
  return compactnessOf(ground, assignmentOf(ground, content));
};

describe('compactnessOf', () => {
  it('is that of a square for squares and of a strip for strips', () => {
    expect(compactness('AAB', 'AAB')).toEqual({
      polsbyPopper: [expect.closeTo(Math.PI / 4), expect.closeTo((4 * Math.PI * 2) / 36)],
      cutEdges: 2,
      cutKm: 2,
    });
  });

  it('does not cut where one side is in no zone, and has no figure for an empty zone', () => {
    const { ground, content } = drawnPlan('A-B');
    const zones = [...content.zones.map((zone) => ({ ...zone, codes: [] })), ...content.zones];
    const all = { ...content, zones: zones.map((zone, index) => ({ ...zone, id: zoneId(String(index)) })) };
    expect(compactnessOf(ground, assignmentOf(ground, all))).toEqual({
      polsbyPopper: [null, null, expect.closeTo(Math.PI / 4), expect.closeTo(Math.PI / 4)],
      cutEdges: 0,
      cutKm: 0,
    });
  });
});
