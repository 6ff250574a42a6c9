import type { TFunction } from 'i18next';
import type { Zone } from '../../shared/geo/zone.ts';
import {
  INCIDENT_CATEGORIES,
  INCIDENT_SOURCES,
  INCIDENT_STATUSES,
  SEVERITIES,
  TIME_PRECISIONS,
} from '../../shared/schemas/incident.ts';
import { coordinates, number } from '../format.ts';
import type { Language } from '../i18n/i18n.ts';
import { exactTime } from '../time.ts';

const LABELS = {
  category: 'form.category',
  subcategory: 'detail.subcategory',
  severity: 'detail.severity',
  status: 'detail.status',
  source: 'detail.how',
  title: 'form.titleLabel',
  description: 'detail.description',
  occurredAt: 'detail.occurred',
  occurredUntil: 'detail.occurredUntil',
  timePrecision: 'form.precision',
  reportedAt: 'detail.reported',
  location: 'detail.coordinates',
  place: 'detail.where',
  areaCodes: 'detail.areas',
} as const;

/** The interface's name of a field of an incident's history; a field of a later server by its own name. */
export function fieldWords(field: string, t: TFunction): string {
  const key = LABELS[field as keyof typeof LABELS];
  return key ? t(key) : field;
}

/** A value of that field as people read it: times in the zone of the place, places as coordinates with their accuracy. */
export function valueWords(field: string, value: unknown, t: TFunction, zone: Zone, language: Language): string {
  if (value === null || value === undefined || value === '') return t('app.none');
  if (Array.isArray(value)) return value.length === 0 ? t('app.none') : value.join(', ');
  if (field === 'location' && isPlace(value)) {
    const accuracy = value.accuracyM ? `, ${t('form.about', { metres: number(value.accuracyM, language) })}` : '';
    return coordinates(value.lon, value.lat) + accuracy;
  }
  if (typeof value !== 'string') return typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (['occurredAt', 'occurredUntil', 'reportedAt'].includes(field))
    return exactTime(Date.parse(value), zone, language);
  const status = field === 'status' && INCIDENT_STATUSES.find((each) => each === value);
  if (status) return t(`status.${status}`);
  const severity = field === 'severity' && SEVERITIES.find((each) => each === value);
  if (severity) return t(`severity.${severity}`);
  const category = field === 'category' && INCIDENT_CATEGORIES.find((each) => each === value);
  if (category) return t(`category.${category}`);
  const source = field === 'source' && INCIDENT_SOURCES.find((each) => each === value);
  if (source) return t(`source.${source}`);
  const precision = field === 'timePrecision' && TIME_PRECISIONS.find((each) => each === value);
  return precision ? t(`precision.${precision}`) : value;
}

function isPlace(value: unknown): value is { lon: number; lat: number; accuracyM?: number | null } {
  return typeof value === 'object' && value !== null && 'lon' in value && 'lat' in value;
}
