import { type Static, Type } from 'typebox';
import { ErrorDetail } from '../errors.ts';
import { AreaCode, AreaLevelSchema } from './area.ts';
import { INCIDENT_CATEGORIES, type IncidentStatus } from './incident.ts';

/**
 * How a rise is told: Farrington's improved method where history allows, else EWMA and CUSUM charts, and for rare incidents
 * the Bayes detector (see `shared/stats`).
 */
export const WARNING_RULES = ['farrington', 'ewma', 'cusum', 'bayes'] as const;
export type WarningRule = (typeof WARNING_RULES)[number];

/** `open`: the newest run still finds it; `ended`: no longer. */
export const WARNING_STATES = ['open', 'ended'] as const;
export type WarningState = (typeof WARNING_STATES)[number];

/** Why a warning ended: a run finds it no longer, or its area is no longer in force. */
export const WARNING_ENDINGS = ['over', 'not-in-force'] as const;
export type WarningEnding = (typeof WARNING_ENDINGS)[number];

/** What became of a warning in the eyes of those who looked into it. */
export const WARNING_OUTCOMES = ['true', 'false', 'unclear'] as const;
export type WarningOutcome = (typeof WARNING_OUTCOMES)[number];

/** Statuses of incidents that early warning counts: verified, and neither false nor told twice. */
export const COUNTED_STATUSES: readonly IncidentStatus[] = [
  'verified',
  'assigned',
  'en_route',
  'on_scene',
  'resolved',
  'referred',
];

const Day = Type.String({ format: 'date' });
const DateTime = Type.String({ format: 'date-time' });
const Note = Type.String({ maxLength: 1000 });

const evidence = {
  category: Type.Enum(INCIDENT_CATEGORIES),
  rule: Type.Enum(WARNING_RULES),
  state: Type.Enum(WARNING_STATES),
  /** First day of the rise, and the last day that was counted; days of the area's own zone. */
  since: Day,
  lastDay: Day,
  /** Incidents in the seven days up to the last. */
  observed: Type.Integer(),
  /** What was to be expected of seven days. */
  expected: Type.Number(),
  /** What the rule holds against its bound: the weighted mean of EWMA, the gathered excess of CUSUM, else what was observed. */
  statistic: Type.Number(),
  upperBound: Type.Number(),
  /**
   * Chance of so many or more without a rise, one-sided: for EWMA and CUSUM of the total since the rise began, allowing for the weeks
   * in which it could have begun; for Farrington and Bayes of the last seven days.
   */
  p: Type.Number(),
};

/** An early warning: in this area, more incidents of this category than were to be expected, by this rule. */
export const EarlyWarning = Type.Object({
  id: Type.String({ format: 'uuid' }),
  area: Type.Object({ code: AreaCode, name: Type.String(), level: AreaLevelSchema }),
  lon: Type.Number(),
  lat: Type.Number(),
  ...evidence,
  /** Weeks that the rise has lasted, with what they had and were expected to have. */
  weeks: Type.Integer(),
  observedWeeks: Type.Integer(),
  expectedWeeks: Type.Number(),
  /** Counts of the last twelve weeks at most, oldest first. */
  recent: Type.Array(Type.Integer()),
  /** Number of the run that found it last, and the version of the counts it stands on: those of its kabupaten or kota. */
  run: Type.Integer(),
  dataVersion: Type.String(),
  raisedAt: DateTime,
  endedAt: Type.Union([DateTime, Type.Null()]),
  endReason: Type.Union([Type.Enum(WARNING_ENDINGS), Type.Null()]),
  outcome: Type.Union([
    Type.Object({ verdict: Type.Enum(WARNING_OUTCOMES), by: Type.String(), at: DateTime, note: Note }),
    Type.Null(),
  ]),
  version: Type.Integer(),
});
export type EarlyWarning = Static<typeof EarlyWarning>;

/** The weeks behind a warning, oldest first, each of seven days; the last ends on the warning's last day. */
export const WarningSeries = Type.Object({
  startsOn: Type.Array(Day),
  counts: Type.Array(Type.Integer()),
  /** Index of the first week that was judged; those before are what it was judged by. The next three begin there. */
  judgedFrom: Type.Integer(),
  expected: Type.Array(Type.Number()),
  statistic: Type.Array(Type.Number()),
  bound: Type.Array(Type.Number()),
});
export type WarningSeries = Static<typeof WarningSeries>;

/** Answer of `GET /api/warnings/:id`. */
export const WarningDetail = Type.Object({ ...EarlyWarning.properties, series: WarningSeries });
export type WarningDetail = Static<typeof WarningDetail>;

/** What the live stream tells of a warning. */
export const WarningPoint = Type.Object({
  id: Type.String({ format: 'uuid' }),
  area: AreaCode,
  name: Type.String(),
  lon: Type.Number(),
  lat: Type.Number(),
  ...evidence,
  outcome: Type.Union([Type.Enum(WARNING_OUTCOMES), Type.Null()]),
  version: Type.Integer(),
});
export type WarningPoint = Static<typeof WarningPoint>;

/** Body of `PATCH /api/warnings/:id`; null takes an outcome back. */
export const WarningPatch = Type.Object(
  { outcome: Type.Union([Type.Enum(WARNING_OUTCOMES), Type.Null()]), note: Type.Optional(Note) },
  { additionalProperties: false },
);
export type WarningPatch = Static<typeof WarningPatch>;

/** A warning that was just written, with what looks like personal data in its note. */
export const WrittenWarning = Type.Object({
  ...EarlyWarning.properties,
  warnings: Type.Optional(Type.Array(ErrorDetail)),
});
export type WrittenWarning = Static<typeof WrittenWarning>;

/** Steps of a run in which incidents are counted; after them comes one for each kabupaten or kota that is judged. */
export const COUNTING_STEPS = 100;

/** A run over the counts; `failed` when it was given up, and then it changed nothing. */
export const WarningRun = Type.Object({
  id: Type.Integer(),
  cause: Type.Enum(['nightly', 'asked']),
  state: Type.Enum(['running', 'finished', 'failed']),
  /** Last day that it counts. */
  lastDay: Day,
  startedAt: DateTime,
  finishedAt: Type.Union([DateTime, Type.Null()]),
  /** Steps done of all of them; 0 of 0 when it has just begun. */
  done: Type.Integer(),
  total: Type.Integer(),
  /** Whether a place within reach has too short a history to be judged. */
  tooShort: Type.Boolean(),
});
export type WarningRun = Static<typeof WarningRun>;

/** Answer of `GET /api/warnings/runs`. */
export const WarningRuns = Type.Object({
  runs: Type.Array(WarningRun),
  /** Whether any whole area lies within reach: to who reaches only drawn parts of areas no early warning is told. */
  reachesAreas: Type.Boolean(),
});
export type WarningRuns = Static<typeof WarningRuns>;

/** How often a rule was right: true of true and false; those unclear are left out of it. */
export const RulePrecision = Type.Object({
  rule: Type.Enum(WARNING_RULES),
  true: Type.Integer(),
  false: Type.Integer(),
  unclear: Type.Integer(),
  /** Not looked into yet. */
  unjudged: Type.Integer(),
  /** Null where there is neither a true nor a false one. */
  precision: Type.Union([Type.Number(), Type.Null()]),
  /** Wilson's interval at 95 %. */
  low: Type.Union([Type.Number(), Type.Null()]),
  high: Type.Union([Type.Number(), Type.Null()]),
});
export type RulePrecision = Static<typeof RulePrecision>;
