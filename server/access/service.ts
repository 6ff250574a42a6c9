import type { FastifyInstance } from 'fastify';
import type { Db } from '../database/connection.ts';
import type { Bus } from '../events.ts';
import { refreshShapes } from './shapes.queries.ts';

/** How often it is looked whether a day has begun. */
const LOOK_MS = 60_000;
/** A part counts by the day in western Indonesia's time (WIB). */
const WIB_MS = 7 * 3_600_000;

/** Keeps the shapes of jurisdictions as their parts, the areas and the calendar say. */
export async function keepShapes(http: FastifyInstance, { db, bus, now }: { db: Db; bus: Bus; now: () => number }) {
  let refreshing: Promise<void> | undefined;
  let again = false;
  let day = dayOf(now());
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
  // The shapes until now stay in force, by which somebody may see what is no longer his: tried again within a minute.
  const soon = () =>
    void refresh().catch((error) => {
      day = Number.NaN;
      http.log.error({ err: error }, 'shapes of jurisdictions not made');
    });
  await refresh();
  bus.on('jurisdictions.changed', soon);
  bus.on('areas.published', soon);
  const timer = setInterval(() => {
    if (dayOf(now()) === day) return;
    day = dayOf(now());
    soon();
  }, LOOK_MS);
  timer.unref();
  http.addHook('onClose', async () => {
    clearInterval(timer);
    await refreshing?.catch(() => {});
  });
}

function dayOf(time: number): number {
  return Math.floor((time + WIB_MS) / 86_400_000);
}
