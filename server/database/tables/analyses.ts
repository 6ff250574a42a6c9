import type { ColumnType, Generated } from 'kysely';
import type { Zone } from '../../../shared/geo/zone.ts';
import type { IncidentCategory } from '../../../shared/schemas/incident.ts';
import type {
  WarningEnding,
  WarningOutcome,
  WarningRule,
  WarningSeries,
  WarningState,
} from '../../../shared/schemas/warning.ts';
import type { Computed, GeneratedTimestamp, Timestamp } from './columns.ts';

export interface EarlyWarningRunTable {
  id: Generated<number>;
  cause: 'nightly' | 'asked';
  /** Zone of a nightly run: it is of every family of that zone. */
  zone: Zone | null;
  /** ISO date: the last day that is counted. */
  last_day: ColumnType<string, string, string>;
  /** Codes of the kabupaten and kota that it is of; null: all of its zone. */
  families: string[] | null;
  started_at: Timestamp;
  /** Its last sign of life. */
  beat_at: GeneratedTimestamp;
  done: Generated<number>;
  total: Generated<number>;
  finished_at: Timestamp | null;
  /** When it failed, or was found dead. */
  given_up_at: Timestamp | null;
  data_version: string | null;
  /** Those of the families whose history is too short. */
  short: Generated<string[]>;
}

export interface EarlyWarningTable {
  id: string;
  area_code: string;
  /** Codes of its area and of all that contain it. */
  scope_codes: Computed<string[]>;
  lon: number;
  lat: number;
  category: IncidentCategory;
  rule: WarningRule;
  state: Generated<WarningState>;
  since: string;
  last_day: string;
  observed: number;
  expected: number;
  statistic: number;
  upper_bound: number;
  weeks: number;
  observed_weeks: number;
  expected_weeks: number;
  p: number;
  series: ColumnType<WarningSeries, string, string>;
  run_id: number;
  data_version: string;
  raised_at: Timestamp;
  ended_at: Timestamp | null;
  end_reason: WarningEnding | null;
  outcome: WarningOutcome | null;
  outcome_by: string | null;
  outcome_at: Timestamp | null;
  outcome_note: Generated<string>;
  version: Generated<number>;
}

export interface ElectionCalendarTable {
  id: string;
  name: string;
  name_en: string;
  kind: 'pemilu' | 'pilkada' | 'pilkades' | 'other';
  /** Where people vote: these areas and all within them; null: the whole country. */
  area_codes: string[] | null;
  origin: 'demonstration' | 'own';
  version: Generated<number>;
  created_by: string;
  created_at: GeneratedTimestamp;
  updated_at: GeneratedTimestamp;
}

export interface ElectionCalendarStageTable {
  calendar_id: string;
  /** Its place in the calendar, from 0. */
  place: number;
  key: string;
  name: string;
  name_en: string;
  /** ISO date; the last day is included. */
  starts_on: string;
  ends_on: string;
  source: string;
}

export interface AnalysisTable {
  id: string;
  title: string;
  note: string;
  view: string;
  spec: unknown;
  camera: unknown;
  figures: unknown;
  data_version: string;
  /** Codes of the areas that it is about; null: the whole country. */
  about_codes: string[] | null;
  /** What it is about beside areas: the drawn part of its writer's jurisdiction, as it was then. A row of `analysis_place`. */
  about_place: number | null;
  request_hash: string;
  version: Generated<number>;
  created_by: string;
  created_at: Timestamp;
  updated_by: string;
  updated_at: Timestamp;
}

/** What is made of incidents: early warnings, calendars to compare by, and saved analyses. */
export interface AnalysisTables {
  early_warning_run: EarlyWarningRunTable;
  early_warning: EarlyWarningTable;
  election_calendar: ElectionCalendarTable;
  election_calendar_stage: ElectionCalendarStageTable;
  analysis: AnalysisTable;
}
