import { useTranslation } from 'react-i18next';
import { addWords } from '../i18n/i18n.ts';

const id = {
  title: 'Peta tidak dapat digambar.',
  hint: 'Peramban ini tidak menyediakan WebGL. Daftar, rincian, dan formulir tetap bekerja.',
  all: 'Daftar memuat semua yang boleh Anda lihat.',
  area: 'Daftar memuat {{area}}, menurut saringan wilayah.',
  many: 'Tanpa peta, kawasan ini terlalu luas untuk tiap unsur: ada {{count, number}} unsur.',
  manyHint: 'Saring ke kota, kabupaten, atau wilayah yang lebih kecil untuk melihat satu per satu.',
};
export type NoMapWords = typeof id;
const en: NoMapWords = {
  title: 'The map cannot be drawn.',
  hint: 'This browser offers no WebGL. Lists, details and forms still work.',
  all: 'The lists hold all that you may see.',
  area: 'The lists hold {{area}}, by the area filter.',
  many: 'Without a map this is too wide for single units: there are {{count, number}} units.',
  manyHint: 'Filter to a kota, a kabupaten or a smaller area to see each.',
};

addWords('no-map', { id, en });

/** Texts of the page where no map can be drawn; they come with what needs them. */
export function useNoMapTexts() {
  return useTranslation('no-map');
}
