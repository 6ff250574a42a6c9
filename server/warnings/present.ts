import type { EarlyWarning, WarningDetail, WarningPoint, WarningRun } from '../../shared/schemas/warning.ts';
import type { NewEvent } from '../database/event-log.ts';
import type { WarningRecord } from './queries.ts';
import type { RunRecord } from './runs.queries.ts';

/** Weeks that a list draws. */
const RECENT_WEEKS = 12;

/** A stored warning as the API gives it. */
export function toWarning(record: WarningRecord): EarlyWarning {
  const { outcome, outcome_at: at } = record;
  return {
    id: record.id,
    area: { code: record.area_code, name: record.name, level: record.level },
    lon: record.lon,
    lat: record.lat,
    ...evidenceOf(record),
    weeks: record.weeks,
    observedWeeks: record.observed_weeks,
    expectedWeeks: record.expected_weeks,
    recent: record.series.counts.slice(-RECENT_WEEKS),
    run: record.run_id,
    dataVersion: record.data_version,
    raisedAt: record.raised_at.toISOString(),
    endedAt: record.ended_at?.toISOString() ?? null,
    endReason: record.end_reason,
    outcome:
      outcome && at
        ? { verdict: outcome, by: record.outcome_by ?? '', at: at.toISOString(), note: record.outcome_note }
        : null,
    version: record.version,
  };
}

/** The same with the weeks behind it. */
export function toDetail(record: WarningRecord): WarningDetail {
  return { ...toWarning(record), series: record.series };
}

/** What the event of a warning tells. */
function toPoint(record: WarningRecord): WarningPoint {
  return {
    id: record.id,
    area: record.area_code,
    name: record.name,
    lon: record.lon,
    lat: record.lat,
    ...evidenceOf(record),
    outcome: record.outcome,
    version: record.version,
  };
}

/** The event that tells of a warning. */
export function toEvent(kind: 'warning.raised' | 'warning.changed', record: WarningRecord): NewEvent {
  return { kind, subject: record.id, data: toPoint(record), areas: [record.area_code] };
}

function evidenceOf(record: WarningRecord) {
  return {
    category: record.category,
    rule: record.rule,
    state: record.state,
    since: record.since,
    lastDay: record.last_day,
    observed: record.observed,
    expected: record.expected,
    statistic: record.statistic,
    upperBound: record.upper_bound,
    p: record.p,
  };
}

/** A run as the API gives it. `reaches`: whether a family is one of the asker's. */
export function toRun(record: RunRecord, reaches: (family: string) => boolean): WarningRun {
  return {
    id: record.id,
    cause: record.cause,
    state: record.finished_at ? 'finished' : record.given_up_at ? 'failed' : 'running',
    lastDay: record.last_day,
    startedAt: record.started_at.toISOString(),
    finishedAt: record.finished_at?.toISOString() ?? null,
    done: record.done,
    total: record.total,
    tooShort: record.short.some(reaches),
  };
}
