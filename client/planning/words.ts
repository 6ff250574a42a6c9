import { useTranslation } from 'react-i18next';
import { addWords } from '../i18n/i18n.ts';
import { en } from './words.en.ts';
import { id } from './words.id.ts';

addWords('planning', { id, en });

/** Texts of the planner's room; they come with it. */
export function usePlanningTexts() {
  return useTranslation('planning');
}
