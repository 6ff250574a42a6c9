import { describe, expect, test } from 'vitest';
import { Draft } from '../../../../client/planning/draft/draft.ts';
import {
  DEFAULT_WEIGHTS,
  type DonePlanEdit,
  type PlanContent,
  type PlanEdit,
} from '../../../../shared/schemas/plan.ts';

const A = '00000000-0000-7000-8000-00000000000a';
const B = '00000000-0000-7000-8000-00000000000b';
const RW = (n: number) => `52.71.01.1001.RW00${n}`;

const zone = (id: string, codes: number[], locked = false) => ({
  id,
  name: id === A ? 'Satu' : 'Dua',
  colour: 0,
  locked,
  codes: codes.map(RW),
});
const START: PlanContent = { zones: [zone(A, [1, 2]), zone(B, [3])], weights: DEFAULT_WEIGHTS };

const paint = (from: string | null, to: string | null, ...codes: number[]): PlanEdit => [
  { kind: 'assign', moves: [{ from, to, codes: codes.map(RW) }] },
];
const rename = (before: string, after: string): PlanEdit => [
  { kind: 'change', zone: A, before: { name: before }, after: { name: after } },
];

function begin() {
  let ids = 0;
  const draft = new Draft({ content: START, revision: 4 }, () => `edit-${++ids}`);
  const codesOf = (id: string) => draft.state.content.zones.find((each) => each.id === id)?.codes;
  const foreign = (revision: number, edit: PlanEdit): DonePlanEdit => ({
    revision,
    id: `foreign-${revision}`,
    actor: 'Rina',
    at: '2026-11-22T10:00:00Z',
    edit,
  });
  const own = (revision: number, at = 0): DonePlanEdit => ({
    ...foreign(revision, draft.state.pending[at]?.edit ?? []),
    id: draft.state.pending[at]?.id ?? '',
    actor: 'Budi',
  });
  return { draft, codesOf, foreign, own };
}

describe('a draft', () => {
  test('shows at once what is done, and keeps it until the server has it', () => {
    const { draft, codesOf, own } = begin();
    draft.do(paint(null, A, 4, 5));
    expect(codesOf(A)).toEqual([1, 2, 4, 5].map(RW));
    expect(draft.state.pending).toHaveLength(1);
    draft.take([own(5)]);
    expect(draft.state).toMatchObject({ revision: 5, pending: [] });
    expect(codesOf(A)).toEqual([1, 2, 4, 5].map(RW));
  });

  test('undoes and does again everything in turn, each as an edit of its own', () => {
    const { draft, codesOf } = begin();
    draft.do(paint(A, B, 2));
    draft.do(rename('Satu', 'Pasar'));
    draft.do([{ kind: 'remove', zone: { ...zone(B, [2, 3]) }, at: 1 }]);
    expect(draft.state.content.zones).toHaveLength(1);
    draft.undo();
    expect(codesOf(B)).toEqual([2, 3].map(RW));
    draft.undo();
    draft.undo();
    expect(draft.state.content).toEqual(START);
    expect(draft.state.canUndo).toBe(false);
    draft.redo();
    draft.redo();
    draft.redo();
    expect(draft.state.content.zones.map(({ name }) => name)).toEqual(['Pasar']);
    expect(draft.state.canRedo).toBe(false);
    expect(draft.state.pending).toHaveLength(9);
  });

  test('what is done after an undo takes the undone away', () => {
    const { draft } = begin();
    draft.do(paint(A, B, 2));
    draft.undo();
    expect(draft.state.canRedo).toBe(true);
    draft.do(paint(A, B, 1));
    expect(draft.state.canRedo).toBe(false);
  });

  test('a locked zone refuses, and says that it is locked', () => {
    const { draft, codesOf } = begin();
    draft.do([{ kind: 'change', zone: B, before: { locked: false }, after: { locked: true } }]);
    expect(draft.do(paint(A, B, 2))).toEqual({ reason: 'zone-locked', zone: B });
    expect(codesOf(A)).toEqual([1, 2].map(RW));
    expect(draft.state.pending).toHaveLength(1);
  });

  test('what others do comes in beneath what waits', () => {
    const { draft, codesOf, foreign, own } = begin();
    draft.do(paint(null, A, 4));
    draft.take([foreign(5, paint(null, B, 6))]);
    expect(codesOf(A)).toEqual([1, 2, 4].map(RW));
    expect(codesOf(B)).toEqual([3, 6].map(RW));
    draft.take([own(6)]);
    expect(draft.state).toMatchObject({ revision: 6, pending: [], clashes: [] });
  });

  test('an undo leaves alone what somebody else took meanwhile', () => {
    const { draft, codesOf, foreign, own } = begin();
    draft.do(paint(null, A, 4, 5));
    draft.take([own(5)]);
    draft.take([foreign(6, paint(A, B, 5))]);
    expect(draft.undo()).toMatchObject({ reason: 'areas-moved', codes: [RW(5)] });
    expect(codesOf(A)).toEqual([1, 2].map(RW));
    expect(codesOf(B)).toEqual([3, 5].map(RW));
  });

  test('a refused edit is done again as far as it fits; the rest is told with who was first', () => {
    const { draft, codesOf, foreign } = begin();
    draft.do(paint(null, A, 4, 5));
    draft.do(rename('Satu', 'Pasar'));
    const refused = draft.state.pending[0]?.id ?? '';
    draft.take([foreign(5, paint(null, B, 5))]);
    draft.refuse(refused, { reason: 'zone-changed' });
    expect(codesOf(A)).toEqual([1, 2, 4].map(RW));
    expect(codesOf(B)).toEqual([3, 5].map(RW));
    expect(draft.state.pending.map(({ edit }) => edit)).toEqual([paint(null, A, 4), rename('Satu', 'Pasar')]);
    expect(draft.state.pending[0]?.id).not.toBe(refused);
    expect(draft.state.clashes).toMatchObject([
      { left: paint(null, A, 5), conflict: { reason: 'areas-moved', codes: [RW(5)] }, by: { actor: 'Rina' } },
    ]);
    draft.forget(draft.state.clashes[0]?.id ?? '');
    expect(draft.state.clashes).toEqual([]);
  });

  test('what the server refuses for a reason of its own is taken off, and not sent for ever', () => {
    const { draft, codesOf } = begin();
    draft.do(paint(null, A, 4));
    draft.refuse(draft.state.pending[0]?.id ?? '', { reason: 'zone-changed', zone: A });
    expect(codesOf(A)).toEqual([1, 2].map(RW));
    expect(draft.state).toMatchObject({ pending: [], clashes: [{ conflict: { reason: 'zone-changed' } }] });
  });

  test('edits out of turn are not taken, and said to be missing', () => {
    const { draft, foreign } = begin();
    expect(draft.take([foreign(7, paint(null, B, 6))])).toEqual({ missing: true });
    expect(draft.state.revision).toBe(4);
    expect(draft.take([foreign(4, paint(null, B, 6)), foreign(5, paint(null, B, 6))])).toEqual({ missing: false });
    expect(draft.state.revision).toBe(5);
  });
});
