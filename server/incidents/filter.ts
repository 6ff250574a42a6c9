import { type Static, Type } from 'typebox';
import { fieldError, type RondaError } from '../../shared/errors.ts';
import { AreaCode } from '../../shared/schemas/area.ts';
import {
  INCIDENT_CATEGORIES,
  INCIDENT_SOURCES,
  INCIDENT_STATUSES,
  type IncidentCategory,
  type IncidentSource,
  type IncidentStatus,
  SEVERITIES,
  type Severity,
} from '../../shared/schemas/incident.ts';

const List = Type.String({ maxLength: 400, description: 'Values separated by commas' });
const DateTime = Type.String({ format: 'date-time' });

/** Query of `GET /api/incidents`. */
export const IncidentQuery = Type.Object(
  {
    bbox: Type.Optional(Type.String({ maxLength: 120, description: 'west,south,east,north in degrees' })),
    categories: Type.Optional(List),
    severities: Type.Optional(List),
    statuses: Type.Optional(List),
    sources: Type.Optional(List),
    from: Type.Optional(DateTime),
    to: Type.Optional(DateTime),
    area: Type.Optional(AreaCode),
    q: Type.Optional(Type.String({ maxLength: 100, description: 'Part of title, place or description' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
);

/** Query of `GET /api/incidents.csv`: the same list, as a whole. */
export const IncidentExportQuery = Type.Omit(IncidentQuery, ['limit', 'cursor'], { additionalProperties: false });

/** What a list of incidents is narrowed to; absent fields do not narrow. */
export interface IncidentFilter {
  /** West, south, east, north, degrees; west > east crosses the antimeridian. */
  bbox?: [number, number, number, number];
  categories?: IncidentCategory[];
  severities?: Severity[];
  statuses?: IncidentStatus[];
  sources?: IncidentSource[];
  from?: Date;
  to?: Date;
  area?: string;
  text?: string;
}

/** Reads a query. Throws `invalid_request` that names the parameter. */
export function readFilter(query: Static<typeof IncidentExportQuery>): IncidentFilter {
  const filter: IncidentFilter = {};
  if (query.bbox !== undefined) filter.bbox = readBbox(query.bbox);
  if (query.categories !== undefined) filter.categories = readList('categories', query.categories, INCIDENT_CATEGORIES);
  if (query.severities !== undefined) filter.severities = readList('severities', query.severities, SEVERITIES);
  if (query.statuses !== undefined) filter.statuses = readList('statuses', query.statuses, INCIDENT_STATUSES);
  if (query.sources !== undefined) filter.sources = readList('sources', query.sources, INCIDENT_SOURCES);
  if (query.from !== undefined) filter.from = new Date(query.from);
  if (query.to !== undefined) filter.to = new Date(query.to);
  if (query.area !== undefined) filter.area = query.area;
  const text = query.q?.trim();
  if (text) filter.text = text;
  return filter;
}

function readBbox(text: string): [number, number, number, number] {
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN, ...rest] = text
    .split(',')
    .map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const inRange =
    Math.abs(west) <= 180 && Math.abs(east) <= 180 && Math.abs(south) <= 90 && Math.abs(north) <= 90 && south <= north;
  if (!inRange || rest.length > 0)
    throw invalid('bbox', 'is not west,south,east,north in degrees, such as 116.0,-8.7,116.2,-8.5');
  return [west, south, east, north];
}

function readList<Value extends string>(name: string, text: string, known: readonly Value[]): Value[] {
  return text.split(',').map((part) => {
    const value = known.find((candidate) => candidate === part.trim());
    if (value === undefined) throw invalid(name, `has a value that is not known; use ${known.join(', ')}`);
    return value;
  });
}

function invalid(name: string, problem: string): RondaError {
  return fieldError('invalid_request', `query.${name}`, problem);
}
