import type { Withdrawal } from '../../shared/schemas/my-data.ts';
import { appendAudit } from '../access/audit.queries.ts';
import type { Db } from '../database/connection.ts';
import { appendEvents } from '../database/event-log.ts';
import { positionDays } from '../database/position-days.ts';
import { unitChanged } from '../database/units.ts';
import type { Bus } from '../events.ts';
import { deletePositions, deleteTraces, listMyDevices, stopDevices } from './queries.ts';

const DAY_MS = 86_400_000;

/**
 * A person takes back his consent: nothing that his devices send is taken from now on, and what they sent is deleted.
 * What was on its way at this moment goes with the next retention.
 */
export async function withdraw(
  { db, bus }: { db: Db; bus: Bus },
  who: { id: number; username: string },
  at: Date,
): Promise<Withdrawal> {
  const devices = await listMyDevices(db, who.id);
  const ids = devices.map(({ id }) => id);
  const { events, forgotten } = await db.transaction().execute(async (trx) => {
    const units = await stopDevices(trx, ids, at);
    const forgotten = await deleteTraces(trx, ids);
    const events = await appendEvents(trx, units.map(unitChanged));
    await appendAudit(trx, {
      at,
      actor: who.username,
      action: 'consent.withdrawn',
      subject: `account:${who.id}`,
      detail: { devices: ids },
    });
    return { events, forgotten };
  });
  bus.emit('devices.changed');
  bus.emit('positions.forgotten', forgotten);
  bus.emit('events.appended', events);
  let positions = 0;
  if (ids.length > 0) {
    // A day at a time: a month of somebody's tracks must keep nobody else waiting.
    for (const day of await positionDays(db)) {
      positions += await deletePositions(db, devices, new Date(day), new Date(day + DAY_MS));
    }
  }
  return { devices: ids.length, positions };
}
