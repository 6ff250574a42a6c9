import { useTranslation } from 'react-i18next';
import { addWords } from '../i18n/i18n.ts';
import { en } from './words.en.ts';
import { id } from './words.id.ts';

addWords('admin', { id, en });

/** Texts of the administration; they come with it. */
export function useAdminTexts() {
  return useTranslation('admin');
}
