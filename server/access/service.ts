import type { FastifyInstance } from 'fastify';
import type { Db } from '../database/connection.ts';
import type { Bus } from '../events.ts';
import { refreshShapes } from './shapes.queries.ts';

/** How often it is looked whether a day has begun: who may no longer see is not shown it for longer. */
const LOOK_MS = 1_000;
/** How long shapes that could not be made are waited for before it is tried again. */
const AGAIN_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Hours by which the zones of Indonesia (WIB, WITA, WIT) are ahead: a part counts by the day in its own. */
const ZONES = [7, 8, 9];

/** Keeps the shapes of jurisdictions as their parts, the areas and the calendar say. */
export async function keepShapes(http: FastifyInstance, { db, bus, now }: { db: Db; bus: Bus; now: () => number }) {
  let refreshing: Promise<void> | undefined;
  let again = false;
  let days = daysOf(now());
  let failedAt = Number.NaN;
  const refresh = (): Promise<void> => {
    again = refreshing !== undefined;
    refreshing ??= refreshShapes(db, now())
      .then(() => void bus.emit('access.changed'))
      .finally(() => {
        refreshing = undefined;
        if (again) soon();
      });
    return refreshing;
  };
  // The shapes until now stay in force, by which somebody may see what is no longer his: tried again in a minute.
  const soon = () =>
    void refresh().catch((error) => {
      failedAt = now();
      http.log.error({ err: error }, 'shapes of jurisdictions not made');
    });
  await refresh();
  bus.on('jurisdictions.changed', soon);
  bus.on('areas.published', soon);
  const timer = setInterval(() => {
    if (daysOf(now()) === days && !(now() >= failedAt + AGAIN_MS)) return;
    days = daysOf(now());
    failedAt = Number.NaN;
    soon();
  }, LOOK_MS);
  timer.unref();
  http.addHook('onClose', async () => {
    clearInterval(timer);
    await refreshing?.catch(() => {});
  });
}

/** The days in all zones: another text whenever a day begins in one of them. */
function daysOf(time: number): string {
  return ZONES.map((hours) => Math.floor((time + hours * HOUR_MS) / (24 * HOUR_MS))).join();
}
