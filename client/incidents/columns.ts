import {
  INCIDENT_CATEGORIES,
  INCIDENT_STATUSES,
  type IncidentPoint,
  OPEN_STATUSES,
  SEVERITIES,
} from '../../shared/schemas/incident.ts';

/** How far an incident's handling is, as the map shows it; the number is its place here. */
export const STAGES = ['waiting', 'open', 'closed'] as const;
export type Stage = (typeof STAGES)[number];

/** Incidents as columns, one row each: what travels to the worker, without copying an object a row. */
export interface IncidentColumns {
  /** The page's small integer for an incident id. */
  slot: Uint32Array<ArrayBuffer>;
  lon: Float64Array<ArrayBuffer>;
  lat: Float64Array<ArrayBuffer>;
  /** Unix ms at which the server recorded it. */
  createdAt: Float64Array<ArrayBuffer>;
  /** Places in INCIDENT_CATEGORIES, SEVERITIES and STAGES. */
  category: Uint8Array<ArrayBuffer>;
  severity: Uint8Array<ArrayBuffer>;
  stage: Uint8Array<ArrayBuffer>;
  /** 1: counts in the heat. */
  heat: Uint8Array<ArrayBuffer>;
}

const CATEGORY_NUMBERS = new Map(INCIDENT_CATEGORIES.map((category, number) => [category, number]));
const SEVERITY_NUMBERS = new Map(SEVERITIES.map((severity, number) => [severity, number]));
const STAGE_NUMBERS = new Map(INCIDENT_STATUSES.map((status) => [status, STAGES.indexOf(stageOf(status))]));

/** `new` waits for somebody to look at it; what nobody has to act on any more is closed. */
export function stageOf(status: IncidentPoint['status']): Stage {
  if (status === 'new') return 'waiting';
  return OPEN_STATUSES.includes(status) ? 'open' : 'closed';
}

/** The points as columns; `slotOf` gives each incident its integer. */
export function toColumns(points: readonly IncidentPoint[], slotOf: (id: string) => number): IncidentColumns {
  const columns = emptyColumns(points.length);
  points.forEach((point, row) => {
    columns.slot[row] = slotOf(point.id);
    columns.lon[row] = point.lon;
    columns.lat[row] = point.lat;
    columns.createdAt[row] = point.createdAt;
    columns.category[row] = CATEGORY_NUMBERS.get(point.category) ?? 0;
    columns.severity[row] = SEVERITY_NUMBERS.get(point.severity) ?? 0;
    columns.stage[row] = STAGE_NUMBERS.get(point.status) ?? 0;
    // What patrols find where patrols go would make the heat feed itself.
    columns.heat[row] = point.source === 'patrol' ? 0 : 1;
  });
  return columns;
}

/** Columns of `rows` rows, all zero. */
export function emptyColumns(rows: number): IncidentColumns {
  return {
    slot: new Uint32Array(rows),
    lon: new Float64Array(rows),
    lat: new Float64Array(rows),
    createdAt: new Float64Array(rows),
    category: new Uint8Array(rows),
    severity: new Uint8Array(rows),
    stage: new Uint8Array(rows),
    heat: new Uint8Array(rows),
  };
}
