import { expect, test } from 'vitest';
import type { LiveEnvironment, SocketListener } from '../../../../client/live/environment.ts';
import { PlanLive, type Planner } from '../../../../client/planning/draft/live.ts';
import { PLAN_GONE, type PlanDownMessage } from '../../../../shared/plans/live.ts';
import type { DonePlanEdit, PlanState } from '../../../../shared/schemas/plan.ts';

/** A stream whose other end the test is. */
function begin() {
  const listeners: SocketListener[] = [];
  const sent: unknown[] = [];
  const timers: (() => void)[] = [];
  const heard = { edits: [] as DonePlanEdit[], planners: [] as readonly Planner[], states: [] as string[] };
  const environment: LiveEnvironment = {
    connect(listener) {
      listeners.push(listener);
      return { send: (text) => sent.push(JSON.parse(text)), close() {} };
    },
    now: () => 0,
    performanceNow: () => 0,
    random: () => 0,
    after(_ms, callback) {
      timers.push(callback);
      return () => void timers.splice(timers.indexOf(callback), 1);
    },
    onWake: () => () => {},
  };
  const known = { revision: 7 };
  const live = new PlanLive(
    'any',
    {
      revision: () => known.revision,
      edits: (edits) => heard.edits.push(...edits),
      planners(planners) {
        heard.planners = planners;
      },
      state: (state) => heard.states.push(state),
      status() {},
      withdrawn() {},
    },
    environment,
  );
  const say = (message: PlanDownMessage) => listeners.at(-1)?.message(JSON.stringify(message));
  const welcome = (state: PlanState = 'draft') =>
    say({ type: 'welcome', protocol: '1', who: 'me', revision: 9, state, heartbeatMs: 5_000 });
  return { live, known, listeners, sent, timers, heard, say, welcome };
}

const cursor = (who: string, lon: number): PlanDownMessage => ({
  type: 'cursor',
  who,
  actor: who,
  lon,
  lat: 0,
  zone: null,
});

test('says what is known here once it is welcome, and hands on what comes', () => {
  const { sent, heard, say, welcome } = begin();
  expect(sent).toEqual([]);
  welcome();
  expect(sent).toEqual([{ type: 'hello', revision: 7 }]);
  const edit: DonePlanEdit = { revision: 8, id: 'x', actor: 'rina', at: '2026-11-22T10:00:00Z', edit: [] };
  say({ type: 'edits', edits: [edit] });
  say({ type: 'state', state: 'published' });
  say({ type: 'heartbeat' });
  expect(heard).toMatchObject({ edits: [edit], states: ['draft', 'published'] });
});

test('others are where they were last, until they leave or the connection does', () => {
  const { listeners, heard, say, welcome } = begin();
  welcome();
  say(cursor('rina', 1));
  say(cursor('budi', 2));
  say(cursor('rina', 3));
  expect(heard.planners.map(({ who, lon }) => [who, lon])).toEqual([
    ['rina', 3],
    ['budi', 2],
  ]);
  say({ type: 'gone', who: 'rina' });
  expect(heard.planners.map(({ who }) => who)).toEqual(['budi']);
  listeners[0]?.closed(1006);
  expect(heard.planners).toEqual([]);
});

test('of many places of the pointer the latest is sent, ten times a second at most', () => {
  const { live, sent, timers, welcome } = begin();
  welcome();
  const waiting = timers.length;
  for (const lon of [1, 2, 3]) live.point(lon, 0, 'zone');
  expect(timers).toHaveLength(waiting + 1);
  timers.at(-1)?.();
  expect(sent.slice(1)).toEqual([{ type: 'cursor', lon: 3, lat: 0, zone: 'zone' }]);
});

test('a plan that is gone is not come back to', () => {
  const { listeners, timers, welcome } = begin();
  welcome();
  listeners[0]?.closed(PLAN_GONE.code);
  for (const timer of [...timers]) timer();
  expect(listeners).toHaveLength(1);
});

test('at every connection it says which revision it has, and hears whether the plan was published while it was cut', () => {
  const { known, listeners, timers, sent, heard, welcome } = begin();
  welcome();
  known.revision = 9;
  listeners[0]?.closed(1006);
  timers.at(-1)?.();
  expect(listeners).toHaveLength(2);
  welcome('published');
  expect(sent).toEqual([
    { type: 'hello', revision: 7 },
    { type: 'hello', revision: 9 },
  ]);
  expect(heard.states).toEqual(['draft', 'published']);
});
