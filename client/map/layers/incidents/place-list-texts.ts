import type { PlaceListTexts } from './place-list.ts';

/** The list's words in a language. */
export function placeListTexts(language: 'id' | 'en'): PlaceListTexts {
  return {
    heading: (count) => (language === 'id' ? `${count} kejadian di tempat ini` : `${count} incidents at this place`),
    detail: ({ severity, status }) => `${severity} · ${status}`,
  };
}
