import { type RawBuilder, sql } from 'kysely';
import type { Unit, UnitStatus } from '../../shared/schemas/unit.ts';
import type { NewEvent } from './event-log.ts';

/** The columns of a {@link Unit}. */
export const UNIT_COLUMNS = ['id', 'callsign', 'organisation', 'status', 'home_area as homeArea'] as const;

/** The event of a unit that is new or has changed. */
export function unitChanged(unit: Unit): NewEvent {
  return { kind: 'unit.changed', subject: String(unit.id), data: unit, areas: homes(unit.homeArea) };
}

/** The areas a unit belongs to. */
export function homes(area: string | null): string[] {
  return area === null ? [] : [area];
}

/**
 * The columns that change when a unit is switched on or off duty, or its end of duty is set. An end that has gone by ends
 * nothing any more; duty that begins is noted with its time. It begins also where the one before is over and nobody has
 * looked yet: what was seen between the two is not taken.
 */
export function dutyChange(
  { status, until }: { status?: UnitStatus | undefined; until?: Date | null | undefined },
  at: Date,
): { status?: UnitStatus; duty_until?: Date | null | RawBuilder<Date>; duty_since?: RawBuilder<Date> } {
  if (status === 'off_duty') return { status, duty_until: null };
  const duty_since = sql<Date>`CASE WHEN status = 'off_duty' OR duty_until <= ${at} THEN ${at} ELSE duty_since END`;
  if (status === undefined) return until === undefined ? {} : { duty_until: until, duty_since };
  return {
    status,
    duty_until: until === undefined ? sql<Date>`CASE WHEN duty_until > ${at} THEN duty_until END` : until,
    duty_since,
  };
}
