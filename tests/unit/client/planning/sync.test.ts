import { describe, expect, test } from 'vitest';
import { RequestError } from '../../../../client/api/request.ts';
import { Draft } from '../../../../client/planning/draft/draft.ts';
import { DraftSync } from '../../../../client/planning/draft/sync.ts';
import { applyEdit } from '../../../../shared/plans/edits.ts';
import {
  DEFAULT_WEIGHTS,
  type DonePlanEdit,
  type NewPlanEdit,
  type PlanEdit,
} from '../../../../shared/schemas/plan.ts';

const A = '00000000-0000-7000-8000-00000000000a';
const B = '00000000-0000-7000-8000-00000000000b';
const RW = (n: number) => `52.71.01.1001.RW00${n}`;
const zone = (id: string, codes: number[]) => ({
  id,
  name: id.at(-1) ?? '',
  colour: 0,
  locked: false,
  codes: codes.map(RW),
});
const paint = (from: string | null, to: string | null, ...codes: number[]): PlanEdit => [
  { kind: 'assign', moves: [{ from, to, codes: codes.map(RW) }] },
];
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** A server as the real one: edits in turn by the same rules, each once. */
class Server {
  content = { zones: [zone(A, [1, 2]), zone(B, [3])], weights: DEFAULT_WEIGHTS };
  done: DonePlanEdit[] = [];
  isDraft = true;
  /** How many edits it tells of at once. */
  page = 500;
  /** What becomes of the next requests: no answer before or after it was done, or an error of this status. */
  fate: ('lost' | 'answer lost' | number)[] = [];
  posts = 0;

  post = async ({ id, edit }: NewPlanEdit, actor = 'Budi'): Promise<DonePlanEdit> => {
    this.posts++;
    const fate = this.fate.shift();
    if (fate === 'lost') throw refusal(0);
    if (typeof fate === 'number') throw refusal(fate);
    const known = this.done.find((each) => each.id === id);
    if (known) return known;
    if (!this.isDraft) throw refusal(409);
    const outcome = applyEdit(this.content, edit);
    if (!outcome.ok) throw refusal(409);
    this.content = outcome.content;
    const done = { revision: this.done.length + 1, id, actor, at: '2026-11-22T10:00:00Z', edit };
    this.done.push(done);
    if (fate === 'answer lost') throw refusal(0);
    return done;
  };
}

const refusal = (status: number) => new RequestError(status, { code: 'any', message: 'any' });

function begin() {
  const server = new Server();
  let ids = 0;
  const draft = new Draft({ content: server.content, revision: 0 }, () => `edit-${++ids}`);
  const waiting: { ms: number; run(): void }[] = [];
  const sync = new DraftSync(draft, {
    post: (edit) => server.post(edit),
    editsAfter: async (revision) => ({
      edits: server.done.slice(revision, revision + server.page),
      more: server.done.length > revision + server.page,
    }),
    whole: async () => (server.isDraft ? { content: server.content, revision: server.done.length } : null),
    after(ms, run) {
      const timer = { ms, run };
      waiting.push(timer);
      return () => void waiting.splice(waiting.indexOf(timer), 1);
    },
  });
  const again = async () => {
    waiting.shift()?.run();
    await settled();
  };
  return { server, draft, sync, waiting, again };
}

describe('what is done on a draft', () => {
  test('is sent in its order, one after another, and is saved then', async () => {
    const { server, draft, sync } = begin();
    draft.do(paint(null, A, 4));
    draft.do(paint(A, B, 4));
    expect(sync.status.state).toBe('sending');
    await settled();
    expect(sync.status.state).toBe('saved');
    expect(server.done.map(({ edit }) => edit)).toEqual([paint(null, A, 4), paint(A, B, 4)]);
    expect(draft.state).toMatchObject({ revision: 2, pending: [] });
    expect(draft.state.content).toEqual(server.content);
  });

  test('waits without a server, longer each time, and is sent once when it is back', async () => {
    const { server, draft, sync, waiting, again } = begin();
    server.fate = ['lost', 503, 'answer lost'];
    draft.do(paint(null, A, 4));
    await settled();
    expect(sync.status.state).toBe('offline');
    draft.do(paint(null, A, 5));
    await settled();
    expect(server.posts).toBe(1);
    expect(waiting.map(({ ms }) => ms)).toEqual([1_000]);
    await again();
    expect(waiting.map(({ ms }) => ms)).toEqual([2_000]);
    await again();
    expect(sync.status.state).toBe('offline');
    await again();
    expect(sync.status.state).toBe('saved');
    expect(server.done).toHaveLength(2);
    expect(draft.state.content).toEqual(server.content);
  });

  test('gives way to what somebody else did first, keeps the rest, and says who it was', async () => {
    const { server, draft, sync } = begin();
    await server.post({ id: 'foreign', edit: paint(null, B, 5) }, 'Rina');
    draft.do(paint(null, A, 4, 5));
    await settled();
    expect(sync.status.state).toBe('saved');
    expect(draft.state.content).toEqual(server.content);
    expect(server.content.zones.map(({ codes }) => codes)).toEqual([[1, 2, 4].map(RW), [3, 5].map(RW)]);
    expect(draft.state.clashes).toMatchObject([{ left: paint(null, A, 5), by: { actor: 'Rina' } }]);
  });

  test('ends with a reason where the plan was published meanwhile, and keeps what was not saved in sight', async () => {
    const { server, draft, sync } = begin();
    server.isDraft = false;
    draft.do(paint(null, A, 4));
    await settled();
    expect(sync.status).toEqual({ state: 'ended', why: 'frozen' });
    expect(draft.state.pending).toHaveLength(1);
    sync.retry();
    await settled();
    expect(server.posts).toBe(1);
  });

  test.each([
    [403, 'forbidden'],
    [404, 'gone'],
  ])('ends after %i', async (status, why) => {
    const { server, draft, sync } = begin();
    server.fate = [status];
    draft.do(paint(null, A, 4));
    await settled();
    expect(sync.status).toEqual({ state: 'ended', why });
  });

  test('is not sent for ever when it is refused for what the page does not know', async () => {
    const { server, draft, sync } = begin();
    server.fate = [422];
    draft.do(paint(null, A, 4));
    await settled();
    expect(sync.status.state).toBe('saved');
    expect(server.posts).toBe(1);
    expect(draft.state).toMatchObject({ pending: [], clashes: [{ left: paint(null, A, 4) }] });
    expect(draft.state.content).toEqual(server.content);
  });

  test('what was done without an answer is not done again, nor told as lost, where too much followed to be read', async () => {
    const { server, draft, sync, again } = begin();
    server.fate = ['answer lost'];
    draft.do(paint(null, A, 4, 5));
    await settled();
    await server.post({ id: 'foreign', edit: paint(A, null, 5) }, 'Rina');
    server.page = 0;
    await sync.catchUp();
    await again();
    expect(sync.status.state).toBe('saved');
    expect(server.done.map(({ actor }) => actor)).toEqual(['Budi', 'Rina']);
    expect(draft.state).toMatchObject({ pending: [], clashes: [] });
    expect(draft.state.content).toEqual(server.content);
  });

  test('edits that were missed are read when a later one is heard', async () => {
    const { server, draft, sync } = begin();
    await server.post({ id: 'one', edit: paint(null, B, 5) }, 'Rina');
    const second = await server.post({ id: 'two', edit: paint(null, B, 6) }, 'Rina');
    sync.hear([second]);
    await settled();
    expect(draft.state.revision).toBe(2);
    expect(draft.state.content).toEqual(server.content);
  });
});
