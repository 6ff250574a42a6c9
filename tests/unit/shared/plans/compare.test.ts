import { describe, expect, it } from 'vitest';
import { type Assignment, assignmentOf } from '../../../../shared/plans/assignment.ts';
import { comparePlans } from '../../../../shared/plans/compare.ts';
import { placeSuggestion } from '../../../../shared/plans/suggest/placed.ts';
import { drawnPlan } from '../../../support/drawn-plan.ts';

const plan = (line: string): Assignment => {
  const { ground, content } = drawnPlan(line);
  return assignmentOf(ground, content);
};
/** Zones of letters that the other plan does not have the ids of. */
const others = (line: string): Assignment => ({ ...plan(line), zones: plan(line).zones.map((id) => `${id}0`) });

describe('comparePlans', () => {
  it('finds nothing moved between a plan and its copy', () => {
    expect(comparePlans(plan('AAB-'), plan('AAB-'))).toEqual({
      pairs: [
        { before: 0, after: 0 },
        { before: 1, after: 1 },
      ],
      moved: [],
    });
  });

  it('says which areas go from where to where, most first, also out of and into no zone', () => {
    expect(comparePlans(plan('AAAAB-'), plan('ABBA-B'))).toEqual({
      pairs: [
        { before: 0, after: 0 },
        { before: 1, after: 1 },
      ],
      moved: [
        { from: 0, to: 1, areas: [1, 2] },
        { from: 1, to: null, areas: [4] },
        { from: null, to: 1, areas: [5] },
      ],
    });
  });

  it('takes zones for one by their areas where their ids differ', () => {
    expect(comparePlans(plan('AAABBB'), others('BBAAAA'))).toEqual({
      pairs: [
        { before: 0, after: 1 },
        { before: 1, after: 0 },
      ],
      moved: [{ from: 0, to: 0, areas: [2] }],
    });
  });

  it('lists zones that only one plan has last, and all that was or is in them as moved', () => {
    expect(comparePlans(plan('AABBC'), others('AABBB'))).toEqual({
      pairs: [
        { before: 0, after: 0 },
        { before: 1, after: 1 },
        { before: 2, after: null },
      ],
      moved: [{ from: 2, to: 1, areas: [4] }],
    });
    expect(comparePlans(others('AA-'), plan('AAB')).pairs).toEqual([
      { before: 0, after: 0 },
      { before: null, after: 1 },
    ]);
  });

  it('keeps a zone one by its id although another one has its areas', () => {
    expect(comparePlans(plan('AAAB'), plan('BBBA')).moved).toEqual([
      { from: 0, to: 1, areas: [0, 1, 2] },
      { from: 1, to: 0, areas: [3] },
    ]);
  });
});

describe('placeSuggestion', () => {
  const place = (line: string, locked: boolean[], ...suggested: number[]) => [
    ...placeSuggestion(plan(line), locked, Int32Array.from(suggested)),
  ];

  it('gives each suggested zone the place of the one that it shares most with, and new places to the rest', () => {
    expect(place('AAABBB', [false, false], 2, 2, 0, 0, 1, 1)).toEqual([0, 0, 2, 2, 1, 1]);
  });

  it('leaves locked zones in their place', () => {
    expect(place('AABB', [true, false], -1, -1, 0, 1)).toEqual([0, 0, 1, 2]);
  });

  it('uses a zone without areas before it makes one', () => {
    const { zones, ...rest } = plan('AA');
    const empty = { ...rest, zones: [...zones, 'empty'] };
    expect([...placeSuggestion(empty, [false, false], Int32Array.of(0, 1))]).toEqual([0, 1]);
  });
});
