import type { IncidentCategory, IncidentSource, Severity, TimePrecision } from '../../../shared/schemas/incident.ts';
import type { StageKey } from './calendar.ts';

/** Where a kind of incident happens. */
export type Setting = 'homes' | 'main_street' | 'shore' | 'river' | 'hills' | 'market' | 'tps' | 'office';

/** A kind of incident: how often, when, where, and how it is written down. Never anything about a person. */
export interface Kind {
  category: IncidentCategory;
  subcategory: string;
  /** Expected number a day on the whole island, outside any election. */
  perDay: number;
  /** How that number changes in a stage of the election; absent = unchanged. */
  inStage?: Partial<Record<StageKey, number>>;
  /** Hours of the day at which it peaks, and how wide the peak is in hours. */
  peaks: readonly (readonly [hour: number, width: number])[];
  /** Factor on Friday and Saturday, and on Sunday. */
  weekend: readonly [number, number];
  setting: Setting;
  severities: readonly (readonly [Severity, number])[];
  sources: readonly (readonly [IncidentSource, number])[];
  precision: TimePrecision;
  title: string;
  descriptions: readonly string[];
  /** Share of incidents that are followed by another one nearby within days. */
  repeats?: number;
}

const LIGHT = [
  ['low', 6],
  ['moderate', 3],
] as const;
const MEDIUM = [
  ['low', 3],
  ['moderate', 5],
  ['serious', 2],
] as const;
const HEAVY = [
  ['moderate', 4],
  ['serious', 4],
  ['critical', 1],
] as const;
const USUAL = [
  ['resident', 6],
  ['radio', 2],
  ['patrol', 2],
] as const;
const SEEN = [
  ['resident', 3],
  ['radio', 3],
  ['patrol', 4],
] as const;
const OFFICIAL = [
  ['resident', 3],
  ['radio', 2],
  ['official', 5],
] as const;
const NIGHT = [[1, 2.5]] as const;
const EVENING = [[20, 2.5]] as const;
const RUSH = [
  [7, 1.2],
  [17, 1.8],
] as const;
const DAYTIME = [
  [10, 3.5],
  [15, 3],
] as const;

