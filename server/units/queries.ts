import { sql } from 'kysely';
import { POSITION_FLAG } from '../../shared/schemas/position.ts';
import type { NewUnit, Unit, UnitDetail, UnitPatch } from '../../shared/schemas/unit.ts';
import { appendAudit } from '../access/audit.queries.ts';
import type { Scope } from '../access/scope.ts';
import { positionVisible, unitAtHome, unitVisible } from '../access/visible.queries.ts';
import type { Db } from '../database/connection.ts';
import { isOn } from '../database/duty.ts';
import { appendEvents } from '../database/event-log.ts';
import { UNIT_COLUMNS as COLUMNS, dutyChange, homes, unitChanged, usualEnd } from '../database/units.ts';
import type { StoredEvent } from '../events.ts';

/** Fixes at these places are kept, but no line is drawn through them. */
const DOUBTFUL = POSITION_FLAG.jump | POSITION_FLAG.invalid;
/** Points of the longest trail. */
const TRAIL_POINTS = 5_000;

/** Every unit, by callsign. */
export async function listUnits(db: Db, scope: Scope): Promise<Unit[]> {
  return db.selectFrom('unit').select(COLUMNS).where(unitVisible(scope)).orderBy('callsign').execute();
}

/** Who changes a unit, and when. */
export interface Change {
  actor: string;
  at: Date;
}

/**
 * Stores a unit with its devices, and writes down who did. A callsign or device that exists breaks a unique constraint
 * (code 23505).
 */
export async function createUnit(
  db: Db,
  unit: NewUnit,
  change: Change,
): Promise<{ unit: Unit; events: StoredEvent[] }> {
  return db.transaction().execute(async (trx) => {
    const status = unit.status ?? 'available';
    const until = unit.dutyUntil === undefined ? usualEnd(change.at) : unit.dutyUntil;
    const created = await trx
      .insertInto('unit')
      .values({
        callsign: unit.callsign,
        organisation: unit.organisation,
        status,
        duty_until: status === 'off_duty' ? null : until,
        home_area: unit.homeArea ?? null,
      })
      .returning(COLUMNS)
      .executeTakeFirstOrThrow();
    const devices = (unit.devices ?? []).map((identifier) => ({
      identifier,
      unit_id: created.id,
      speed_unit: unit.speedUnit ?? 'knots',
    }));
    if (devices.length > 0) await trx.insertInto('device').values(devices).execute();
    const events = await appendEvents(trx, [unitChanged(created)]);
    const { id, ...fields } = created;
    const detail = unit.dutyUntil === undefined ? fields : { ...fields, dutyUntil: unit.dutyUntil };
    await appendAudit(trx, { ...change, action: 'unit.created', subject: `unit:${id}`, detail });
    return { unit: created, events };
  });
}

/**
 * Changes a unit and writes down who did what, or gives `undefined` when none belongs to the scope. A callsign that exists
 * breaks a unique constraint.
 */
export async function changeUnit(
  db: Db,
  scope: Scope,
  id: number,
  patch: UnitPatch,
  change: Change,
): Promise<{ unit: Unit; events: StoredEvent[] } | undefined> {
  const { speedUnit, homeArea, status, dutyUntil, ...fields } = patch;
  const { at } = change;
  return db.transaction().execute(async (trx) => {
    // Whoever saw it at its old home is told that it is gone.
    const old =
      homeArea === undefined
        ? undefined
        : await trx.selectFrom('unit').select('home_area').where('id', '=', id).forUpdate().executeTakeFirst();
    const unit = await trx
      .updateTable('unit')
      .set({
        ...fields,
        ...(homeArea === undefined ? {} : { home_area: homeArea }),
        ...dutyChange({ status, until: dutyUntil == null ? dutyUntil : new Date(dutyUntil) }, at),
        updated_at: at,
      })
      .where('id', '=', id)
      .where(unitAtHome(scope))
      .returning(COLUMNS)
      .executeTakeFirst();
    if (!unit) return undefined;
    if (speedUnit) await trx.updateTable('device').set({ speed_unit: speedUnit }).where('unit_id', '=', id).execute();
    const before = old && { areas: homes(old.home_area) };
    const events = await appendEvents(trx, [{ ...unitChanged(unit), ...(before && { before }) }]);
    await appendAudit(trx, { ...change, action: 'unit.changed', subject: `unit:${id}`, detail: patch });
    return { unit, events };
  });
}

