import { useTranslation } from 'react-i18next';
import { addWords } from '../i18n/i18n.ts';

const id = {
  opened: 'Akses darurat dibuka: {{place}}',
  who: '{{name}}, sampai {{time}}.',
  reason: 'Alasan: {{reason}}',
  list: 'Lihat daftarnya',
};
export type BreakGlassWords = typeof id;
const en: BreakGlassWords = {
  opened: 'Break-glass access taken: {{place}}',
  who: '{{name}}, until {{time}}.',
  reason: 'Reason: {{reason}}',
  list: 'See the list',
};

addWords('break-glass', { id, en });

/** Texts that tell a commander of break-glass access; they come with what tells. */
export function useBreakGlassTexts() {
  return useTranslation('break-glass');
}
