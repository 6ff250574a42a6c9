import type { ColumnType, Generated } from 'kysely';
import type { Role } from '../../shared/access/roles.ts';
import type { Zone } from '../../shared/geo/zone.ts';
import type { AreaLevel } from '../../shared/schemas/area.ts';
import type {
  IncidentCategory,
  IncidentSource,
  IncidentStatus,
  Severity,
  TimePrecision,
} from '../../shared/schemas/incident.ts';
import type { Organisation, SpeedUnit, UnitStatus } from '../../shared/schemas/unit.ts';
import type { WarningOutcome, WarningRule, WarningSeries, WarningState } from '../../shared/schemas/warning.ts';
import type { StoredEvent } from '../events.ts';

/** A geometry column: read and written only through ST_… functions, never as a plain value. */
type Geometry = ColumnType<never, unknown, unknown>;
type Timestamp = ColumnType<Date, Date | string, Date | string>;
/** A column that the database computes. */
type Computed<T> = ColumnType<T, never, never>;
type GeneratedTimestamp = ColumnType<Date, Date | string | undefined, Date | string>;

export interface AreaImportTable {
  id: Generated<number>;
  file_name: string;
  source: string;
  started_at: GeneratedTimestamp;
  /** Host and process id of who writes it, and its last sign of life: an unpublished import whose owner is gone is removed. */
  owner: Generated<string>;
  beat_at: GeneratedTimestamp;
  published_at: Timestamp | null;
  report: unknown;
}

export interface AreaTable {
  id: Generated<number>;
  import_id: number;
  code: string;
  level: AreaLevel;
  name: string;
  parent_code: string | null;
  bps_code: string | null;
  geom: Geometry;
  label_point: Geometry;
  area_m2: number;
  search_key: string;
  valid_from: string | null;
  valid_to: string | null;
  content_hash: string;
}

export interface AreaCurrentTable {
  code: string;
  area_id: number;
  level: AreaLevel;
  parent_code: string | null;
}

export interface AreaShapeTable {
  area_id: number;
  band: number;
  level: AreaLevel;
  geom: Geometry;
}

export interface AreaCrosswalkTable {
  old_code: string;
  new_code: string;
  since: string | null;
}

export interface AreaFigureTable {
  code: string;
  figure: 'households';
  value: number;
  source: string;
  /** ISO date of what it tells; absent: not known. */
  as_of: string | null;
}

export interface DataChangeTable {
  /** `*` for the whole, the code of an area, or `j` and the id of a jurisdiction for what was drawn of it. */
  key: string;
  /** The import by which the counted rows came; 0 for none. */
  import_id: number;
  /** How many rows changed. */
  version: string;
}

export interface PublicationTable {
  topic: 'areas' | 'basemap' | 'devices' | 'jurisdictions' | 'figures';
  version: number;
}

export interface BasemapImportTable {
  id: Generated<number>;
  file_name: string;
  source: string;
  content_hash: string;
  owner: string;
  beat_at: GeneratedTimestamp;
  published_at: Timestamp | null;
  replaced_at: Timestamp | null;
  report: unknown;
}

export interface BasemapFeatureTable {
  id: Generated<number>;
  /** The import it came by; null when it came otherwise, and then it is always visible. */
  import_id: number | null;
  kind: string;
  class: Generated<string>;
  name: string | null;
  min_zoom: Generated<number>;
  source: string;
  geom: Geometry;
}

export interface PlaceTable {
  id: string;
  kind: string;
  name: string;
  area_code: string | null;
  search_key: string;
  source: string;
  attributes: unknown;
  geom: Geometry;
  scope_codes: Computed<string[]>;
}

export interface UnitTable {
  id: Generated<number>;
  callsign: string;
  organisation: Organisation;
  status: Generated<UnitStatus>;
  home_area: string | null;
  /** When its duty ends by itself. */
  duty_until: Timestamp | null;
  /** Since when it is on duty; absent: always. */
  duty_since: Timestamp | null;
  /** Codes of its home area and of all that contain it. */
  scope_codes: Computed<string[]>;
  source: Generated<string>;
  created_at: GeneratedTimestamp;
  updated_at: GeneratedTimestamp;
}

