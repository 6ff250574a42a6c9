import { useRefusalWords } from '../access/refusal.ts';
import { notify } from '../notify.ts';
import { useAdminTexts } from './words.ts';

/** Says why something was not done; what was typed is still there. */
export function useRefusal(): (error: unknown) => void {
  const { t } = useAdminTexts();
  const words = useRefusalWords();
  return (error) => notify({ color: 'yellow', title: t('title'), message: words(error) });
}
