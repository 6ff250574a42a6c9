import { AREA_LEVELS, type AreaLevel } from '../../../shared/area-code.ts';
import { ImportError } from '../import-error.ts';

/** Levels that registers have codes for. */
export type RegisteredLevel = Exclude<AreaLevel, 'rw'>;

/** Names of the properties that hold what is asked for, lower case; the first that is filled counts. */
const KEMENDAGRI: Record<RegisteredLevel, string[]> = {
  desa: ['kdepum'],
  kecamatan: ['kdcpum'],
  kabkota: ['kdpkab'],
  provinsi: ['kdppum'],
};
const BPS: Record<RegisteredLevel, string[]> = {
  desa: ['kdebps', 'idsubsls', 'idsls', 'adm4_pcode'],
  kecamatan: ['kdcbps', 'adm3_pcode'],
  kabkota: ['kdbbps', 'adm2_pcode'],
  provinsi: ['kdpbps', 'adm1_pcode'],
};
const ANY_CODE = ['kode', 'code', 'kode_desa', 'kode_kel', 'kode_kec', 'kode_kab', 'kode_prov', 'kode_wilayah', 'id'];
const NAMES: Record<RegisteredLevel, string[]> = {
  desa: ['wadmkd', 'nmdesa', 'kel_name', 'desa', 'kelurahan', 'is_in:village', 'adm4_en', 'name_4'],
  kecamatan: ['wadmkc', 'nmkec', 'kec_name', 'kecamatan', 'is_in:municipality', 'adm3_en', 'name_3'],
  kabkota: ['wadmkk', 'nmkab', 'kab_name', 'kabupaten', 'is_in:city', 'adm2_en', 'name_2'],
  provinsi: ['wadmpr', 'nmprov', 'prov_name', 'provinsi', 'is_in:province', 'adm1_en', 'name_1'],
};
const ANY_NAME = ['nama', 'name', 'namobj'];
const WARD = ['rw', 'nmsls'];
const PARENT = ['parent', 'kode_induk', 'induk'];
const VALID_FROM = ['valid_from', 'validfrom', 'valid_on', 'validon', 'berlaku_sejak', 'berlaku_mulai'];
const VALID_TO = ['valid_to', 'validto', 'berlaku_sampai', 'berlaku_hingga'];
const OLD_CODE = ['old_code', 'kode_lama', 'kode_asal'];

/** OpenStreetMap's `admin_level` in Indonesia. */
const OSM_LEVELS: Record<string, AreaLevel> = { 4: 'provinsi', 5: 'kabkota', 6: 'kecamatan', 7: 'desa', 9: 'rw' };

/** Which property is what, where the person says so (`--map code=…,name=…,validFrom=…`). */
export interface FieldMap {
  code?: string;
  bps?: string;
  name?: string;
  parent?: string;
  rw?: string;
  validFrom?: string;
  validTo?: string;
  oldCode?: string;
}

const MAP_KEYS = ['code', 'bps', 'name', 'parent', 'rw', 'validFrom', 'validTo', 'oldCode'] as const;

/** Reads `--map`. Throws {@link ImportError} for what it does not know. */
export function readFieldMap(text: string | undefined): FieldMap {
  const map: FieldMap = {};
  for (const pair of text?.split(',') ?? []) {
    const [key, field] = pair.split('=', 2).map((part) => part.trim());
    const known = MAP_KEYS.find((candidate) => candidate === key);
    if (!known || !field) {
      throw new ImportError(
        `--map "${pair}" is not understood; use ${MAP_KEYS.map((k) => `${k}=PROPERTY`).join(',')}.`,
      );
    }
    map[known] = field;
  }
  return map;
}

type Scalar = string | number;

/** What a feature's properties say about the area, the values as they stand there. */
export interface AreaFields {
  /** A code that is Kemendagri's, by its property's name or because `--map code` says so. */
  kemendagri: Scalar | undefined;
  /** A code of BPS, by its property's name. */
  bps: Scalar | undefined;
  /** A code of either, in a property that does not tell. */
  either: Scalar | undefined;
  /** Name of that property. */
  eitherField: string | undefined;
  name: string | undefined;
  /** Names of the area and those above it, as far as they are given. */
  names: Partial<Record<RegisteredLevel, string>>;
  /** Whether the file describes RW, and what it writes for this one. */
  hasWard: boolean;
  ward: string | undefined;
  parent: Scalar | undefined;
  /** The first and the last day on which it is in force. */
  validFrom: Scalar | undefined;
  validTo: Scalar | undefined;
  /** The code, or codes, that it had before. */
  oldCode: Scalar | undefined;
  /** OpenStreetMap's level. */
  level: AreaLevel | undefined;
}

/** Finds an area's fields among a feature's properties, whatever the case of their names. */
export function readFields(properties: Record<string, unknown>, map: FieldMap): AreaFields {
  const values = new Map<string, unknown>();
  for (const [key, value] of Object.entries(properties)) values.set(key.trim().toLowerCase(), value);
  const find = (keys: readonly string[]) => {
    for (const key of keys) {
      const value = scalar(values.get(key));
      if (value !== undefined) return { key, value };
    }
    return undefined;
  };
  const mapped = (key: string | undefined) => (key ? find([key.toLowerCase()])?.value : undefined);
  const narrowest = <T>(levels: Record<RegisteredLevel, T>, read: (of: T) => Scalar | undefined) => {
    for (const level of ['desa', 'kecamatan', 'kabkota', 'provinsi'] as const) {
      const value = read(levels[level]);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const names: AreaFields['names'] = {};
  for (const level of AREA_LEVELS) {
    if (level === 'rw') continue;
    const found = find(NAMES[level]);
    if (found) names[level] = String(found.value);
  }
  const any = find(ANY_CODE.filter((key) => key !== 'id' || /^[\d.]{2,13}$/.test(String(values.get('id') ?? ''))));
  const ward = map.rw ? mapped(map.rw) : find(WARD)?.value;
  const name = map.name ? mapped(map.name) : find(ANY_NAME)?.value;
  return {
    kemendagri: map.code ? mapped(map.code) : narrowest(KEMENDAGRI, (keys) => find(keys)?.value),
    bps: map.bps ? mapped(map.bps) : narrowest(BPS, (keys) => find(keys)?.value),
    either: map.code || map.bps ? undefined : any?.value,
    eitherField: any?.key,
    name: name === undefined ? undefined : String(name),
    names,
    hasWard: map.rw !== undefined || WARD.some((key) => values.has(key)),
    ward: ward === undefined ? undefined : String(ward),
    parent: map.parent ? mapped(map.parent) : find(PARENT)?.value,
    validFrom: map.validFrom ? mapped(map.validFrom) : find(VALID_FROM)?.value,
    validTo: map.validTo ? mapped(map.validTo) : find(VALID_TO)?.value,
    oldCode: map.oldCode ? mapped(map.oldCode) : find(OLD_CODE)?.value,
    level: OSM_LEVELS[String(values.get('admin_level') ?? '')],
  };
}

/** A filled value; blanks and the words that tables write for nothing are none. */
function scalar(value: unknown): Scalar | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' || /^(null|none|nan|-+|n\/?a|\(null\)|undefined)$/i.test(text) ? undefined : text;
}
