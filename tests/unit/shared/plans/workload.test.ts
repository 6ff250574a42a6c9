import { describe, expect, it } from 'vitest';
import { assignmentOf } from '../../../../shared/plans/assignment.ts';
import type { Ground } from '../../../../shared/plans/ground.ts';
import { areaWorkload, balanceOf, readWorkload } from '../../../../shared/plans/workload.ts';
import { DEFAULT_WEIGHTS, type PlanWorkload, type WorkloadWeights } from '../../../../shared/schemas/plan.ts';
import { drawnPlan } from '../../../support/drawn-plan.ts';

const answer = (ground: Ground, more: Partial<PlanWorkload> = {}): PlanWorkload => {
  const zeros = ground.code.map(() => 0);
  return {
    from: '2026-01-01T00:00:00Z',
    to: '2026-02-01T00:00:00Z',
    code: [...ground.code],
    low: zeros,
    moderate: zeros,
    serious: zeros,
    critical: zeros,
    streetKm: zeros,
    households: zeros,
    tps: zeros,
    posts: zeros,
    ...more,
  };
};

function balance(lines: string[], more: Partial<PlanWorkload>, weights: Partial<WorkloadWeights> = {}) {
  const { ground, content } = drawnPlan(...lines);
  const columns = readWorkload(ground, answer(ground, more));
  if (!columns) throw new Error('of another ground');
  const workload = areaWorkload(columns, { ...DEFAULT_WEIGHTS, ...weights });
  return balanceOf(assignmentOf(ground, content), columns, workload);
}

describe('readWorkload', () => {
  it('does not read an answer of other areas than the ground', () => {
    const { ground } = drawnPlan('AB');
    expect(readWorkload(ground, answer(ground))).not.toBeNull();
    expect(readWorkload(ground, answer(ground, { code: [...ground.code].reverse() }))).toBeNull();
    expect(readWorkload(ground, answer(drawnPlan('ABB').ground))).toBeNull();
  });
});

describe('balanceOf', () => {
  it('weighs each thing by its weight, households by the thousand', () => {
    const more = {
      low: [3],
      moderate: [1],
      serious: [1],
      critical: [1],
      streetKm: [2],
      households: [500],
      tps: [4],
      posts: [1],
    };
    const weights = { km2: 10, streetKm: 3, households: 8, tps: 0.5, posts: 7 };
    // 3 · 1 + 1 · 2 + 1 · 4 + 1 · 8, a square kilometre, two of street, half a thousand households, four TPS, a post.
    expect(balance(['A'], more, weights).zones[0]?.workload).toBe(17 + 10 + 6 + 4 + 2 + 7);
  });

  it('says how far each zone is from the mean of the zones, which is worst, and what lies in none', () => {
    const { zones, none, mean, worst, variation } = balance(['AAB-'], { low: [1, 2, 9, 5] });
    expect(mean).toBe(6);
    expect(zones.map(({ areas, low, workload, deviation }) => [areas, low, workload, deviation])).toEqual([
      [2, 3, 3, -50],
      [1, 9, 9, 50],
    ]);
    expect(none).toMatchObject({ areas: 1, low: 5, workload: 5, deviation: null });
    expect([worst, variation]).toEqual([0, 50]);
  });

  it('tells households that nobody knows, and does not take them for none', () => {
    const { zones } = balance(['AAB'], { households: [null, 200, 300] }, { households: 1 });
    expect(
      zones.map(({ households, withoutHouseholds, workload }) => [households, withoutHouseholds, workload]),
    ).toEqual([
      [200, 1, 0.2],
      [300, 0, 0.3],
    ]);
  });

  it('has no deviation where there is no workload, and no worst where there is no zone', () => {
    expect(balance(['AB'], {})).toMatchObject({
      mean: 0,
      worst: null,
      variation: null,
      zones: [{ deviation: null }, {}],
    });
    expect(balance(['--'], { low: [1, 1] })).toMatchObject({ mean: 0, worst: null, none: { workload: 2 } });
  });
});
