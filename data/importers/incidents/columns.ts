import { ImportError } from '../import-error.ts';
import { FEATURE } from './rows.ts';

/** What can be read of an incident. `clock` is the time of day where it stands in a column of its own. */
export const FIELDS = [
  'id',
  'time',
  'clock',
  'lat',
  'lon',
  'category',
  'subcategory',
  'severity',
  'status',
  'source',
  'title',
  'description',
  'place',
  'accuracy',
  'reported',
] as const;
export type Field = (typeof FIELDS)[number];

const REQUIRED: ReadonlySet<Field> = new Set(['time', 'lat', 'lon', 'category']);

/** Names of columns that are recognised, in the order of preference; see {@link keyOf} for how they are compared. */
const KNOWN: Record<Field, readonly string[]> = {
  id: [FEATURE.id, 'id', 'uuid', 'incident_id', 'incident_key', 'nomor_lp', 'no_lp', 'nomor_laporan', 'no_laporan', 'nomor', 'kode_kejadian', 'objectid'], // biome-ignore format: one field, one line
  time: ['occurred_at', 'waktu_kejadian', 'tanggal_kejadian', 'tgl_kejadian', 'datetime', 'date_time', 'tanggal_waktu', 'timestamp', 'occur_date', 'tanggal', 'tgl', 'date', 'waktu', 'time'], // biome-ignore format: one field, one line
  clock: ['jam_kejadian', 'pukul_kejadian', 'occur_time', 'jam', 'pukul', 'waktu', 'time'],
  lat: [FEATURE.lat, 'lat', 'latitude', 'lintang', 'garis_lintang', 'y_wgs84'],
  lon: [FEATURE.lon, 'lon', 'lng', 'long', 'longitude', 'bujur', 'garis_bujur', 'x_wgs84'],
  category: ['category', 'kategori', 'jenis', 'jenis_kejadian', 'jenis_gangguan', 'offense', 'offence', 'crime_type', 'marks'], // biome-ignore format: one field, one line
  subcategory: ['subcategory', 'subkategori', 'sub_kategori', 'sub_jenis'],
  severity: ['severity', 'tingkat', 'tingkat_keparahan', 'keparahan'],
  status: ['status'],
  source: ['source', 'sumber', 'sumber_laporan'],
  title: ['title', 'judul', 'kejadian', 'peristiwa'],
  description: ['description', 'keterangan', 'uraian', 'deskripsi'],
  place: ['place', 'lokasi', 'tempat', 'tempat_kejadian', 'tkp', 'location', 'location_desc'],
  accuracy: ['accuracy_m', 'accuracy', 'akurasi_m', 'akurasi'],
  reported: ['reported_at', 'waktu_lapor', 'tanggal_lapor', 'tgl_lapor', 'dilaporkan'],
};

/** Which column is what, where the person says so; names as in the file, or numbers from 1 where it has no header. */
export type ColumnMap = Partial<Record<Field, string>>;

/** Reads pairs as `--map` and `--set` have them: `time=TGL,lat=Y`. Throws {@link ImportError} for what it does not know. */
export function readPairs(option: string, text: string | undefined, form: string): ColumnMap {
  const pairs: ColumnMap = {};
  for (const pair of text?.split(',') ?? []) {
    const at = pair.indexOf('=');
    const [key, value] = [pair.slice(0, Math.max(0, at)).trim(), pair.slice(at + 1).trim()];
    const field = FIELDS.find((candidate) => candidate === key);
    if (!field || value === '') {
      throw new ImportError(
        `${option} "${pair}" is not understood; use ${form}, where the field is one of ${FIELDS.join(', ')}.`,
      );
    }
    pairs[field] = value;
  }
  return pairs;
}

/** Whether the columns are named by numbers alone, so that the file has no header. */
export function hasNoHeader(map: ColumnMap): boolean {
  const names = Object.values(map);
  return names.length > 0 && names.every((name) => /^[1-9]\d?$/.test(name));
}

/** Where each field stands among these columns; a field whose column is not there is left out. */
export function locate(names: readonly string[], map: ColumnMap): Partial<Record<Field, number>> {
  const keys = names.map(keyOf);
  const found: Partial<Record<Field, number>> = {};
  for (const field of FIELDS) {
    const wanted = map[field];
    if (wanted === undefined) {
      const known = KNOWN[field].map((name) => keys.indexOf(name)).filter((index) => index >= 0);
      // The one column of a time is not its time of day as well.
      const index = field === 'clock' ? known.find((candidate) => candidate !== found.time) : known[0];
      if (index !== undefined) found[field] = index;
      continue;
    }
    const index = keys.indexOf(keyOf(wanted));
    if (index >= 0) found[field] = index;
  }
  return found;
}

/**
 * Throws {@link ImportError} for a mapped column that is not there, and when neither the columns nor what is set say
 * where and when, or of what kind.
 */
export function requireFields(
  names: readonly string[],
  found: Partial<Record<Field, number>>,
  { map, set }: { map: ColumnMap; set: ColumnMap },
): void {
  const columns = `The columns are ${names.slice(0, 40).join(', ')}.`;
  for (const field of FIELDS) {
    if (found[field] !== undefined) continue;
    if (map[field] !== undefined)
      throw new ImportError(`--map ${field}=${map[field]}: there is no such column. ${columns}`);
    if (!REQUIRED.has(field) || set[field] !== undefined) continue;
    const other = field === 'category' ? ', or give all rows one with --set category=kamtibmas' : '';
    throw new ImportError(
      `No column is known to hold the ${field}: name it with --map ${field}=COLUMN${other}. ${columns}`,
    );
  }
}

/** A column's name as it is compared: `Tgl. Kejadian` is `tgl_kejadian`. */
function keyOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9@]+/g, '_')
    .replace(/^_|_$/g, '');
}
