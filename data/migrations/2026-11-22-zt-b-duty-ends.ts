import { type Kysely, sql } from 'kysely';

/**
 * Duties that never end because they began before every duty got an end, and nobody said that they should last: they end
 * as one of today would, after twelve hours, or now where it is not known when they began. The server then switches them
 * off and writes it down. Whoever is on duty says so again; nobody is followed home for an old switch.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    UPDATE unit SET duty_until = coalesce(duty_since + interval '12 hours', now())
    WHERE status <> 'off_duty' AND duty_until IS NULL AND NOT EXISTS (
      SELECT FROM audit WHERE subject = 'unit:' || unit.id AND action IN ('unit.created', 'unit.changed')
        AND detail -> 'dutyUntil' = 'null'::jsonb AND (duty_since IS NULL OR audit.at >= duty_since))`.execute(db);
}
