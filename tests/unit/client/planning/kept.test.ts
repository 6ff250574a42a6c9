import { beforeAll, expect, test, vi } from 'vitest';
import { RequestError } from '../../../../client/api/request.ts';
import { Draft } from '../../../../client/planning/draft/draft.ts';
import { letGo, takeBack } from '../../../../client/planning/draft/kept.ts';
import { DraftSync } from '../../../../client/planning/draft/sync.ts';
import type { OpenPlan } from '../../../../client/planning/open-plan.ts';
import { DEFAULT_WEIGHTS, type DonePlanEdit } from '../../../../shared/schemas/plan.ts';

beforeAll(() => {
  vi.stubGlobal('addEventListener', () => {});
});

const weights = { ...DEFAULT_WEIGHTS, km2: 1 };
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** A plan with one edit that waits; `answer` is what becomes of it. */
function begin(id: string) {
  const draft = new Draft({ content: { zones: [], weights: DEFAULT_WEIGHTS }, revision: 0 }, () => 'edit');
  let answer: (outcome: DonePlanEdit | RequestError) => void = () => {};
  const sync = new DraftSync(draft, {
    post: () =>
      new Promise((resolve, reject) => {
        answer = (outcome) => (outcome instanceof RequestError ? reject(outcome) : resolve(outcome));
      }),
    editsAfter: async () => ({ edits: [], more: false }),
    whole: async () => null,
    after: () => () => {},
  });
  draft.do([{ kind: 'weights', before: DEFAULT_WEIGHTS, after: weights }]);
  const open = { id, draft } as OpenPlan;
  const done = () =>
    answer({
      revision: 1,
      id: 'edit',
      actor: 'Budi',
      at: '2026-11-22T10:00:00Z',
      edit: draft.state.pending[0]?.edit ?? [],
    });
  return {
    open,
    sync,
    draft,
    done,
    refuse: (status: number) => answer(new RequestError(status, { code: 'x', message: 'x' })),
  };
}

test('what waits is still sent after the plan was left, and then it is let go', async () => {
  const { open, sync, draft, done } = begin('one');
  letGo({ open, sync }, () => expect.unreachable());
  done();
  await settled();
  expect(draft.state.pending).toEqual([]);
  expect(takeBack('one')).toBeUndefined();
});

test('a plan that is opened again while it waits is found as it was left', async () => {
  const { open, sync } = begin('two');
  letGo({ open, sync }, () => expect.unreachable());
  expect(takeBack('two')).toEqual({ open, sync });
  expect(takeBack('two')).toBeUndefined();
});

test('what can never be sent is told', async () => {
  const { open, sync, refuse } = begin('three');
  const lost: number[] = [];
  letGo({ open, sync }, (edits) => lost.push(edits));
  refuse(403);
  await settled();
  expect(lost).toEqual([1]);
  expect(takeBack('three')).toBeUndefined();
});
