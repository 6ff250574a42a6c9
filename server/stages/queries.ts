import { sql } from 'kysely';
import type { ElectionStages } from '../../shared/schemas/stage.ts';
import type { Db } from '../database/connection.ts';

/** The stages of the election whose calendar ends last. */
export async function latestCalendar(db: Db): Promise<ElectionStages> {
  const day = (column: 'starts_on' | 'ends_on') => sql<string>`to_char(${sql.ref(column)}, 'YYYY-MM-DD')`;
  const rows = await db
    .selectFrom('election_stage')
    .select(['calendar', 'key', 'name', 'name_en as nameEn', 'source'])
    .select([day('starts_on').as('startsOn'), day('ends_on').as('endsOn')])
    .where('calendar', '=', (latest) =>
      latest.selectFrom('election_stage').select('calendar').orderBy('ends_on', 'desc').orderBy('calendar').limit(1),
    )
    .orderBy('starts_on')
    .orderBy('ends_on')
    .execute();
  const [first] = rows;
  return {
    calendar: first?.calendar ?? null,
    stages: rows.map(({ key, name, nameEn, startsOn, endsOn }) => ({ key, name, nameEn, startsOn, endsOn })),
    source: first?.source ?? null,
  };
}
