import { levelOfCode } from '../../shared/area-code.ts';
import type { Incident, IncidentArea, IncidentPoint } from '../../shared/schemas/incident.ts';
import type { IncidentRecord } from './queries.ts';

/** An incident as the API shows it. An area that no longer exists is shown by its code. */
export function toIncident(record: IncidentRecord, areas: Map<string, IncidentArea>): Incident {
  return {
    id: record.id,
    category: record.category,
    subcategory: record.subcategory,
    severity: record.severity,
    status: record.status,
    source: record.source,
    title: record.title,
    description: record.description,
    occurredAt: record.occurred_at.toISOString(),
    occurredUntil: record.occurred_until?.toISOString() ?? null,
    timePrecision: record.time_precision,
    reportedAt: record.reported_at.toISOString(),
    location: { lon: record.lon, lat: record.lat, accuracyM: record.accuracy_m },
    place: record.place,
    areas: record.area_codes.map((code) => areas.get(code) ?? { code, name: code, level: levelOfCode(code) ?? 'rw' }),
    areaMatch: record.area_match,
    version: record.version,
    createdAt: record.created_at.toISOString(),
    updatedAt: record.updated_at.toISOString(),
  };
}

/** What the map needs of an incident; the data of the live events. */
export function toPoint(record: IncidentRecord): IncidentPoint {
  return {
    id: record.id,
    lon: record.lon,
    lat: record.lat,
    category: record.category,
    severity: record.severity,
    status: record.status,
    source: record.source,
    title: record.title,
    occurredAt: record.occurred_at.getTime(),
    createdAt: record.created_at.getTime(),
    area: record.area_codes.at(-1) ?? '',
    version: record.version,
  };
}
