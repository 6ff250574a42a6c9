import { RequestError } from '../api/request.ts';
import { useAccessTexts } from './words.ts';

const KNOWN = [
  'forbidden',
  'not_found',
  'conflict',
  'gone',
  'too_many_requests',
  'insufficient_storage',
  'database_unavailable',
  'database_contended',
  'step_up_required',
  'unprocessable',
  'invalid_request',
] as const;

/** Of these the server knows more than the words say. */
const WITH_DETAIL = new Set<string>(['conflict', 'unprocessable', 'invalid_request']);

/** Words for why something was not done, in the language of the page. */
export function useRefusalWords(): (error: unknown) => string {
  const { t } = useAccessTexts();
  return (error) => {
    if (!(error instanceof RequestError) || error.status === 0) return t('signIn.unreachable');
    const { code, details, message } = error.body;
    if (details?.some(({ field }) => /password|next$/.test(field))) return t('refused.password');
    const known = KNOWN.find((each) => each === code);
    if (!known) return message;
    const words = t(`refused.${known}`);
    return WITH_DETAIL.has(known) ? `${words} (${details?.[0]?.problem ?? message})` : words;
  };
}
