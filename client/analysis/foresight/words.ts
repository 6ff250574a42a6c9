import { useTranslation } from 'react-i18next';
import { addWords } from '../../i18n/i18n.ts';
import { en } from './words.en.ts';
import { id } from './words.id.ts';

addWords('foresight', { id, en });

/** Texts of the test of a hotspot map; they come with its view. */
export function useForesightTexts() {
  return useTranslation('foresight');
}
