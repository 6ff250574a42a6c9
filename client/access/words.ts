import { useTranslation } from 'react-i18next';
import { addEarlyWords } from '../i18n/i18n.ts';
import { id } from './words.id.ts';

await addEarlyWords('access', id, async () => (await import('./words.en.ts')).en);

/** Texts of the door and of accounts; they come with the parts that need them. */
export function useAccessTexts() {
  return useTranslation('access');
}
