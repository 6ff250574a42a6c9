import type { Random } from '../random.ts';

/** Names that stand in every town and therefore in none: flowers, trees, plain words of a place. */
export const DESA_NAMES: Record<'kelurahan' | 'desa', readonly string[]> = {
  kelurahan: [
    'Melati',
    'Kenanga',
    'Cempaka',
    'Flamboyan',
    'Anggrek',
    'Dahlia',
    'Mawar',
    'Teratai',
    'Bougenvil',
    'Sedap Malam',
    'Kamboja',
    'Seruni',
    'Tanjung Asri',
    'Pasar Lama',
    'Pelabuhan',
    'Alun-Alun',
    'Taman Asri',
    'Kampung Nelayan',
    'Lingkar',
    'Sekar',
  ],
  desa: [
    'Suka Contoh',
    'Karang Contoh',
    'Sumber Contoh',
    'Rawa Contoh',
    'Padi Contoh',
    'Mekar Contoh',
    'Tirta Contoh',
    'Rimba Contoh',
    'Pasir Contoh',
    'Lembah Contoh',
    'Bukit Contoh',
    'Nyiur Contoh',
    'Ladang Contoh',
    'Embun Contoh',
    'Teluk Contoh',
    'Muara Contoh',
    'Gunung Contoh',
    'Sawah Contoh',
    'Tani Contoh',
    'Damai Contoh',
  ],
};

const STREET_WORDS = [
  'Akasia',
  'Alamanda',
  'Angsana',
  'Anyelir',
  'Asoka',
  'Bakung',
  'Bambu',
  'Belimbing',
  'Beringin',
  'Cemara',
  'Cendana',
  'Delima',
  'Duku',
  'Gandaria',
  'Gardenia',
  'Ikan Hias',
  'Jambu',
  'Jati',
  'Kaca Piring',
  'Kelapa',
  'Kemuning',
  'Kenari',
  'Ketapang',
  'Lavender',
  'Lili',
  'Mahoni',
  'Manggis',
  'Mangga',
  'Matahari',
  'Melur',
  'Merpati',
  'Nangka',
  'Nusa Indah',
  'Palem',
  'Pandan',
  'Pinang',
  'Pinus',
  'Rambutan',
  'Randu',
  'Rawa Indah',
  'Salak',
  'Sawo',
  'Soka',
  'Sukun',
  'Trembesi',
  'Tulip',
  'Waru',
  'Widuri',
];

/** Hands out street names that do not repeat: first the plain words, then numbered. */
export function streetNames(random: Random): (prefix: 'Jalan' | 'Gang') => string {
  const words = [...STREET_WORDS];
  for (let i = words.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [words[i], words[j]] = [words[j] ?? '', words[i] ?? ''];
  }
  const used = { Jalan: 0, Gang: 0 };
  return (prefix) => {
    const count = used[prefix]++;
    const round = Math.floor(count / words.length);
    return `${prefix} ${words[count % words.length]}${round === 0 ? '' : ` ${round + 1}`}`;
  };
}
