import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../../server/config.ts';
import { AREA_LEVELS, type AreaLevel } from '../../shared/schemas/area.ts';
import { importBoundaries } from './boundaries/command.ts';
import { readFieldMap } from './boundaries/fields.ts';
import { openImportDatabase } from './database.ts';
import { ImportError, withFileName } from './import-error.ts';
import { checkReadable } from './read/open.ts';
import { importStreets } from './streets/command.ts';
import { Terminal } from './terminal.ts';

const USAGE = `Usage:
  npm run import -- boundaries FILE… [options]   areas: GeoJSON (.geojson, .gz, one feature a line) or zipped shapefile
  npm run import -- streets FILE… [options]      streets of the base map: GeoJSON lines

Options:
  --level LEVEL    only areas of this level: ${AREA_LEVELS.join(', ')}; rw also says that the file describes RW
  --map PAIRS      which property is what, e.g. code=KODE,name=NAMA (code, bps, name, parent, rw, validFrom, validTo,
                   oldCode); code= says that it is a Kemendagri code, bps= that it is one of BPS
  --source TEXT    where the data comes from, shown beside it (default: the file's name)
  --strict         import nothing of a file when any feature is refused
  --retire         end the validity of areas in force of the same source, level and parent that the file no longer has,
                   and of those that it says were replaced (--dry-run shows which)
  --dry-run        do everything but write
  --report FILE    write the whole report as JSON

Import wider levels first (provinsi, kabkota, kecamatan, desa, rw): RW without codes are matched to the desa in force.
A file becomes visible whole or not at all, beside a running server too. DATA_DIR and DATABASE_URL say where to, as for npm start.
Exit code: 0 done; 1 a file could not be read, and nothing of it was imported; 2 features were refused: the others were
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
    if ((what !== 'boundaries' && what !== 'streets') || files.length === 0) {
      console.error(USAGE);
      return 1;
    }
    for (const file of files) await withFileName(file, async () => checkReadable(file));
    const map = readFieldMap(values.map);
    const level = readLevel(values.level);
    const database = await openImportDatabase(readConfig(process.env), (text) => terminal.say(`• ${text} …`));
    try {
      terminal.say(`Importing into ${database.place}`);
      const options = {
        source: values.source,
        dryRun: values['dry-run'] === true,
        strict: values.strict === true,
        reportFile: values.report,
      };
      const code =
        what === 'streets'
          ? await importStreets(database.db, files, options, terminal)
          : await importBoundaries(
              database.db,
              files,
              { ...options, retire: values.retire === true, level, map },
              terminal,
            );
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

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        level: { type: 'string' },
        map: { type: 'string' },
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
