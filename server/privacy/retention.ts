import type { Config } from '../config.ts';
import type { Db } from '../database/connection.ts';
import { dropDaysBefore, positionDays } from '../database/position-days.ts';
import { countPositions, deletePlaces, deleteWithdrawn, removeTexts, thinPositions } from './retention.queries.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export type RetentionRules = Pick<Config, 'retentionDays' | 'thinAfterHours' | 'textRetention'>;

/** How much went, or would go. */
export interface RetentionReport {
  /** Positions older than they are kept, by day. */
  dropped: number;
  /** Units whose last position was older than that. */
  places: number;
  /** Positions beyond one a minute. */
  thinned: number;
  /** Positions of those who took back their consent. */
  withdrawn: number;
  /** Incidents whose texts are removed. */
  texts: number;
}

/**
 * Does what the rules say about what is kept: drops whole days of positions and where units were before, thins older ones to one a minute, removes
 * the texts of closed incidents. In steps of an hour of positions, so that nobody waits long for it. A dry run only counts.
 */
export async function applyRetention(
  db: Db,
  { retentionDays, thinAfterHours, textRetention }: RetentionRules,
  now: number,
  {
    dryRun,
    onProgress = () => {},
    onForgotten = () => {},
  }: {
    dryRun: boolean;
    onProgress?: (done: number, total: number) => void;
    /** Told of the units whose last position was deleted. */
    onForgotten?: (units: number[]) => void;
  },
): Promise<RetentionReport> {
  const report: RetentionReport = { dropped: 0, places: 0, thinned: 0, withdrawn: 0, texts: 0 };
  const oldest = now - retentionDays * DAY_MS;
  const days = await positionDays(db);
  let done = 0;
  for (const day of days) {
    if (day + DAY_MS <= oldest) report.dropped += await countPositions(db, new Date(day), new Date(day + DAY_MS));
    else await thinDay(db, day, now - thinAfterHours * HOUR_MS, dryRun, report);
    onProgress(++done, days.length);
  }
  if (!dryRun) await dropDaysBefore(db, oldest);
  const units = await deletePlaces(db, new Date(oldest), dryRun);
  report.places = units.length;
  if (!dryRun && units.length > 0) onForgotten(units);
  const others = textRetention.flatMap(({ category }) => category ?? []);
  for (const { category, days: kept } of textRetention) {
    const rule = { category, others, before: new Date(now - kept * DAY_MS), at: new Date(now) };
    for (let more = true; more; ) {
      const count = await removeTexts(db, rule, dryRun);
      report.texts += count;
      more = !dryRun && count > 0;
    }
  }
  return report;
}

/** Thins the hours of a day that are over before `until`, and deletes of all its hours what was withdrawn. */
async function thinDay(db: Db, day: number, until: number, dryRun: boolean, report: RetentionReport): Promise<void> {
  for (let hour = day; hour < day + DAY_MS; hour += HOUR_MS) {
    const [from, to] = [new Date(hour), new Date(hour + HOUR_MS)];
    report.withdrawn += await deleteWithdrawn(db, from, to, dryRun);
    if (hour + HOUR_MS <= until) report.thinned += await thinPositions(db, from, to, dryRun);
  }
}
