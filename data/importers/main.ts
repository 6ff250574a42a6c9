import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../../server/config.ts';
import type { Db } from '../../server/database/connection.ts';
import { AREA_LEVELS, type AreaLevel } from '../../shared/area-code.ts';
import { importBoundaries } from './boundaries/command.ts';
import { readFieldMap } from './boundaries/fields.ts';
import { openImportDatabase } from './database.ts';
import { readFigureMap } from './figures/columns.ts';
import { importFigures } from './figures/command.ts';
import { ImportError, withFileName } from './import-error.ts';
import { FIELDS, readPairs } from './incidents/columns.ts';
import { importIncidents } from './incidents/command.ts';
import { readZone } from './incidents/times.ts';
import { readCategories } from './incidents/words.ts';
import { checkReadable } from './read/open.ts';
import { importStreets } from './streets/command.ts';
import { Terminal } from './terminal.ts';

const USAGE = `Usage:
  npm run import -- boundaries FILE… [options]   areas: GeoJSON (.geojson, .gz, one feature a line) or zipped shapefile
  npm run import -- streets FILE… [options]      streets of the base map: GeoJSON lines
  npm run import -- incidents FILE… [options]    incidents of a register: CSV (UTF-8) or GeoJSON points, .gz too
  npm run import -- figures FILE… [options]      households by area, for rates: CSV (UTF-8), .gz too

Options:
  --level LEVEL    only areas of this level: ${AREA_LEVELS.join(', ')}; rw also says that the file describes RW
  --map PAIRS      which property is what, e.g. code=KODE,name=NAMA (code, bps, name, parent, rw, validFrom, validTo,
                   oldCode); code= says that it is a Kemendagri code, bps= that it is one of BPS
                   incidents: time=TGL,clock=JAM,lat=Y,lon=X,category=JENIS (${FIELDS.join(', ')});
                   numbers from 1 for a CSV file without a header
                   figures: code=KODE,households=KK (code, bps, name, households, asOf)
  --set PAIRS      incidents: values for rows that have none, e.g. category=kamtibmas,severity=serious,source=resident
  --categories PAIRS  incidents: what the file's words stand for, e.g. assault=kamtibmas,flood=bencana
  --zone ZONE      incidents: time zone of times that tell none: WIB, WITA, WIT, Asia/Jakarta (default: that of the place)
  --dates ORDER    incidents: dmy (02/03/2024 is 2 March; the default) or mdy
  --source TEXT    where the data comes from, shown beside it (default: the file's name)
                   For incidents the register that the ids are of: give the same for all of its files
  --strict         import nothing of a file when any feature or row is refused
  --retire         end the validity of areas in force of the same source, level and parent that the file no longer has,
                   and of those that it says were replaced (--dry-run shows which)
  --dry-run        do everything but write
  --report FILE    write the whole report as JSON

Import wider levels first (provinsi, kabkota, kecamatan, desa, rw): RW without codes are matched to the desa in force.
A file becomes visible whole or not at all, beside a running server too. DATA_DIR and DATABASE_URL say where to, as for npm start.
Of figures nothing is imported from a file with a bad row; those of the same areas are replaced.
An incident is known by its source and its id there: imported again it changes nothing.
Exit code: 0 done; 1 a file could not be read, and nothing of it was imported; 2 features or rows were refused: the others were
imported, unless --strict (see the report).`;

/** Runs an import as the command line says, and ends the process with its exit code. */
export async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2));
}

async function run(args: string[]): Promise<number> {
  const terminal = new Terminal();
  try {
    const { values, positionals } = readArguments(args);
    const [what, ...files] = positionals;
    if (values.help) {
      terminal.say(USAGE);
      return 0;
    }
    if (!isKind(what) || files.length === 0) {
      console.error(USAGE);
      return 1;
    }
    for (const file of files) await withFileName(file, async () => checkReadable(file));
    const work = readWork(what, values);
    const database = await openImportDatabase(readConfig(process.env), (text) => terminal.say(`• ${text} …`));
    try {
      terminal.say(`Importing into ${database.place}`);
      const code = await work(database.db, files, terminal);
      const seconds = process.uptime().toFixed(1);
      terminal.say(`Took ${seconds} s, ${Math.round(process.resourceUsage().maxRSS / 1024)} MB of memory at most.`);
      return code;
    } finally {
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof ImportError || error instanceof ConfigError)) throw error;
    console.error(error.message);
    return 1;
  }
}

const KINDS = ['boundaries', 'streets', 'incidents', 'figures'] as const;
type Kind = (typeof KINDS)[number];

function isKind(what: string | undefined): what is Kind {
  return KINDS.some((kind) => kind === what);
}

type Values = ReturnType<typeof readArguments>['values'];
type Work = (db: Db, files: readonly string[], terminal: Terminal) => Promise<0 | 2>;

/** What is to be done, with all options read: what is not understood is told before a database is opened. */
function readWork(what: Kind, values: Values): Work {
  const options = {
    source: values.source,
    dryRun: values['dry-run'] === true,
    strict: values.strict === true,
    reportFile: values.report,
  };
  if (what === 'streets') return (db, files, terminal) => importStreets(db, files, options, terminal);
  if (what === 'boundaries') {
    const all = { ...options, retire: values.retire === true, level: readLevel(values.level), map: readFieldMap(values.map) }; // biome-ignore format: one line
    return (db, files, terminal) => importBoundaries(db, files, all, terminal);
  }
  if (what === 'figures') {
    const all = { ...options, map: readFigureMap(values.map) };
    return (db, files, terminal) => importFigures(db, files, all, terminal);
  }
  const { dates = 'dmy' } = values;
  if (dates !== 'dmy' && dates !== 'mdy') throw new ImportError(`--dates ${dates} is neither dmy nor mdy.`);
  const all = {
    ...options,
    map: readPairs('--map', values.map, 'FIELD=COLUMN'),
    set: readPairs('--set', values.set, 'FIELD=VALUE'),
    categories: readCategories(values.categories),
    zone: readZone(values.zone),
    dates,
    now: Date.now(),
  } as const;
  return (db, files, terminal) => importIncidents(db, files, all, terminal);
}

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        level: { type: 'string' },
        map: { type: 'string' },
        set: { type: 'string' },
        categories: { type: 'string' },
        zone: { type: 'string' },
        dates: { type: 'string' },
        source: { type: 'string' },
        report: { type: 'string' },
        strict: { type: 'boolean' },
        retire: { type: 'boolean' },
        'dry-run': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new ImportError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

function readLevel(text: string | undefined): AreaLevel | undefined {
  if (text === undefined) return undefined;
  const level = AREA_LEVELS.find((candidate) => candidate === text.toLowerCase());
  if (!level) throw new ImportError(`--level ${text} is none of ${AREA_LEVELS.join(', ')}.`);
  return level;
}
