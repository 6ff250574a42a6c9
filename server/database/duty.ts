import type { Duty } from '../../shared/schemas/duty.ts';
import type { UnitStatus } from '../../shared/schemas/unit.ts';
import type { Db } from './connection.ts';

/** How long a duty lasts that nobody names an end of: who forgets to switch it off is not followed home for ever. */
export const DUTY_MS = 12 * 3_600_000;

/** A device that may speak, and the duty of its unit. */
export interface OnDuty {
  deviceId: number;
  unitId: number;
  callsign: string;
  homeArea: string | null;
  status: UnitStatus;
  since: Date | null;
  until: Date | null;
}

/** Devices with a token that counts, each an {@link OnDuty}. */
export function speakingDevices(db: Db) {
  return db
    .selectFrom('device')
    .innerJoin('unit', 'unit.id', 'unit_id')
    .select(['device.id as deviceId', 'unit.id as unitId', 'callsign', 'home_area as homeArea', 'status'])
    .select(['duty_since as since', 'duty_until as until'])
    .where('token_hash', 'is not', null)
    .where('revoked_at', 'is', null)
    .orderBy('device.id');
}

/** Whether a unit is on duty. One whose end has gone by is not, even if nobody has looked yet. @param now Unix ms */
export function isOn({ status, until }: Pick<OnDuty, 'status' | 'until'>, now: number): boolean {
  return status !== 'off_duty' && (until === null || until.getTime() > now);
}

/** A duty as it is told. @param now Unix ms */
export function presentDuty({ callsign, homeArea, since, ...duty }: OnDuty, now: number): Duty {
  const on = isOn(duty, now);
  const told = (time: Date | null) => (on && time ? time.toISOString() : null);
  return { callsign, homeArea, on, since: told(since), until: told(duty.until) };
}