export interface DeviceTable {
  id: Generated<number>;
  identifier: string;
  unit_id: number;
  speed_unit: Generated<SpeedUnit>;
  /** SHA-256 (hex) of the token that it sends as its id. */
  token_hash: string | null;
  label: Generated<string>;
  enrolled_at: Timestamp | null;
  revoked_at: Timestamp | null;
  /** Whose it is; absent: the unit's own. */
  account_id: number | null;
  /** When its owner took back his consent: what it sent before goes. */
  withdrawn_at: Timestamp | null;
  created_at: GeneratedTimestamp;
}

export interface EnrolmentTable {
  token_hash: string;
  device_id: number;
  created_by: string;
  created_at: Timestamp;
  expires_at: Timestamp;
  used_at: Timestamp | null;
}

export interface AccountTable {
  id: Generated<number>;
  username: string;
  display_name: string;
  password_hash: string | null;
  totp_secret: string | null;
  /** The newest step (30 s since 1970) of which a code was used. */
  totp_step: Generated<string>;
  oidc_issuer: string | null;
  oidc_subject: string | null;
  created_at: GeneratedTimestamp;
  disabled_at: Timestamp | null;
}

export interface PasskeyTable {
  credential_id: string;
  account_id: number;
  public_key: Buffer;
  counter: Generated<string>;
  transports: Generated<string[]>;
  label: string;
  created_at: GeneratedTimestamp;
  last_used_at: Timestamp | null;
}

export interface SessionTable {
  /** SHA-256 (hex) of the id in the cookie. */
  id_hash: string;
  account_id: number;
  kind: 'browser' | 'wall';
  created_at: Timestamp;
  last_seen_at: Timestamp;
  expires_at: Timestamp;
  stepped_up_at: Timestamp | null;
  address: string | null;
  user_agent: string | null;
  revoked_at: Timestamp | null;
}

export interface AccessLinkTable {
  token_hash: string;
  kind: 'setup' | 'invitation' | 'recovery';
  account_id: number | null;
  created_by: string;
  created_at: Timestamp;
  expires_at: Timestamp;
  used_at: Timestamp | null;
}

export interface SignInFailureTable {
  key: string;
  failures: number;
  since: Timestamp;
  blocked_until: Timestamp | null;
}

export interface JurisdictionTable {
  id: Generated<number>;
  name: string;
  kind: 'nasional' | 'polda' | 'polres' | 'polsek' | 'khusus';
  parent_id: number | null;
  everything: Generated<boolean>;
}

export interface JurisdictionPartTable {
  id: Generated<number>;
  jurisdiction_id: number;
  /** Either an area or a shape of its own. */
  area_code: string | null;
  geom: Geometry | null;
  /** ISO dates, both included. */
  valid_from: string | null;
  valid_to: string | null;
}

export interface JurisdictionShapeTable {
  jurisdiction_id: number;
  origin: 'area' | 'polygon';
  geom: Geometry;
}

export interface AccessGrantTable {
  id: Generated<number>;
  account_id: number;
  role: Role;
  jurisdiction_id: number;
  valid_from: Timestamp;
  valid_to: Timestamp | null;
  reason: Generated<string>;
  break_glass: Generated<boolean>;
  granted_by: string;
  granted_at: Timestamp;
  revoked_at: Timestamp | null;
  revoked_by: string | null;
}

export interface AuditTable {
  seq: string;
  at: Timestamp;
  actor: string;
  action: string;
  subject: Generated<string>;
  detail: unknown;
  previous: string;
  hash: string;
}

export interface AuditHeadTable {
  one: Generated<boolean>;
  seq: string;
  hash: string;
}

export interface PositionTable {
  device_id: number;
  unit_id: number;
  fixed_at: Timestamp;
  own_time: boolean;
  received_at: Timestamp;
  geom: Geometry;
  alarm: Generated<string>;
  speed: number | null;
  heading: number | null;
  altitude: number | null;
  accuracy: number | null;
  battery: number | null;
  flags: Generated<number>;
  attributes: unknown;
}

export interface PositionDiscardTable {
  unit_id: number;
  count: string;
}

export interface PositionQuarantineTable {
  id: Generated<string>;
  device_id: number;
  received_at: GeneratedTimestamp;
  reason: string;
  fix: unknown;
  fix_hash: string;
}

export interface UnitPositionTable {
  unit_id: number;
  device_id: number;
  fixed_at: Timestamp;
  received_at: Timestamp;
  geom: Geometry;
  alarm: Generated<string>;
  speed: number | null;
  heading: number | null;
  accuracy: number | null;
  battery: number | null;
  flags: Generated<number>;
}

