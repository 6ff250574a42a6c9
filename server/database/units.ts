import { type RawBuilder, sql } from 'kysely';
import type { Unit, UnitStatus } from '../../shared/schemas/unit.ts';
import { DUTY_MS } from './duty.ts';
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
 * The columns that change when a unit is switched on or off duty, or its end of duty is set. Duty that begins is noted
 * with its time, and ends after {@link DUTY_MS} where no end is named; one without an end (`until: null`) keeps none. It begins also where the one before is over and nobody has
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
    duty_until: until === undefined ? keptEnd(at) : until,
    duty_since,
  };
}

/** The end of a duty of which none is named: as it was, or of one that begins. */
function keptEnd(at: Date): RawBuilder<Date> {
  return sql<Date>`CASE WHEN duty_until > ${at} THEN duty_until
    WHEN status = 'off_duty' OR duty_until IS NOT NULL THEN ${usualEnd(at)}::timestamptz END`;
}

/** When a duty that begins now ends by itself. */
export function usualEnd(at: Date): Date {
  return new Date(at.getTime() + DUTY_MS);
}
