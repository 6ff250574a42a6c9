import { type RawBuilder, sql } from 'kysely';
import { AREA_LEVELS, type AreaLevel } from '../../shared/area-code.ts';

/*
 * What is counted of incidents and areas, for every slice that counts: so that a figure on one screen is that on another.
 */

type Sql = RawBuilder<unknown>;

/** What becomes of an incident that matches: it is counted, or why not. A patrol's unverified finding is a patrol's. */
export const KINDS = ['counted', 'patrol', 'unverified', 'void'] as const;
export type Kind = (typeof KINDS)[number];

/** Characters of a code of each level: an RW's is whatever is left. */
export const CODE_LENGTH: Record<AreaLevel, number> = { provinsi: 2, kabkota: 5, kecamatan: 8, desa: 13, rw: 24 };

/** Households of each area from the narrowest level up: its own figure, or the sum of what is beneath where all of that is known. */
export function householdsOf(level: AreaLevel): Sql {
  const levels = AREA_LEVELS.slice(AREA_LEVELS.indexOf(level)).toReversed();
  const parts = levels.map((of, at) => {
    const beneath = levels[at - 1];
    const sums = beneath
      ? sql`SELECT left(code, ${sql.lit(CODE_LENGTH[of])}) AS code, CASE WHEN count(*) = count(value) THEN sum(value) END AS value
          FROM ${sql.table(`households_${beneath}`)} GROUP BY 1`
      : sql`SELECT NULL AS code, NULL::float8 AS value`;
    return sql`${sql.table(`households_${of}`)} AS (SELECT c.code, coalesce(f.value, beneath.value) AS value
      FROM area_current c LEFT JOIN area_figure f ON f.code = c.code AND f.figure = 'households'
      LEFT JOIN (${sums}) beneath ON beneath.code = c.code WHERE c.level = ${of})`;
  });
  return sql.join(parts);
}

/** The place in {@link KINDS} of a row of `incident`. */
export function kindOf({ patrol, unverified }: { patrol: boolean; unverified: boolean }): Sql {
  return sql`CASE WHEN status IN ('false', 'duplicate') THEN 3
    ${patrol ? sql`` : sql`WHEN source = 'patrol' THEN 1`}
    ${unverified ? sql`` : sql`WHEN status IN ('new', 'unverifiable') THEN 2`} ELSE 0 END`;
}

/** The code of the area of a level that an incident lies in, and of a wider one where it is in none: codes of what contains an area begin its own. */
export function codeAt(level: AreaLevel): Sql {
  return sql`left(area_code, ${sql.lit(CODE_LENGTH[level])})`;
}
