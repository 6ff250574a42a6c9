import type { StatsReason } from '../../shared/stats/index.ts';
import type { Language } from '../i18n/i18n.ts';

/** Why there is no figure, and what to do. */
export interface ReasonWords {
  title: string;
  hint: string;
}

const id: Record<StatsReason, ReasonWords> = {
  'no-areas': {
    title: 'Tidak ada tempat untuk dihitung.',
    hint: 'Pilih wilayah atau tingkat lain; mungkin batasnya belum diimpor.',
  },
  'one-area': {
    title: 'Hanya ada satu tempat.',
    hint: 'Metode ini membandingkan tempat dengan tempat lain. Pilih wilayah yang lebih luas atau tingkat yang lebih rinci.',
  },
  'few-areas': {
    title: 'Tempatnya terlalu sedikit.',
    hint: 'Pilih wilayah yang lebih luas atau tingkat yang lebih rinci.',
  },
  'length-mismatch': {
    title: 'Data yang diterima tidak cocok satu sama lain.',
    hint: 'Batas wilayah mungkin baru berubah. Muat ulang halaman; data di server aman.',
  },
  'no-neighbours': {
    title: 'Tidak ada tempat yang bersebelahan.',
    hint: 'Metode ini memerlukan tetangga. Pilih wilayah yang lebih luas, tingkat lain, atau kisi.',
  },
  'no-variance': {
    title: 'Semua tempat bernilai sama.',
    hint: 'Tidak ada yang menonjol. Perpanjang periode, atau kurangi saringan.',
  },
  'all-zero': {
    title: 'Tidak ada kejadian yang cocok.',
    hint: 'Perpanjang periode, kurangi saringan, atau pilih periode pembanding lain.',
  },
  'negative-count': {
    title: 'Ada jumlah yang tidak sah.',
    hint: 'Jumlah kejadian harus bilangan bulat dari nol. Periksa angka yang diimpor.',
  },
  'not-finite': {
    title: 'Ada angka yang tidak sah.',
    hint: 'Periksa angka rumah tangga atau koordinat yang diimpor.',
  },
  'empty-period': {
    title: 'Periode pembanding belum dipilih.',
    hint: 'Pilih tahapan yang sama, pekan yang sama, atau pekan sebelumnya pada pita tahapan.',
  },
  'too-short': {
    title: 'Periodenya terlalu pendek untuk metode ini.',
    hint: 'Perpanjang periode, atau pilih langkah waktu yang lebih pendek.',
  },
  'no-convergence': {
    title: 'Perhitungan model tidak mencapai hasil yang pasti.',
    hint: 'Datanya terlalu jarang atau terlalu tidak teratur. Gabungkan kategori, atau perpanjang periode.',
  },
  'out-of-range': {
    title: 'Satu masukan di luar batas metode ini.',
    hint: 'Mungkin angka pembagi (rumah tangga, TPS) belum diimpor, atau satu parameter terlalu besar atau kecil.',
  },
  cancelled: { title: 'Perhitungan dihentikan.', hint: 'Tidak ada yang berubah. Mulai lagi kapan saja.' },
};

const en: Record<StatsReason, ReasonWords> = {
  'no-areas': {
    title: 'There are no places to count.',
    hint: 'Choose another area or level; its boundaries may not be imported yet.',
  },
  'one-area': {
    title: 'There is only one place.',
    hint: 'This method compares a place with others. Choose a wider area or a finer level.',
  },
  'few-areas': { title: 'There are too few places.', hint: 'Choose a wider area or a finer level.' },
  'length-mismatch': {
    title: 'What was received does not fit together.',
    hint: 'Boundaries may have changed just now. Reload the page; the data on the server is safe.',
  },
  'no-neighbours': {
    title: 'No places touch each other.',
    hint: 'This method needs neighbours. Choose a wider area, another level, or a grid.',
  },
  'no-variance': {
    title: 'All places have the same value.',
    hint: 'Nothing stands out. Lengthen the period, or filter less.',
  },
  'all-zero': {
    title: 'No incident matches.',
    hint: 'Lengthen the period, filter less, or choose another baseline.',
  },
  'negative-count': {
    title: 'A count is not valid.',
    hint: 'Counts of incidents are whole numbers from zero. Check the imported figures.',
  },
  'not-finite': { title: 'A figure is not valid.', hint: 'Check the imported figures of households, or coordinates.' },
  'empty-period': {
    title: 'There is no baseline yet.',
    hint: 'Choose the same stage, the same weeks, or the weeks before on the stage ribbon.',
  },
  'too-short': {
    title: 'The period is too short for this method.',
    hint: 'Lengthen the period, or choose shorter steps of time.',
  },
  'no-convergence': {
    title: 'The fit of the model did not settle.',
    hint: 'The data is too sparse or too uneven. Merge categories, or lengthen the period.',
  },
  'out-of-range': {
    title: 'An input is outside the range of this method.',
    hint: 'The denominator (households, TPS) may not be imported, or a parameter is too large or small.',
  },
  cancelled: { title: 'The computation was stopped.', hint: 'Nothing has changed. Start again at any time.' },
};

/** A refusal of the statistics library in words, for every view of the room. */
export function reasonWords(reason: StatsReason, language: Language): ReasonWords {
  return (language === 'id' ? id : en)[reason];
}
