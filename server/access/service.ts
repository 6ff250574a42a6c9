import type { FastifyInstance } from 'fastify';
import { dayIn, ZONES } from '../../shared/geo/zone.ts';
import type { Db } from '../database/connection.ts';
import type { Bus } from '../events.ts';
import { refreshShape, refreshShapes, shapedJurisdictions } from './shapes.queries.ts';

/** How often it is looked whether a day has begun: who may no longer see is not shown it for longer. */
const LOOK_MS = 1_000;
/** How long shapes that could not be made are waited for before it is tried again. */
const AGAIN_MS = 60_000;

/** Keeps the shapes of jurisdictions as their parts, the areas and the calendar say. */
export async function keepShapes(http: FastifyInstance, { db, bus, now }: { db: Db; bus: Bus; now: () => number }) {
  // What somebody changed goes before what a day or an import may have changed: by it others are let in or kept out.
  const changed = new Set<number>();
  const others = new Set<number>();
  let making: Promise<void> | undefined;
  let days = daysOf(now());
  let failedAt = Number.NaN;
  const make = async (): Promise<void> => {
    for (;;) {
      const [id] = changed.size > 0 ? changed : others;
      if (id === undefined) return;
      const isChanged = changed.delete(id);
      others.delete(id);
      await refreshShape(db, id, now());
      if (isChanged || others.size === 0) bus.emit('access.changed');
    }
  };
  // The shapes until now stay in force, by which somebody may see what is no longer his: tried again in a minute.
  const fail = (error: unknown) => {
    failedAt = now();
    changed.clear();
    others.clear();
    http.log.error({ err: error }, 'shapes of jurisdictions not made');
  };
  const soon = () => {
    making ??= make()
      .catch(fail)
      .finally(() => {
        making = undefined;
        if (changed.size + others.size > 0) soon();
      });
  };
  const all = () => {
    shapedJurisdictions(db).then((ids) => {
      for (const id of ids) others.add(id);
      soon();
    }, fail);
  };
  await refreshShapes(db, now());
  bus.on('jurisdictions.changed', ({ id }) => {
    changed.add(id);
    soon();
  });
  bus.on('areas.published', all);
  const timer = setInterval(() => {
    if (daysOf(now()) === days && !(now() >= failedAt + AGAIN_MS)) return;
    days = daysOf(now());
    failedAt = Number.NaN;
    all();
  }, LOOK_MS);
  timer.unref();
  http.addHook('onClose', async () => {
    clearInterval(timer);
    changed.clear();
    others.clear();
    await making;
  });
}

/** The days in all zones, for a part counts by the day in its own: another text whenever a day begins in one of them. */
function daysOf(time: number): string {
  return ZONES.map((zone) => dayIn(zone, time)).join();
}
