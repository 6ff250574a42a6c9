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

/** Incidents about a dozen centres near Jakarta, within the last five days; the same ones for the same arguments. */
export function manyIncidentPoints(count: number, now: number): IncidentPoint[] {
  let state = 7;
  const random = () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const spread = () => random() + random() + random() - 1.5;
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const centres = Array.from({ length: 12 }, () => ({ lon: 106.8 + spread() * 0.2, lat: -6.2 + spread() * 0.15 }));
  return Array.from({ length: count }, (_, at) => {
    const { lon, lat } = oneOf(centres);
    const recorded = now - 4 * 86_400_000 + at * 1000;
    return incidentPoint({
      id: `01930000-0000-7000-8000-${String(at).padStart(12, '0')}`,
      lon: lon + spread() * 0.03,
      lat: lat + spread() * 0.03,
      category: random() < 0.4 ? 'kamtibmas' : oneOf(INCIDENT_CATEGORIES),
      severity: SEVERITIES[Math.floor(4 * random() ** 3)] ?? 'low',
      status: random() < 0.2 ? oneOf(INCIDENT_STATUSES) : 'resolved',
      source: oneOf(INCIDENT_SOURCES),
      title: `Contoh ${at}`,
      occurredAt: recorded,
      createdAt: recorded,
    });
  });
}
