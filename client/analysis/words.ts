import { useTranslation } from 'react-i18next';
import { addWords } from '../i18n/i18n.ts';
import { en } from './words.en.ts';
import { id } from './words.id.ts';

addWords('analysis', { id, en });

/** Texts of the analysis room's shell, map and comparison; they come with it. */
export function useAnalysisTexts() {
  return useTranslation('analysis');
}
