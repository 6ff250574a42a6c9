import { useTranslation } from 'react-i18next';
import { addWords } from '../../i18n/i18n.ts';
import { en } from './words.en.ts';
import { id } from './words.id.ts';

addWords('brief', { id, en });

/** Texts of brief, flash card and exports; they come with them. */
export function useBriefTexts() {
  return useTranslation('brief');
}

export type BriefTexts = ReturnType<typeof useBriefTexts>['t'];
