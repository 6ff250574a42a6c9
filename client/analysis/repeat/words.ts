import { useTranslation } from 'react-i18next';
import { addWords } from '../../i18n/i18n.ts';
import { en } from './words.en.ts';
import { id } from './words.id.ts';

addWords('repeat', { id, en });

/** Texts of near repeats and clusters; they come with their view. */
export function useRepeatTexts() {
  return useTranslation('repeat');
}
