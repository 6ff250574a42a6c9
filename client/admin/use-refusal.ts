import { refusal } from '../access/access.ts';
import { notify } from '../notify.ts';
import { useAdminTexts } from './words.ts';

/** Says why something was not done; what was typed is still there. */
export function useRefusal(): (error: unknown) => void {
  const { t } = useAdminTexts();
  return (error) => notify({ color: 'yellow', title: t('title'), message: refusal(error) ?? t('offline') });
}
