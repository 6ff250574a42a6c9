import i18next from 'i18next';
import { relativeTime, zoneOf } from '../../../time.ts';
import type { PlaceListTexts } from './place-list.ts';

/** The list's words in a language. */
export function placeListTexts(language: 'id' | 'en'): PlaceListTexts {
  const { t } = i18next;
  return {
    heading: (count) => t('map.atPlace', { count }),
    detail({ severity, status, occurredAt, area, lon }) {
      const when = relativeTime(occurredAt, Date.now(), zoneOf(area, lon), language);
      return [t(`severity.${severity}`), t(`status.${status}`), when].join(' · ');
    },
  };
}
