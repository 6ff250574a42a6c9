import { useTranslation } from 'react-i18next';
import { addWords } from '../../i18n/i18n.ts';

const id = {
  running: 'Sedang dihitung',
  preparing: 'Menyiapkan…',
  rounds: 'Putaran {{done}} dari {{total}}',
  remaining: 'sekitar {{time}} lagi',
  seconds: '{{n}} detik',
  minutes: '{{n}} menit',
  cancel: 'Batalkan',
  start: 'Hitung',
  again: 'Hitung ulang',
  cancelled: 'Dibatalkan. Tidak ada yang berubah.',
  failed: 'Perhitungan berhenti.',
  failedHint: 'Data tidak berubah. Periksa sambungan, lalu coba lagi.',
};
export type JobWords = typeof id;
const en: JobWords = {
  running: 'Computing',
  preparing: 'Preparing…',
  rounds: 'Round {{done}} of {{total}}',
  remaining: 'about {{time}} left',
  seconds: '{{n}} s',
  minutes: '{{n}} min',
  cancel: 'Cancel',
  start: 'Compute',
  again: 'Compute again',
  cancelled: 'Cancelled. Nothing has changed.',
  failed: 'The computation stopped.',
  failedHint: 'No data has changed. Check the connection, then try again.',
};

addWords('job', { id, en });

/** Texts of long computations; they come with the views that have one. */
export function useJobTexts() {
  return useTranslation('job');
}
