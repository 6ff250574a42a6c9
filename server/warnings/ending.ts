import { appendEvents } from '../database/event-log.ts';
import { anyGone, endGone } from './ending.queries.ts';
import { toEvent } from './present.ts';
import type { RunServices } from './run.ts';

/**
 * Ends the warnings of areas that are no longer in force, and tells of it: no run looks at such an area again, as of a
 * kabupaten that was divided, so none would end them.
 */
export async function endWithoutArea({ db, bus, now }: Pick<RunServices, 'db' | 'bus' | 'now'>): Promise<void> {
  if (!(await anyGone(db))) return;
  const events = await db.transaction().execute(async (trx) => {
    const ended = await endGone(trx, new Date(now()));
    return appendEvents(
      trx,
      ended.map((record) => toEvent('warning.changed', record)),
    );
  });
  if (events.length > 0) bus.emit('events.appended', events);
}
