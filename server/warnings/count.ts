import type { Zone } from '../../shared/geo/zone.ts';
import type { Db } from '../database/connection.ts';
import { countIncidents, oldestIncident } from './counts.queries.ts';
import { familyOf } from './families.ts';
import type { CountEntry, FamilyCounts } from './family.ts';
import { MOST_WEEKS } from './judge.ts';
import { DAY_MS, dayStart, WEEK_MS } from './weeks.ts';

/** How long one statement may keep the embedded database, which runs one at a time, from others: aimed at, milliseconds. */
const GOAL_MS = 20;
const LONGEST_STEP_MS = 28 * DAY_MS;

export interface CountOptions {
  zone: Zone;
  /** Unix milliseconds: the last day counted is the one before this moment's. */
  now: number;
  /** Codes of the families that are counted. */
  families: readonly string[];
  /** Whether other families of the database are to be passed over by the query itself. */
  narrow: boolean;
  /** Called after each statement with the share of the time that was read. Throws to stop. */
  onStep(share: number): Promise<void>;
}

/** Counts the incidents of families by area, category and week, in steps of time that each take some milliseconds. */
export async function countFamilies(db: Db, options: CountOptions): Promise<FamilyCounts[]> {
  const { zone, now, families, narrow, onStep } = options;
  const entries = new Map<string, Map<string, CountEntry>>(families.map((code) => [code, new Map()]));
  const end = dayStart(now, zone);
  const origin = end - MOST_WEEKS * WEEK_MS;
  const oldest = (await oldestIncident(db)) ?? end;
  let step = DAY_MS;
  for (let to = end, from: number; to > Math.max(origin, oldest); to = from) {
    from = Math.max(origin, to - step);
    const begun = performance.now();
    const rows = await countIncidents(db, {
      from: new Date(from),
      to: new Date(to),
      origin: new Date(origin),
      families: narrow ? families : undefined,
    });
    for (const row of rows) {
      const own = entries.get(familyOf(row.code));
      const key = `${row.code} ${row.category} ${row.week}`;
      // A week may have been cut by a step.
      own?.set(key, { ...row, count: row.count + (own.get(key)?.count ?? 0) });
    }
    const fitting = (step * GOAL_MS) / Math.max(0.5, performance.now() - begun);
    // In whole hours, so that no two steps share a moment.
    step = Math.max(1, Math.round(Math.min(LONGEST_STEP_MS, fitting, step * 1.5) / 3_600_000)) * 3_600_000;
    await onStep((end - from) / (end - Math.max(origin, oldest)));
  }
  return [...entries].map(([family, own]) => ({ family, weeks: MOST_WEEKS, entries: [...own.values()] }));
}
