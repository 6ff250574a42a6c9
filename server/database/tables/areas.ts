import type { Generated } from 'kysely';
import type { AreaLevel } from '../../../shared/area-code.ts';
import type { Computed, GeneratedTimestamp, Geometry, Timestamp } from './columns.ts';

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

/** Areas, the base map over them, and the places within. */
export interface AreaTables {
  area_import: AreaImportTable;
  area: AreaTable;
  area_current: AreaCurrentTable;
  area_shape: AreaShapeTable;
  area_crosswalk: AreaCrosswalkTable;
  area_figure: AreaFigureTable;
  basemap_import: BasemapImportTable;
  basemap_feature: BasemapFeatureTable;
  place: PlaceTable;
}
