import {
  INCIDENT_CATEGORIES,
  INCIDENT_SOURCES,
  INCIDENT_STATUSES,
  type IncidentCategory,
  type IncidentSource,
  type IncidentStatus,
  SEVERITIES,
  type Severity,
} from '../../../shared/schemas/incident.ts';
import { ImportError } from '../import-error.ts';

/** Words of registers by what they mean here; every value also stands for itself. Compared by {@link plain}. */
type Words<Value extends string> = ReadonlyMap<string, Value>;

export const CATEGORIES: Words<IncidentCategory> = words(INCIDENT_CATEGORIES, {
  kamtibmas:
    'pencurian,curat,curas,curanmor,penganiayaan,tawuran,perkelahian,pengeroyokan,vandalisme,perusakan,keributan,pembunuhan,perampokan,begal',
  pemilu: 'pilkada,politik uang,perusakan apk,gangguan tps,hoaks pemilu,logistik pemilu,intimidasi pemilih',
  bencana: 'banjir,kebakaran,gempa,gempa bumi,longsor,tanah longsor,cuaca ekstrem,puting beliung,wabah',
  lalu_lintas: 'lalin,laka,laka lantas,kecelakaan,kecelakaan lalu lintas,kemacetan',
  sar: 'orang hilang,kecelakaan laut',
  narkotika: 'narkoba',
  lainnya: 'lain lain,lain,dll',
});
export const LEVELS: Words<Severity> = words(SEVERITIES, {
  low: 'ringan,rendah',
  moderate: 'sedang,menengah',
  serious: 'berat,tinggi',
  critical: 'kritis,sangat tinggi',
});
export const STATUSES: Words<IncidentStatus> = words(INCIDENT_STATUSES, {
  new: 'baru',
  verified: 'terverifikasi',
  assigned: 'ditugaskan',
  en_route: 'menuju lokasi',
  on_scene: 'di lokasi',
  resolved: 'selesai',
  false: 'laporan tidak benar',
  unverifiable: 'tidak dapat diverifikasi',
  referred: 'diteruskan,dilimpahkan',
  duplicate: 'laporan ganda',
});
export const SOURCES: Words<IncidentSource> = words(INCIDENT_SOURCES, {
  resident: 'warga,laporan warga,masyarakat',
  radio: 'ht,radio ht',
  patrol: 'patroli,temuan patroli',
  official: 'resmi,sumber resmi,polri,bpbd',
});

function words<Value extends string>(values: readonly Value[], more: Partial<Record<Value, string>>): Words<Value> {
  const map = new Map<string, Value>();
  for (const value of values) {
    for (const word of [value, ...(more[value]?.split(',') ?? [])]) map.set(plain(word), value);
  }
  return map;
}

/** A text as it is compared: `Laka-Lantas` is `laka lantas`. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Reads `--categories`: what the file's words stand for, `assault=kamtibmas,flood=bencana`; what is left out of it goes by
 * the words that are known. Throws {@link ImportError} for a category that there is not.
 */
export function readCategories(text: string | undefined): Words<IncidentCategory> {
  const all = new Map(CATEGORIES);
  for (const pair of text?.split(',') ?? []) {
    const at = pair.lastIndexOf('=');
    const category = INCIDENT_CATEGORIES.find((one) => one === pair.slice(at + 1).trim());
    const word = plain(pair.slice(0, Math.max(0, at)));
    if (!category || word === '') {
      throw new ImportError(
        `--categories "${pair}" is not understood; use WORD=CATEGORY, where the category is one of ${INCIDENT_CATEGORIES.join(', ')}.`,
      );
    }
    all.set(word, category);
  }
  return all;
}