export interface IncidentTable {
  id: string;
  category: IncidentCategory;
  subcategory: string | null;
  severity: Severity;
  status: IncidentStatus;
  source: IncidentSource;
  title: string;
  description: Generated<string>;
  occurred_at: Timestamp;
  occurred_until: Timestamp | null;
  time_precision: TimePrecision;
  reported_at: Timestamp;
  geom: Geometry;
  accuracy_m: number | null;
  place: Generated<string>;
  area_codes: string[];
  area_match: Generated<'inside' | 'nearest' | 'none'>;
  /** Code of its narrowest area. */
  area_code: Computed<string | null>;
  /** Codes of its areas and of all that contain them. */
  scope_codes: Computed<string[]>;
  version: Generated<number>;
  request_hash: string;
  origin: Generated<string>;
  /** The import it came by; nobody sees it before that is published. */
  import_id: Generated<number | null>;
  /** When its texts were removed because their time was over. */
  text_removed_at: Timestamp | null;
  created_at: GeneratedTimestamp;
  updated_at: GeneratedTimestamp;
}

export interface IncidentImportTable {
  id: Generated<number>;
  file_name: string;
  source: string;
  /** The process that writes it. */
  owner: string;
  started_at: GeneratedTimestamp;
  beat_at: GeneratedTimestamp;
  published_at: Timestamp | null;
  /** When another process took it for a dead one and began to remove its rows. */
  given_up_at: Timestamp | null;
  report: unknown;
}

export interface IncidentLogTable {
  incident_id: string;
  version: number;
  at: GeneratedTimestamp;
  actor: string;
  note: Generated<string>;
  changes: unknown;
}

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
  outcome: WarningOutcome | null;
  outcome_by: string | null;
  outcome_at: Timestamp | null;
  outcome_note: Generated<string>;
  version: Generated<number>;
}

export interface EventCounterTable {
  one: Generated<boolean>;
  seq: string;
  epoch: string;
  /** Makes cursors opaque to those who get them. */
  cursor_key: Generated<string>;
}

export interface EventTable {
  seq: string;
  at: GeneratedTimestamp;
  kind: StoredEvent['kind'];
  subject: string;
  data: unknown;
  /** Codes of the areas of what it is about, and before the change; null: not known. */
  scope_codes: string[] | null;
  scope_before: string[] | null;
  /** Longitude and latitude before a change that moved it. */
  place_before: number[] | null;
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
  /** What it is about beside areas: the drawn part of its writer's jurisdiction. */
  about_geom: string | null;
  request_hash: string;
  version: Generated<number>;
  created_by: string;
  created_at: Timestamp;
  updated_by: string;
  updated_at: Timestamp;
}

export interface DemonstrationTable {
  one: Generated<boolean>;
  seed: number;
  begun_at: GeneratedTimestamp;
  finished_at: Timestamp | null;
}

/** Every table, by its name in the database. */
export interface Tables {
  area: AreaTable;
  area_import: AreaImportTable;
  area_current: AreaCurrentTable;
  area_shape: AreaShapeTable;
  area_crosswalk: AreaCrosswalkTable;
  area_figure: AreaFigureTable;
  data_change: DataChangeTable;
  publication: PublicationTable;
  basemap_import: BasemapImportTable;
  basemap_feature: BasemapFeatureTable;
  place: PlaceTable;
  unit: UnitTable;
  device: DeviceTable;
  enrolment: EnrolmentTable;
  account: AccountTable;
  passkey: PasskeyTable;
  session: SessionTable;
  access_link: AccessLinkTable;
  sign_in_failure: SignInFailureTable;
  jurisdiction: JurisdictionTable;
  jurisdiction_part: JurisdictionPartTable;
  jurisdiction_shape: JurisdictionShapeTable;
  access_grant: AccessGrantTable;
  audit: AuditTable;
  audit_head: AuditHeadTable;
  position: PositionTable;
  position_quarantine: PositionQuarantineTable;
  position_discard: PositionDiscardTable;
  unit_position: UnitPositionTable;
  incident: IncidentTable;
  incident_import: IncidentImportTable;
  incident_log: IncidentLogTable;
  early_warning_run: EarlyWarningRunTable;
  early_warning: EarlyWarningTable;
  event_counter: EventCounterTable;
  event: EventTable;
  election_calendar: ElectionCalendarTable;
  election_calendar_stage: ElectionCalendarStageTable;
  analysis: AnalysisTable;
  demonstration: DemonstrationTable;
}
