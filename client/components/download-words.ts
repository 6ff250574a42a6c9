import { useTranslation } from 'react-i18next';
import { addWords } from '../i18n/i18n.ts';

const id = {
  label: 'Unduh CSV',
  done: 'Berkas terunduh.',
  doneHint: 'Unduhan ini tercatat, dan tiap barisnya memuat nama Anda serta waktunya.',
  failed: 'Berkas gagal diunduh.',
  failedHint: 'Yang terunduh sebagian tidak disimpan. Coba lagi.',
  forbidden: 'Peran Anda tidak mengizinkan unduhan ini.',
};
export type DownloadWords = typeof id;
const en: DownloadWords = {
  label: 'Download CSV',
  done: 'The file is downloaded.',
  doneHint: 'This download is written down, and each of its rows bears your name and the time.',
  failed: 'The file could not be downloaded.',
  failedHint: 'What came in part was not kept. Try again.',
  forbidden: 'Your role does not allow this download.',
};

addWords('download', { id, en });

/** Texts of downloads; they come with the button. */
export function useDownloadTexts() {
  return useTranslation('download');
}
