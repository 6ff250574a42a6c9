import { useTranslation } from 'react-i18next';
import { addWords } from '../../i18n/i18n.ts';
import { en } from './words.en.ts';
import { id } from './words.id.ts';

addWords('effect', { id, en });

/** Texts of the before-and-after comparison; they come with its view. */
export function useEffectTexts() {
  return useTranslation('effect');
}
