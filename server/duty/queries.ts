import type { Unit, UnitStatus } from '../../shared/schemas/unit.ts';
import { CLOCK } from '../access/actors.ts';
import { appendAudit } from '../access/audit.queries.ts';
import { secretHash } from '../access/secrets.ts';
import type { Db } from '../database/connection.ts';
import { type OnDuty, speakingDevices } from '../database/duty.ts';
import { appendEvents } from '../database/event-log.ts';
import { dutyChange, UNIT_COLUMNS, unitChanged } from '../database/units.ts';
import type { StoredEvent } from '../events.ts';

/** The device with this token; `undefined` when it is of none, or of one that was revoked. */
export async function findByToken(db: Db, token: string): Promise<OnDuty | undefined> {
  return speakingDevices(db).where('token_hash', '=', secretHash(token)).executeTakeFirst();
}

/** A device of this person's that sends for the unit; `undefined` when there is none, or all were revoked. */
export async function findOwn(db: Db, accountId: number, unitId: number): Promise<OnDuty | undefined> {
  return speakingDevices(db).where('account_id', '=', accountId).where('unit_id', '=', unitId).executeTakeFirst();
}

/** Switches the duty of a unit, and writes down who did. */
export async function switchDuty(
  db: Db,
  { unitId, actor }: { unitId: number; actor: string },
  duty: { status: UnitStatus; until: Date | null },
  at: Date,
): Promise<StoredEvent[]> {
  return db.transaction().execute(async (trx) => {
    const unit = await trx
      .updateTable('unit')
      .set({ ...dutyChange(duty, at), updated_at: at })
      .where('id', '=', unitId)
      .returning(UNIT_COLUMNS)
      .executeTakeFirstOrThrow();
    const events = await appendEvents(trx, [unitChanged(unit)]);
    const action = duty.status === 'off_duty' ? 'unit.off-duty' : 'unit.on-duty';
    await appendAudit(trx, { at, actor, action, subject: `unit:${unitId}` });
    return events;
  });
}

/** Takes every unit off duty whose time is over. Returns the events of those that were. */
export async function endDuties(db: Db, at: Date): Promise<StoredEvent[]> {
  // Mostly there is none, and then nothing is locked.
  if (!(await isOver(db, at))) return [];
  return db.transaction().execute(async (trx) => {
    const units: Unit[] = await trx
      .updateTable('unit')
      .set({ ...dutyChange({ status: 'off_duty' }, at), updated_at: at })
      .where('duty_until', '<=', at)
      .where('status', '!=', 'off_duty')
      .returning(UNIT_COLUMNS)
      .execute();
    if (units.length === 0) return [];
    const events = await appendEvents(trx, units.map(unitChanged));
    await appendAudit(
      trx,
      ...units.map(({ id }) => ({ at, actor: CLOCK, action: 'unit.off-duty', subject: `unit:${id}` })),
    );
    return events;
  });
}

async function isOver(db: Db, at: Date): Promise<boolean> {
  const unit = await db
    .selectFrom('unit')
    .select('id')
    .where('duty_until', '<=', at)
    .where('status', '!=', 'off_duty')
    .limit(1)
    .executeTakeFirst();
  return unit !== undefined;
}
