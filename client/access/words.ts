import { useTranslation } from 'react-i18next';
import { addWords } from '../i18n/i18n.ts';
import { en } from './words.en.ts';
import { id } from './words.id.ts';

addWords('access', { id, en });

/** Texts of the door and of accounts; they come with the parts that need them. */
export function useAccessTexts() {
  return useTranslation('access');
}
