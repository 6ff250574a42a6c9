import { useTranslation } from 'react-i18next';
import { addWords } from '../../i18n/i18n.ts';
import { en } from './words.en.ts';
import { id } from './words.id.ts';

addWords('saved', { id, en });

/** Texts of the saved analyses; they come with them. */
export function useSavedTexts() {
  return useTranslation('saved');
}
