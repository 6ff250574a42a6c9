import { afterEach, describe, expect, test } from 'vitest';
import { OpenPlan } from '../../../../client/planning/open-plan.ts';
import { usePlanning } from '../../../../client/planning/state.ts';
import {
  cancelSearch,
  forgetSearch,
  type PlanWorker,
  searchDivision,
  searchFix,
  useSearch,
} from '../../../../client/planning/suggest/search.ts';
import type { PlanJob, PlanMessage } from '../../../../client/workers/plan-messages.ts';
import { DEFAULT_WEIGHTS, type Plan, type PlanGround, type Zone } from '../../../../shared/schemas/plan.ts';

const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const RW = (n: number) => `52.71.01.1001.RW00${n}`;
const zone = (n: number, areas: number[], locked = false): Zone => ({
  id: id(n),
  name: `Zona ${n}`,
  colour: n,
  locked,
  codes: areas.map(RW),
});
/** Four areas in a row, the first in a locked zone. */
const GROUND: PlanGround = {
  version: '1',
  code: [0, 1, 2, 3].map(RW),
  name: [0, 1, 2, 3].map(RW),
  kecamatan: [0, 1, 2, 3].map(() => '52.71.01'),
  kecamatanName: {},
  lon: [0, 1, 2, 3],
  lat: [0, 0, 0, 0],
  areaM2: [1, 1, 1, 1],
  outlineM: [4, 4, 4, 4],
  start: [0, 1, 3, 5, 6],
  neighbour: [1, 0, 2, 1, 3, 2],
  borderM: [1, 1, 1, 1, 1, 1],
};
const WORKLOAD = Float64Array.of(1, 1, 1, 1);

function begin() {
  const zones = [zone(1, [0], true), zone(2, [1, 2, 3])];
  const plan = { id: id(0), level: 'rw', areas: ['52.71'], revision: 0, content: { zones, weights: DEFAULT_WEIGHTS } };
  const open = new OpenPlan(
    plan as unknown as Plan,
    GROUND,
    { version: '1', a: [], b: [], start: [], lon: [], lat: [] },
    { newId: () => crypto.randomUUID(), onFrame: (callback) => callback() },
  );
  const jobs: PlanJob[] = [];
  let isEnded = false;
  const worker: PlanWorker = {
    postMessage: (job) => jobs.push(job),
    terminate() {
      isEnded = true;
    },
    onmessage: null,
    onerror: null,
  };
  const say = (message: PlanMessage) => worker.onmessage?.({ data: message } as MessageEvent<PlanMessage>);
  const asked = { zones: 2, seed: 5, workload: WORKLOAD, name: (number: number) => `Zona ${number}` };
  return { open, jobs, say, asked, start: () => worker, isEnded: () => isEnded };
}

afterEach(() => {
  forgetSearch();
  usePlanning.setState({ ghost: undefined });
});

describe('a search for a division', () => {
  test('divides what is not locked, and shows what it finds without changing anything', () => {
    const { open, jobs, say, asked, start, isEnded } = begin();
    searchDivision(open, asked, start);
    const [job] = jobs;
    expect(job?.kind === 'division' && [...job.free]).toEqual([0, 1, 1, 1]);
    say({ done: 0.4 });
    expect(useSearch.getState().running).toEqual({ of: { kind: 'division', seed: 5 }, done: 0.4 });
    const zoneOf = Int32Array.of(-1, 0, 0, 1);
    say({ division: { ok: true, value: { zoneOf, linked: [{ areas: [3], to: 2 }], oversized: [] } } });
    const { ghost } = usePlanning.getState();
    expect(ghost?.after.zones.map(({ name, codes }) => [name, codes])).toEqual([
      ['Zona 1', [RW(0)]],
      ['Zona 2', [RW(1), RW(2)]],
      ['Zona 3', [RW(3)]],
    ]);
    expect(ghost?.before).toBe(open.content);
    expect(open.draft.state.pending).toEqual([]);
    expect(useSearch.getState()).toMatchObject({ running: undefined, failure: undefined, linked: 1 });
    expect(isEnded()).toBe(true);
  });

  test('says why there is none', () => {
    const { open, say, asked, start } = begin();
    searchDivision(open, asked, start);
    say({ division: { ok: false, reason: 'too-many-zones' } });
    expect(useSearch.getState()).toMatchObject({
      running: undefined,
      failure: { kind: 'division', reason: 'too-many-zones' },
    });
    expect(usePlanning.getState().ghost).toBeUndefined();
  });

  test('that was stopped shows nothing that comes afterwards', () => {
    const { open, say, asked, start, isEnded } = begin();
    searchDivision(open, asked, start);
    cancelSearch();
    expect(isEnded()).toBe(true);
    say({ division: { ok: true, value: { zoneOf: Int32Array.of(-1, 0, 0, 1), linked: [], oversized: [] } } });
    expect(usePlanning.getState().ghost).toBeUndefined();
  });

  test('whose worker fails says so', () => {
    const { open, say, asked, start } = begin();
    searchDivision(open, asked, start);
    say({ error: 'broken' });
    expect(useSearch.getState()).toMatchObject({ running: undefined, failure: { kind: 'failed' } });
  });
});

test('areas that mend a zone are shown as moves of the plan', () => {
  const { open, jobs, say, start } = begin();
  open.do([{ kind: 'assign', moves: [{ from: id(2), to: null, codes: [RW(3)] }] }]);
  searchFix(open, id(2), WORKLOAD, start);
  expect(jobs[0]).toMatchObject({ kind: 'fix', zone: 1, locked: [true, false] });
  say({ fix: { ok: true, moves: [{ area: 3, from: -1, to: 1 }], within: true } });
  const { ghost } = usePlanning.getState();
  expect(ghost?.edit).toEqual([{ kind: 'assign', moves: [{ from: null, to: id(2), codes: [RW(3)] }] }]);
  expect(ghost?.of).toEqual({ kind: 'fix', zone: id(2) });
});
