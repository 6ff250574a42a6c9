import { useTranslation } from 'react-i18next';
import { addWords } from '../../i18n/i18n.ts';
import { en } from './words.en.ts';
import { id } from './words.id.ts';

addWords('warnings', { id, en });

/** Texts of early warning; they come with it. */
export function useWarningTexts() {
  return useTranslation('warnings');
}
