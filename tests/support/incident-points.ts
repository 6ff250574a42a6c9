import fc from 'fast-check';
import {
  INCIDENT_CATEGORIES,
  INCIDENT_SOURCES,
  INCIDENT_STATUSES,
  type IncidentPoint,
  SEVERITIES,
} from '../../shared/schemas/incident.ts';

/** An incident point with the given fields over plain ones. */
export function incidentPoint(fields: Partial<IncidentPoint> & { id: string }): IncidentPoint {
  return {
    lon: 106.8,
    lat: -6.2,
    category: 'kamtibmas',
    severity: 'low',
    status: 'new',
    source: 'resident',
    title: 'Contoh',
    occurredAt: 0,
    createdAt: 0,
    area: '98.71.01.1001',
    version: 1,
    ...fields,
  };
}

/** What varies between incidents in a kota; places are drawn close together, and sometimes the same. */
export const arbitraryIncident: fc.Arbitrary<Omit<IncidentPoint, 'id' | 'createdAt' | 'version'>> = fc.record({
  lon: fc.oneof(fc.double({ min: 106.7, max: 106.9, noNaN: true }), fc.constantFrom(106.8, 106.81)),
  lat: fc.oneof(fc.double({ min: -6.3, max: -6.1, noNaN: true }), fc.constantFrom(-6.2, -6.21)),
  category: fc.constantFrom(...INCIDENT_CATEGORIES),
  severity: fc.constantFrom(...SEVERITIES),
  status: fc.constantFrom(...INCIDENT_STATUSES),
  source: fc.constantFrom(...INCIDENT_SOURCES),
  title: fc.constant('Contoh'),
  occurredAt: fc.integer({ min: 0, max: 200 * 3_600_000 }),
  area: fc.constantFrom('98.71.01.1001', '98.71.01.1002', '98.7', ''),
});