export const KINDS: readonly Kind[] = [
  {
    category: 'kamtibmas',
    subcategory: 'curanmor',
    perDay: 2.6,
    peaks: [
      [19, 2],
      [3, 2],
    ],
    weekend: [1.2, 1],
    setting: 'homes',
    severities: MEDIUM,
    sources: USUAL,
    precision: 'hour',
    title: 'Kendaraan bermotor hilang',
    repeats: 0.14,
    descriptions: [
      'Sepeda motor hilang saat diparkir di tepi jalan.',
      'Sepeda motor hilang dari halaman, kunci setang rusak.',
    ],
  },
  {
    category: 'kamtibmas',
    subcategory: 'curat',
    perDay: 2.2,
    peaks: [
      [2, 2.2],
      [13, 2],
    ],
    weekend: [1, 1.2],
    setting: 'homes',
    severities: MEDIUM,
    sources: USUAL,
    precision: 'hour',
    title: 'Pencurian dengan pemberatan',
    repeats: 0.28,
    descriptions: [
      'Pintu belakang rumah dicongkel.',
      'Kios dibongkar melalui atap, diketahui pagi hari.',
      'Jendela rumah kosong dirusak.',
    ],
  },
  {
    category: 'kamtibmas',
    subcategory: 'curas',
    perDay: 0.45,
    peaks: [[22, 2]],
    weekend: [1.4, 1],
    setting: 'main_street',
    severities: HEAVY,
    sources: USUAL,
    precision: 'minute',
    title: 'Perampasan di jalan',
    repeats: 0.12,
    descriptions: ['Barang dirampas di jalan yang sepi dan kurang penerangan.'],
  },
  {
    category: 'kamtibmas',
    subcategory: 'pencurian',
    perDay: 2.4,
    peaks: [[10, 3]],
    weekend: [1.1, 1.3],
    setting: 'market',
    severities: LIGHT,
    sources: USUAL,
    precision: 'hour',
    title: 'Pencurian biasa',
    descriptions: ['Barang dagangan hilang saat pasar ramai.', 'Barang hilang dari teras.'],
  },
  {
    category: 'kamtibmas',
    subcategory: 'penganiayaan',
    perDay: 0.9,
    peaks: [[22, 2.5]],
    weekend: [1.6, 1.2],
    setting: 'homes',
    severities: HEAVY,
    sources: USUAL,
    precision: 'minute',
    title: 'Penganiayaan',
    descriptions: ['Keributan berujung pemukulan, sudah dilerai warga.'],
  },
  {
    category: 'kamtibmas',
    subcategory: 'tawuran',
    perDay: 0.5,
    peaks: [
      [23, 1.6],
      [16, 1.2],
    ],
    weekend: [2.6, 1.3],
    setting: 'main_street',
    severities: HEAVY,
    sources: SEEN,
    precision: 'minute',
    title: 'Tawuran',
    inStage: { campaign: 1.2 },
    descriptions: [
      'Dua kelompok saling lempar, lalu lintas terhenti.',
      'Kelompok berkumpul membawa benda tumpul, dibubarkan.',
    ],
  },
  {
    category: 'kamtibmas',
    subcategory: 'keributan',
    perDay: 2.4,
    peaks: [[23, 2]],
    weekend: [2, 1.1],
    setting: 'homes',
    severities: LIGHT,
    sources: SEEN,
    precision: 'minute',
    title: 'Gangguan ketertiban',
    descriptions: [
      'Musik keras lewat tengah malam, warga terganggu.',
      'Perselisihan parkir, dilerai di tempat.',
      'Balap liar terdengar dari permukiman.',
    ],
  },
  {
    category: 'kamtibmas',
    subcategory: 'vandalisme',
    perDay: 0.8,
    peaks: NIGHT,
    weekend: [1.4, 1.1],
    setting: 'main_street',
    severities: LIGHT,
    sources: SEEN,
    precision: 'day',
    title: 'Perusakan fasilitas umum',
    descriptions: ['Lampu jalan dan rambu dirusak.', 'Coretan pada dinding fasilitas umum.'],
  },
  {
    category: 'lalu_lintas',
    subcategory: 'laka',
    perDay: 2.1,
    peaks: RUSH,
    weekend: [1, 0.8],
    setting: 'main_street',
    severities: HEAVY,
    sources: SEEN,
    precision: 'minute',
    title: 'Kecelakaan lalu lintas',
    descriptions: [
      'Tabrakan dua sepeda motor di persimpangan.',
      'Kendaraan keluar jalur karena jalan licin.',
      'Tabrakan beruntun kecepatan rendah.',
    ],
  },
  {
    category: 'lalu_lintas',
    subcategory: 'kemacetan',
    perDay: 1.6,
    peaks: RUSH,
    weekend: [0.9, 0.5],
    setting: 'main_street',
    severities: LIGHT,
    sources: SEEN,
    precision: 'minute',
    title: 'Kemacetan',
    inStage: { campaign: 1.3 },
    descriptions: ['Antrean panjang menuju jembatan.', 'Arus tersendat karena bongkar muat.'],
  },
  {
    category: 'lalu_lintas',
    subcategory: 'hambatan',
    perDay: 0.7,
    peaks: DAYTIME,
    weekend: [1, 1],
    setting: 'main_street',
    severities: LIGHT,
    sources: SEEN,
    precision: 'minute',
    title: 'Jalan terhalang',
    descriptions: ['Pohon tumbang menutup satu lajur.', 'Truk mogok di tikungan.', 'Galian jalan tanpa rambu.'],
  },
  {
    category: 'bencana',
    subcategory: 'banjir',
    perDay: 0.5,
    peaks: [[16, 3]],
    weekend: [1, 1],
    setting: 'river',
    severities: MEDIUM,
    sources: OFFICIAL,
    precision: 'hour',
    title: 'Genangan air',
    descriptions: ['Air setinggi mata kaki masuk permukiman tepi kali.', 'Saluran meluap setelah hujan lebat.'],
  },
  {
    category: 'bencana',
    subcategory: 'kebakaran',
    perDay: 0.4,
    peaks: [
      [14, 3],
      [20, 2],
    ],
    weekend: [1, 1],
    setting: 'homes',
    severities: HEAVY,
    sources: OFFICIAL,
    precision: 'minute',
    title: 'Kebakaran bangunan',
    descriptions: ['Api dari dapur, dipadamkan regu pemadam.', 'Korsleting pada kios, api sudah padam.'],
  },
  {
    category: 'bencana',
    subcategory: 'cuaca',
    perDay: 0.3,
    peaks: [[15, 2.5]],
    weekend: [1, 1],
    setting: 'shore',
    severities: MEDIUM,
    sources: OFFICIAL,
    precision: 'hour',
    title: 'Angin kencang',
    descriptions: ['Atap beberapa rumah pesisir terlepas.', 'Gelombang naik ke jalan pesisir.'],
  },
  {
    category: 'bencana',
    subcategory: 'longsor',
    perDay: 0.12,
    peaks: [[5, 3]],
    weekend: [1, 1],
    setting: 'hills',
    severities: MEDIUM,
    sources: OFFICIAL,
    precision: 'hour',
    title: 'Tanah longsor kecil',
    descriptions: ['Tebing jalan longsor, satu lajur tertutup tanah.'],
  },
  {
    category: 'sar',
    subcategory: 'perahu',
    perDay: 0.18,
    peaks: [
      [6, 2],
      [17, 2],
    ],
    weekend: [1, 1.3],
    setting: 'shore',
    severities: HEAVY,
    sources: [
      ['resident', 4],
      ['radio', 6],
    ],
    precision: 'hour',
    title: 'Perahu kehilangan tenaga',
    descriptions: ['Perahu mati mesin di luar teluk, meminta bantuan.'],
  },
  {
    category: 'narkotika',
    subcategory: 'rujukan',
    perDay: 0.35,
    peaks: DAYTIME,
    weekend: [0.7, 0.2],
    setting: 'office',
    severities: [['low', 1]],
    sources: [['official', 1]],
    precision: 'day',
    title: 'Penyuluhan dan rujukan',
    descriptions: ['Kegiatan penyuluhan; jumlah rujukan dicatat dinas terkait.'],
  },
  {
    category: 'lainnya',
    subcategory: 'temuan',
    perDay: 1.1,
    peaks: EVENING,
    weekend: [1, 1],
    setting: 'main_street',
    severities: [['low', 1]],
    sources: SEEN,
    precision: 'minute',
    title: 'Temuan di lapangan',
    descriptions: [
      'Barang tanpa pemilik di halte, diamankan sesuai prosedur.',
      'Lampu jalan padam sepanjang satu blok.',
    ],
  },
  {
    category: 'pemilu',
    subcategory: 'perusakan_apk',
    perDay: 0.02,
    peaks: NIGHT,
    weekend: [1.2, 1],
    setting: 'main_street',
    inStage: { registration: 8, nomination: 10, campaign: 95, quiet: 45, vote: 10, recapitulation: 5 },
    severities: LIGHT,
    sources: SEEN,
    precision: 'day',
    title: 'Perusakan alat peraga kampanye',
    descriptions: ['Beberapa alat peraga robek, diteruskan ke pengawas.'],
  },
  {
    category: 'pemilu',
    subcategory: 'laporan_politik_uang',
    perDay: 0.01,
    peaks: [[20, 3]],
    weekend: [1, 1],
    setting: 'homes',
    inStage: { campaign: 40, quiet: 330, vote: 300, recapitulation: 15 },
    severities: MEDIUM,
    sources: [
      ['resident', 8],
      ['radio', 1],
    ],
    precision: 'day',
    title: 'Laporan dugaan politik uang',
    descriptions: ['Laporan warga, diteruskan ke pengawas pemilihan untuk ditangani.'],
  },
  {
    category: 'pemilu',
    subcategory: 'laporan_hoaks',
    perDay: 0.02,
    peaks: [[19, 4]],
    weekend: [1, 1],
    setting: 'office',
    inStage: { registration: 10, campaign: 45, quiet: 90, vote: 150, recapitulation: 60 },
    severities: LIGHT,
    sources: [
      ['resident', 5],
      ['official', 3],
    ],
    precision: 'hour',
    title: 'Laporan kabar bohong',
    descriptions: ['Pesan berantai tentang jadwal dan tempat pemungutan suara, sudah dibantah penyelenggara.'],
  },
  {
    category: 'pemilu',
    subcategory: 'gangguan_tps',
    perDay: 0.001,
    peaks: [[9, 2.2]],
    weekend: [1, 1],
    setting: 'tps',
    inStage: { vote: 16_000, recapitulation: 60 },
    severities: MEDIUM,
    sources: [
      ['radio', 6],
      ['official', 3],
      ['resident', 3],
    ],
    precision: 'minute',
    title: 'Gangguan di TPS',
    descriptions: [
      'Antrean tidak tertib, pemungutan sempat terhenti sebentar.',
      'Keberatan atas daftar pemilih, diselesaikan petugas.',
    ],
  },
  {
    category: 'pemilu',
    subcategory: 'logistik',
    perDay: 0.001,
    peaks: [[6, 2]],
    weekend: [1, 1],
    setting: 'tps',
    inStage: { quiet: 2_500, vote: 9_000, recapitulation: 100 },
    severities: LIGHT,
    sources: [
      ['radio', 5],
      ['official', 5],
    ],
    precision: 'minute',
    title: 'Logistik terlambat',
    descriptions: ['Kotak suara belum tiba, menunggu kendaraan pengganti.', 'Formulir kurang, dikirim dari gudang.'],
  },
  {
    category: 'pemilu',
    subcategory: 'intimidasi',
    perDay: 0.004,
    peaks: [[20, 3]],
    weekend: [1, 1],
    setting: 'homes',
    inStage: { campaign: 40, quiet: 150, vote: 500, recapitulation: 110 },
    severities: HEAVY,
    sources: USUAL,
    precision: 'hour',
    title: 'Laporan intimidasi',
    descriptions: ['Laporan tekanan terhadap warga, diteruskan ke pengawas pemilihan.'],
  },
  {
    category: 'pemilu',
    subcategory: 'kerumunan_rekap',
    perDay: 0.002,
    peaks: [[14, 3]],
    weekend: [1, 1],
    setting: 'office',
    inStage: { vote: 300, recapitulation: 380 },
    severities: MEDIUM,
    sources: SEEN,
    precision: 'minute',
    title: 'Dorong-mendorong di tempat rekapitulasi',
    descriptions: ['Pagar pembatas roboh, situasi dikendalikan petugas.'],
  },
];

/** How likely a kind is at an hour of the day, relative to its mean: its peaks over a low floor. */
export function hourWeight({ peaks }: Kind, hour: number): number {
  return peaks.reduce((sum, [peak, width]) => {
    const away = Math.min(Math.abs(hour - peak), 24 - Math.abs(hour - peak));
    return sum + Math.exp(-(away ** 2) / (2 * width ** 2));
  }, 0.08);
}

/** Factor of the day of the week, 0 = Sunday. */
export function weekdayWeight({ weekend }: Kind, weekday: number): number {
  if (weekday === 0) return weekend[1];
  return weekday >= 5 ? weekend[0] : 1;
}
