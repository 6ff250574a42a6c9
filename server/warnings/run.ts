import { createHash } from 'node:crypto';
import { addDays } from '../../shared/calendar/days.ts';
import type { Zone } from '../../shared/geo/zone.ts';
import { COUNTING_STEPS } from '../../shared/schemas/warning.ts';
import type { Db } from '../database/connection.ts';
import { appendEvents } from '../database/event-log.ts';
import type { Bus } from '../events.ts';
import { countFamilies } from './count.ts';
import { endOthers } from './ending.queries.ts';
import type { Family } from './families.ts';
import type { FamilyCounts, Finding } from './family.ts';
import { type Judges, startJudges } from './judges.ts';
import { toEvent } from './present.ts';
import { type FoundWarning, labelPoints, upsertWarnings } from './queries.ts';
import { beat, finishRun, giveUp } from './runs.queries.ts';
import { lastWholeDay } from './weeks.ts';

export interface RunServices {
  db: Db;
  bus: Bus;
  now: () => number;
  /** Starts whoever judges; a thread by default. */
  judges?: () => Judges;
}

const BEAT_MS = 1_000;
/** Rows written by one statement: a short one each. */
const WRITE_BATCH = 200;

/** A run ended because it was told to, or because another server took it for dead. */
class RunStopped extends Error {}

/**
 * Does a run that was begun: counts, judges, and publishes all of it at once. Whatever ends it before leaves nothing but
 * its own row, given up. Returns whether it was published.
 */
export async function doRun(
  services: RunServices,
  run: { id: number; families: readonly Family[]; narrow: boolean },
  signal: AbortSignal,
): Promise<boolean> {
  const { db, now } = services;
  const at = now();
  const progress = progressOf(db, run.id, COUNTING_STEPS + run.families.length, signal);
  const judges = (services.judges ?? startJudges)();
  try {
    const zones = [...new Set(run.families.map(({ zone }) => zone))];
    const counts: { zone: Zone; all: FamilyCounts[] }[] = [];
    for (const [index, zone] of zones.entries()) {
      const families = run.families.filter((family) => family.zone === zone).map(({ code }) => code);
      const onStep = (share: number) => progress(((index + Math.min(1, share)) / zones.length) * COUNTING_STEPS);
      counts.push({ zone, all: await countFamilies(db, { zone, now: at, families, narrow: run.narrow, onStep }) });
    }
    const short: string[] = [];
    const found: Found[] = [];
    let judged = 0;
    for (const { zone, all } of counts) {
      for (const family of all) {
        const { tooShort, findings } = await judges.judge(family);
        if (tooShort) short.push(family.family);
        // Of its own counts alone: nobody is told that those of others changed.
        found.push({ zone, dataVersion: versionOf([family]), findings });
        await progress(COUNTING_STEPS + ++judged);
      }
    }
    const dataVersion = versionOf(counts.flatMap(({ all }) => all));
    return await publish(services, { ...run, at, short, dataVersion }, found);
  } catch (error) {
    await giveUp(db, run.id).catch(() => {});
    if (error instanceof RunStopped) return false;
    throw error;
  } finally {
    await judges.close();
  }
}

/** Tells how far a run is, at most once a second, and stops it where it is to stop. */
function progressOf(db: Db, id: number, total: number, signal: AbortSignal) {
  let told = 0;
  return async (done: number) => {
    if (signal.aborted) throw new RunStopped('the server stops');
    if (performance.now() - told < BEAT_MS && told > 0) return;
    told = performance.now();
    if (!(await beat(db, id, Math.floor(done), total))) throw new RunStopped('another server took the run for dead');
  };
}

/** What was found in a family. */
interface Found {
  zone: Zone;
  /** Of the counts that it stands on. */
  dataVersion: string;
  findings: readonly Finding[];
}

interface Publication {
  id: number;
  families: readonly Family[];
  at: number;
  short: string[];
  /** Of the counts of all families. */
  dataVersion: string;
}

/** Writes all of a run in one transaction, with its events; writes nothing when the run was given up meanwhile. */
async function publish(
  { db, bus, now }: RunServices,
  { id, families, at, short, dataVersion }: Publication,
  found: readonly Found[],
): Promise<boolean> {
  const points = await labelPoints(
    db,
    found.flatMap(({ findings }) => findings.map(({ code }) => code)),
  );
  const warnings = found.flatMap(({ zone, dataVersion, findings }) =>
    findings.flatMap((finding) => {
      const point = points.get(finding.code);
      return point ? [{ ...toFound(finding, point, lastWholeDay(at, zone)), dataVersion }] : [];
    }),
  );
  const time = new Date(now());
  const events = await db.transaction().execute(async (trx) => {
    if (!(await finishRun(trx, id, { at: time, dataVersion, short }))) return undefined;
    const written = [];
    for (let from = 0; from < warnings.length; from += WRITE_BATCH) {
      const batch = warnings.slice(from, from + WRITE_BATCH);
      written.push(...(await upsertWarnings(trx, { run: id, at: time }, batch)));
    }
    const judged = families.map(({ code }) => code).filter((code) => !short.includes(code));
    const ended = await endOthers(trx, id, time, judged);
    return appendEvents(trx, [
      ...written.map((record) => toEvent(record.isNew ? 'warning.raised' : 'warning.changed', record)),
      ...ended.map((record) => toEvent('warning.changed', record)),
    ]);
  });
  if (events && events.length > 0) bus.emit('events.appended', events);
  return events !== undefined;
}

function toFound(
  finding: Finding,
  { lon, lat }: { lon: number; lat: number },
  lastDay: string,
): Omit<FoundWarning, 'dataVersion'> {
  const { series } = finding;
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return {
    area: finding.code,
    lon,
    lat,
    category: finding.category,
    rule: finding.rule,
    since: addDays(lastDay, 1 - 7 * finding.weeks),
    lastDay,
    observed: finding.observed,
    expected: round(finding.expected),
    statistic: round(finding.statistic),
    upperBound: round(finding.upperBound),
    weeks: finding.weeks,
    observedWeeks: finding.observedWeeks,
    expectedWeeks: round(finding.expectedWeeks),
    p: finding.p,
    series: {
      startsOn: series.counts.map((_, week) => addDays(lastDay, 1 - 7 * (series.counts.length - week))),
      counts: series.counts,
      judgedFrom: series.judgedFrom,
      expected: series.expected.map(round),
      statistic: series.statistic.map(round),
      bound: series.bound.map(round),
    },
  };
}

/** The same for the same counts. */
function versionOf(counts: readonly FamilyCounts[]): string {
  const lines = counts.flatMap(({ entries }) =>
    entries.map(({ code, category, week, count }) => `${code} ${category} ${week} ${count}`),
  );
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex').slice(0, 16);
}
