import { ImportError } from '../import-error.ts';

/** What can be read of an area's figures: `code` of Kemendagri or BPS, whichever the file has; `bps` says that it is one of BPS. */
const FIELDS = ['code', 'bps', 'name', 'households', 'asOf'] as const;
export type Field = (typeof FIELDS)[number];

/** Names of columns that are recognised, in the order of preference. */
const KNOWN: Record<Field, readonly string[]> = {
  code: ['kode', 'code', 'kode_wilayah', 'kode_desa', 'kode_kel', 'kode_kec', 'kode_kab', 'kdepum', 'id'],
  bps: ['kode_bps', 'bps', 'kdebps', 'idsls'],
  name: ['nama', 'name', 'desa', 'kelurahan'],
  households: ['households', 'rumah_tangga', 'jumlah_rumah_tangga', 'jumlah_ruta', 'ruta', 'jumlah_kk', 'kk', 'keluarga', 'jumlah_keluarga'], // biome-ignore format: one field, one line
  asOf: ['as_of', 'per_tanggal', 'tanggal'],
};

export type FigureMap = Partial<Record<Field, string>>;

/** Reads `--map code=KODE,households=KK`. Throws {@link ImportError} for what it does not know. */
export function readFigureMap(text: string | undefined): FigureMap {
  const map: FigureMap = {};
  for (const pair of text?.split(',') ?? []) {
    const [key, column] = pair.split('=', 2).map((part) => part.trim());
    const field = FIELDS.find((candidate) => candidate === key);
    if (!field || !column)
      throw new ImportError(`--map "${pair}" is not understood; use FIELD=COLUMN of ${FIELDS.join(', ')}.`);
    map[field] = column;
  }
  return map;
}

/** Where each field stands among the columns. Throws {@link ImportError} for one that is not there and has to be. */
export function locateFigures(names: readonly string[], map: FigureMap): Partial<Record<Field, number>> {
  const keys = names.map(keyOf);
  const columns = `The columns are ${names.slice(0, 40).join(', ')}.`;
  const found: Partial<Record<Field, number>> = {};
  for (const field of FIELDS) {
    const wanted = map[field];
    const index = (wanted === undefined ? KNOWN[field] : [keyOf(wanted)])
      .map((name) => keys.indexOf(name))
      .find((at) => at >= 0);
    if (index !== undefined) found[field] = index;
    else if (wanted !== undefined)
      throw new ImportError(`--map ${field}=${wanted}: there is no such column. ${columns}`);
  }
  if (found.households === undefined)
    throw new ImportError(
      `No column is known to hold the households: name it with --map households=COLUMN. ${columns}`,
    );
  if (found.code === undefined && found.bps === undefined)
    throw new ImportError(`No column is known to hold the area's code: name it with --map code=COLUMN. ${columns}`);
  return found;
}

function keyOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}
