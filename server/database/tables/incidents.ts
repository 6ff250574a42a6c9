import type { Generated } from 'kysely';
import type {
  IncidentCategory,
  IncidentSource,
  IncidentStatus,
  Severity,
  TimePrecision,
} from '../../../shared/schemas/incident.ts';
import type { Computed, GeneratedTimestamp, Geometry, Timestamp } from './columns.ts';

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

/** Incidents, how they came, and what became of them. */
export interface IncidentTables {
  incident: IncidentTable;
  incident_import: IncidentImportTable;
  incident_log: IncidentLogTable;
}
