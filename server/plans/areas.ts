import { type ErrorCode, fieldError } from '../../shared/errors.ts';
import { MOST_PLAN_AREAS, type PlanLevel } from '../../shared/schemas/plan.ts';
import { containsCode } from '../access/scope.ts';
import type { Db } from '../database/connection.ts';
import type { RowScope } from '../database/scoped.ts';
import { paintable } from './areas.queries.ts';

/** Where areas were named, and the code of the answer to what is wrong with them. */
export interface Named {
  field: string;
  code: Extract<ErrorCode, 'unprocessable' | 'invalid_request'>;
  /** Whether each must have something to be painted: of a plan some may be no more, since areas were imported. */
  each: boolean;
}

/** The areas without those that lie within another, in order. */
export function widest(codes: readonly string[]): string[] {
  const sorted = [...new Set(codes)].sort();
  return sorted.filter((code) => !sorted.some((outer) => code.startsWith(`${outer}.`)));
}

/**
 * Checks that a plan can be painted in these areas: the scope reaches all of each, each (or one at least) has areas of the
 * level, and all together no more than a plan may have. Throws `forbidden` or the error of the field.
 */
export async function requirePaintable(
  db: Db,
  scope: RowScope,
  level: PlanLevel,
  areas: readonly string[],
  { field, code, each }: Named,
): Promise<void> {
  const beyond = areas.find((area) => !containsCode(scope, area));
  if (beyond !== undefined)
    throw fieldError(
      'forbidden',
      field,
      `holds ${beyond}, which lies outside your jurisdiction; choose areas within it`,
    );
  const all = await paintable(db, level, areas);
  const total = all.reduce((sum, { count }) => sum + count, 0);
  for (const { code: named, known, count } of each || total === 0 ? all : []) {
    if (!known)
      throw fieldError(
        code,
        field,
        `holds ${named}, which is no area in force; look for its code with GET /api/areas?q=`,
      );
    if (count === 0)
      throw fieldError(
        code,
        field,
        `holds ${named}, in which no ${level} is known; import them, or choose another level`,
      );
  }
  if (total > MOST_PLAN_AREAS) {
    const problem = `hold ${total} ${level}, more than the ${MOST_PLAN_AREAS} that a plan may have; choose fewer or smaller areas`;
    throw fieldError(code, field, problem);
  }
}
