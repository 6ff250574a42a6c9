import i18next from 'i18next';
import { zoneOf } from '../../../../shared/geo/zone.ts';
import type { IncidentPoint } from '../../../../shared/schemas/incident.ts';
import { serverNow } from '../../../state/faults.ts';
import { relativeTime } from '../../../time.ts';
import type { Composition } from './composition.ts';

/** What a symbol is called under the pointer. */
export function nameOf({ count, waiting }: Composition, first: IncidentPoint | undefined): string {
  if (count === 1) return first?.title ?? '';
  const all = i18next.t('map.clusterOf', { count });
  return waiting > 0 ? `${all}, ${i18next.t('map.clusterWaiting', { count: waiting })}` : all;
}

/** Severity, status and time of an incident in one line. */
export function detailOf(point: IncidentPoint, language: 'id' | 'en'): string {
  const { severity, status, occurredAt, area, lon } = point;
  const when = relativeTime(occurredAt, serverNow(), zoneOf(area, lon), language);
  return [i18next.t(`severity.${severity}`), i18next.t(`status.${status}`), when].join(' · ');
}
