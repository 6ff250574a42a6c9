import { EventFeed } from '../../../server/live/event-feed.ts';
import { Hub } from '../../../server/live/hub.ts';
import { everywhere } from '../../../server/live/territory.ts';
import { UnitWorld } from '../../../server/live/world.ts';
import { TICKS_PER_SECOND } from '../../../shared/live/protocol.ts';
import { SCENE_ZOOM, type Scene } from './scene.ts';

const WARM = 50;
const TICKS = 250;

/** Milliseconds that a tick takes with so many viewers of the same window, sending not counted: the least of five rounds. */
export async function ticksOf({ places, windows: [bounds] }: Scene, viewers: number): Promise<number> {
  const world = new UnitWorld();
  const feed = await EventFeed.open({
    head: async () => ({ epoch: 'bench', cursorKey: '', seq: 0 }),
    read: async () => [],
  });
  let now = 1_763_700_000_000;
  const hub = new Hub(world, feed, () => now);
  const territory = everywhere();
  for (let i = 0; i < viewers; i++) {
    const viewer = hub.join({ bufferedAmount: 0, send: () => {}, ping: () => {}, close: () => {} }, territory);
    await viewer.receive(JSON.stringify({ type: 'window', id: 1, bounds, zoom: SCENE_ZOOM }), false);
  }
  const units = places.length / 2;
  const share = units / TICKS_PER_SECOND;
  let tick = 0;
  const round = (ticks: number) => {
    let spent = 0;
    for (const end = tick + ticks; tick < end; tick++) {
      now += 200;
      for (let i = 0; i < share; i++) {
        const unitId = ((tick % TICKS_PER_SECOND) * share + i) % units;
        const [lon = 0, lat = 0] = places.slice(unitId * 2, unitId * 2 + 2);
        world.place({ unitId, time: now, lon, lat, speed: 5, heading: 90, status: 0, alarm: '', flags: 0 });
      }
      const begun = performance.now();
      hub.tick();
      spent += performance.now() - begun;
    }
    return spent / ticks;
  };
  round(WARM);
  return Math.min(...Array.from({ length: 5 }, () => round(TICKS / 5)));
}