/**
 * A unit with its newest position, devices and quarantine counts; `undefined` when there is none in the scope. The
 * position is that which `places` allows: nobody sees one without the permission for positions, and who may not change the
 * unit none from before its duty began or after it ended, which leads home.
 */
export async function findUnit(
  db: Db,
  scope: Scope,
  id: number,
  { places, mayChange, now }: { places: { db: Db; scope: Scope } | undefined; mayChange: boolean; now: number },
): Promise<UnitDetail | undefined> {
  const unit = await db
    .selectFrom('unit')
    .select([...COLUMNS, 'duty_since', 'duty_until'])
    .where('id', '=', id)
    .where(unitVisible(scope))
    .executeTakeFirst();
  if (!unit) return undefined;
  const [position, devices, quarantined] = await Promise.all([
    places?.db
      .selectFrom('unit_position')
      .select(['fixed_at', 'received_at', 'speed', 'heading', 'accuracy', 'battery', 'alarm', 'flags'])
      .select([sql<number>`ST_X(geom)`.as('lon'), sql<number>`ST_Y(geom)`.as('lat')])
      .where('unit_id', '=', id)
      .where(positionVisible(places.scope, 'unit_position'))
      .executeTakeFirst(),
    db.selectFrom('device').select('identifier').where('unit_id', '=', id).orderBy('id').execute(),
    db
      .selectFrom('position_quarantine')
      .innerJoin('device', 'device.id', 'device_id')
      .select(['reason', sql<number>`count(*)::int`.as('count')])
      .where('unit_id', '=', id)
      .groupBy('reason')
      .orderBy('reason')
      .execute(),
  ]);
  const { duty_since, duty_until, ...known } = unit;
  const onDuty = isOn({ status: unit.status, until: duty_until }, now);
  const isOfDuty = onDuty && position && (duty_since === null || position.fixed_at >= duty_since);
  return {
    ...known,
    mayChange,
    positionHidden: !mayChange && !onDuty,
    dutySince: unit.status === 'off_duty' ? null : (duty_since?.toISOString() ?? null),
    dutyUntil: duty_until?.toISOString() ?? null,
    position:
      position && (mayChange || isOfDuty)
        ? { ...position, time: position.fixed_at.getTime(), heardAt: position.received_at.getTime() }
        : null,
    devices: devices.map(({ identifier }) => identifier),
    quarantined,
  };
}

/** Whether a unit is on duty; `undefined` when there is none in the scope. */
export async function isOnDuty(db: Db, scope: Scope, id: number): Promise<boolean | undefined> {
  const unit = await db
    .selectFrom('unit')
    .select('status')
    .where('id', '=', id)
    .where(unitVisible(scope))
    .executeTakeFirst();
  return unit && unit.status !== 'off_duty';
}

/** Whether a unit belongs to the scope, which may then change it. */
export async function belongs(db: Db, scope: Scope, id: number): Promise<boolean> {
  const unit = await db
    .selectFrom('unit')
    .select('id')
    .where('id', '=', id)
    .where(unitAtHome(scope))
    .executeTakeFirst();
  return unit !== undefined;
}

/** Where a unit was since `from`, oldest first, as longitude, latitude and Unix time in milliseconds; doubtful fixes left out. */
export async function listTrail(db: Db, scope: Scope, id: number, from: Date): Promise<[number, number, number][]> {
  const rows = await db
    .selectFrom('position')
    .select(['fixed_at', sql<number>`ST_X(geom)`.as('lon'), sql<number>`ST_Y(geom)`.as('lat')])
    .where('unit_id', '=', id)
    .where(positionVisible(scope, 'position'))
    .where('fixed_at', '>=', from)
    .where(sql<boolean>`flags & ${DOUBTFUL}::smallint = 0`)
    .orderBy('fixed_at', 'desc')
    .limit(TRAIL_POINTS)
    .execute();
  return rows.map((row): [number, number, number] => [row.lon, row.lat, row.fixed_at.getTime()]).reverse();
}
