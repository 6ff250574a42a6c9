/** Top-level categories; the order fixes colours and legends everywhere. */
export const INCIDENT_CATEGORIES = [
  'kamtibmas',
  'pemilu',
  'bencana',
  'lalu_lintas',
  'sar',
  'narkotika',
  'lainnya',
] as const;
export type IncidentCategory = (typeof INCIDENT_CATEGORIES)[number];

/** From mild to worst. */
export const SEVERITIES = ['low', 'moderate', 'serious', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const INCIDENT_STATUSES = [
  'new',
  'verified',
  'assigned',
  'en_route',
  'on_scene',
  'resolved',
  'false',
  'unverifiable',
  'referred',
  'duplicate',
] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

/** How an incident became known. */
export const INCIDENT_SOURCES = ['resident', 'radio', 'patrol', 'official'] as const;
export type IncidentSource = (typeof INCIDENT_SOURCES)[number];

/** How exactly the time of an incident is known. */
export const TIME_PRECISIONS = ['minute', 'hour', 'day', 'week', 'unknown'] as const;
export type TimePrecision = (typeof TIME_PRECISIONS)[number];
