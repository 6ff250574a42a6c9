import type { PlanLevel, PlanWorkload } from '../../shared/schemas/plan.ts';
import type { Scope } from '../access/scope.ts';
import { ByteCache } from '../byte-cache.ts';
import type { Db } from '../database/connection.ts';
import { areasVersion, groundRows } from './ground.queries.ts';
import {
  basemapVersion,
  countIncidents,
  countPlaces,
  readHouseholds,
  type Span,
  streetKm,
} from './workload.queries.ts';

/** Memory for lengths of streets, bytes. */
const CACHE_BYTES = 8 * 1024 * 1024;

/** Lengths of the streets of a ground, which are only measured again where areas or the base map were imported. */
export class Streets {
  readonly #cache = new ByteCache<{ km: number[]; size: number }>(CACHE_BYTES);

  /** Kilometres in each of the areas, in their order. */
  async km(db: Db, level: PlanLevel, areas: readonly string[], codes: readonly string[]): Promise<number[]> {
    const key = [await areasVersion(db), await basemapVersion(db), level, areas].join();
    const { km } = await this.#cache.getOrMake(key, async () => {
      const measured = (await streetKm(db, codes)).map((length) => Math.round(length * 1_000) / 1_000);
      return { km: measured, size: measured.length * 8 + key.length * 2 };
    });
    return km;
  }
}

/** What there is to be looked after in each area of a ground, as far as the scope reads incidents and places. */
export async function workloadOf(
  { db, scope }: { db: Db; scope: Scope },
  streets: Streets,
  { level, areas, span }: { level: PlanLevel; areas: readonly string[]; span: Span },
): Promise<PlanWorkload> {
  const code = (await groundRows(db, level, areas)).map((row) => row.code);
  const at = new Map(code.map((each, index) => [each, index]));
  const column = <Value>(empty: Value) => new Array<Value>(code.length).fill(empty);
  const counts = { low: column(0), moderate: column(0), serious: column(0), critical: column(0) };
  for (const { code: where, severity, count } of await countIncidents(db, scope, level, areas, span)) {
    const index = at.get(where);
    if (index !== undefined) counts[severity][index] = count;
  }
  const households = column<number | null>(null);
  for (const row of await readHouseholds(db, level, areas)) {
    const index = at.get(row.code);
    if (index !== undefined) households[index] = row.households;
  }
  const [tps, posts] = [column(0), column(0)];
  for (const row of await countPlaces(db, scope, level, areas)) {
    const index = at.get(row.code);
    if (index === undefined) continue;
    tps[index] = row.tps;
    posts[index] = row.posts;
  }
  return {
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    code,
    ...counts,
    streetKm: await streets.km(db, level, areas, code),
    households,
    tps,
    posts,
  };
}
