import type { Generated } from 'kysely';
import type { StoredEvent } from '../events.ts';
import type { AccessTables } from './tables/access.ts';
import type { AnalysisTables } from './tables/analyses.ts';
import type { AreaTables } from './tables/areas.ts';
import type { GeneratedTimestamp, Timestamp } from './tables/columns.ts';
import type { IncidentTables } from './tables/incidents.ts';
import type { PlanTables } from './tables/plans.ts';
import type { UnitTables } from './tables/units.ts';

export interface DataChangeTable {
  /** `*` for the whole, the code of an area, or `j` and the id of a jurisdiction for what was drawn of it. */
  key: string;
  /** The import by which the counted rows came; 0 for none. */
  import_id: number;
  /** How many rows changed. */
  version: string;
}

export interface PublicationTable {
  topic: 'areas' | 'basemap' | 'devices' | 'jurisdictions' | 'figures' | 'texts';
  version: number;
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

export interface DemonstrationTable {
  one: Generated<boolean>;
  seed: number;
  begun_at: GeneratedTimestamp;
  finished_at: Timestamp | null;
}

/** Every table, by its name in the database. */
export interface Tables extends AreaTables, UnitTables, AccessTables, IncidentTables, AnalysisTables, PlanTables {
  data_change: DataChangeTable;
  publication: PublicationTable;
  event_counter: EventCounterTable;
  event: EventTable;
  demonstration: DemonstrationTable;
}
