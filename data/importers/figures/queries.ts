import { sql } from 'kysely';
import type { Db } from '../../../server/database/connection.ts';

/** How many households an area has. */
export interface Households {
  code: string;
  households: number;
  /** ISO date of what the figure tells; null where it is not known. */
  asOf: string | null;
}

/** Writes figures in one statement, in place of those that the same areas had: all of them, or none. */
export async function storeHouseholds(db: Db, figures: readonly Households[], source: string): Promise<void> {
  await sql`
    INSERT INTO area_figure (code, figure, value, source, as_of)
    SELECT code, 'households', value, ${source}, as_of FROM unnest(${figures.map(({ code }) => code)}::text[],
      ${figures.map(({ households }) => households)}::float8[], ${figures.map(({ asOf }) => asOf)}::date[]) AS given(code, value, as_of)
    ON CONFLICT (figure, code) DO UPDATE SET value = excluded.value, source = excluded.source, as_of = excluded.as_of`.execute(
    db,
  );
}
