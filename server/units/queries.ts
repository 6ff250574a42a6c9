import type { NewUnit, Unit } from '../../shared/schemas/unit.ts';
import type { Db } from '../database/connection.ts';

const COLUMNS = ['id', 'callsign', 'organisation', 'status', 'home_area as homeArea'] as const;

/** Every unit, by callsign. */
export async function listUnits(db: Db): Promise<Unit[]> {
  return db.selectFrom('unit').select(COLUMNS).orderBy('callsign').execute();
}

/** Stores a unit with its devices. A callsign or device that exists breaks a unique constraint (code 23505). */
export async function createUnit(db: Db, unit: NewUnit): Promise<Unit> {
  return db.transaction().execute(async (trx) => {
    const created = await trx
      .insertInto('unit')
      .values({
        callsign: unit.callsign,
        organisation: unit.organisation,
        status: unit.status ?? 'available',
        home_area: unit.homeArea ?? null,
      })
      .returning(COLUMNS)
      .executeTakeFirstOrThrow();
    const devices = (unit.devices ?? []).map((identifier) => ({ identifier, unit_id: created.id }));
    if (devices.length > 0) await trx.insertInto('device').values(devices).execute();
    return created;
  });
}
