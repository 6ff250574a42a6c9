import { useTranslation } from 'react-i18next';
import { addWords } from '../../i18n/i18n.ts';
import { en } from './words.en.ts';
import { id } from './words.id.ts';

addWords('calendars', { id, en });

/** Texts of the election calendars' sheet; they come with it. */
export function useCalendarTexts() {
  return useTranslation('calendars');
}
