import { expect, test } from 'vitest';
import type { LiveEnvironment, SocketListener } from '../../../../client/live/environment.ts';
import { PlanLive } from '../../../../client/planning/draft/live.ts';
import { ManualClock } from '../../../support/live-link.ts';

/** A plan that is listened to over a network under the test's control. */
function listen() {
  const clock = new ManualClock();
  const sockets: { listener: SocketListener; sent: object[] }[] = [];
  const environment: LiveEnvironment = {
    connect(listener) {
      const sent: object[] = [];
      sockets.push({ listener, sent });
      return { send: (text) => sent.push(JSON.parse(text)), close() {} };
    },
    now: () => clock.now,
    performanceNow: () => clock.now,
    random: () => 1,
    after: (ms, callback) => clock.after(ms, callback),
    onWake: () => () => {},
  };
  const told = { states: [] as string[], planners: [] as string[][], revision: 3 };
  const live = new PlanLive(
    'id',
    {
      revision: () => told.revision,
      edits: () => {},
      planners: (planners) => told.planners.push(planners.map(({ who }) => who)),
      state: (state) => told.states.push(state),
      status: () => {},
      withdrawn: () => {},
    },
    environment,
  );
  const say = (message: object) => sockets.at(-1)?.listener.message(JSON.stringify(message));
  const welcome = (state: string) =>
    say({ type: 'welcome', protocol: 'ronda.plan.v1', who: 'x', revision: 3, state, heartbeatMs: 5_000 });
  return { live, clock, sockets, told, say, welcome };
}

test('at every connection it says which revision it has, and hears whether the plan was published while it was cut', () => {
  const { live, clock, sockets, told, say, welcome } = listen();
  welcome('draft');
  say({ type: 'cursor', who: 'y', actor: 'Rina', lon: 116, lat: -8, zone: null });
  expect(told.planners.at(-1)).toEqual(['y']);
  told.revision = 5;
  sockets[0]?.listener.closed(1006);
  expect(told.planners.at(-1)).toEqual([]);
  clock.advance(1_000);
  welcome('published');
  expect(sockets.map(({ sent }) => sent)).toEqual([[{ type: 'hello', revision: 3 }], [{ type: 'hello', revision: 5 }]]);
  expect(told.states).toEqual(['draft', 'published']);
  live.close();
});
