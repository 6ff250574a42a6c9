import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';

/** Seconds until the database answered the smallest question, or `undefined` when it did not within `patienceMs`. */
export async function roundTrip(db: Db, patienceMs: number): Promise<number | undefined> {
  const start = performance.now();
  const answered = sql`SELECT 1`.execute(db).then(
    () => true,
    () => false,
  );
  const timeout = new AbortController();
  const late = delay(patienceMs, false, { signal: timeout.signal }).catch(() => false);
  const isThere = await Promise.race([answered, late]);
  timeout.abort();
  return isThere ? (performance.now() - start) / 1000 : undefined;
}
