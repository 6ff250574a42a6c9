import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { importBoundaries } from '../../data/importers/boundaries/command.ts';
import type { ImportReport } from '../../data/importers/boundaries/report.ts';
import { Terminal } from '../../data/importers/terminal.ts';
import type { Config } from '../../server/config.ts';
import type { Db } from '../../server/database/connection.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface ImportRun {
  code: number;
  output: string;
  /** One for each file. */
  reports: ImportReport[];
}

type Options = Partial<Parameters<typeof importBoundaries>[2]>;

/** Imports boundary files in this process. */
export async function runImport(db: Db, files: string[], options: Options = {}): Promise<ImportRun> {
  const reportFile = join(mkdtempSync(join(inject('scratch'), 'report-')), 'report.json');
  let output = '';
  const terminal = new Terminal({ write: (text) => (output += text) });
  const defaults = {
    level: undefined,
    map: {},
    source: undefined,
    dryRun: false,
    strict: false,
    retire: false,
    reportFile,
  };
  const code = await importBoundaries(db, files, { ...defaults, ...options }, terminal);
  return { code, output, reports: JSON.parse(readFileSync(reportFile, 'utf8')) };
}

/** Starts `npm run import` as a process of its own on a server's database. */
export function startImport(config: Pick<Config, 'dataDir' | 'databaseUrl'>, args: string[]) {
  const child = spawn(process.execPath, ['server/launch.mjs', 'data/importers/main', ...args], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: config.dataDir, DATABASE_URL: config.databaseUrl ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const seen: { pattern: RegExp; resolve: () => void }[] = [];
  const read = (chunk: Buffer) => {
    output += chunk;
    for (const { pattern, resolve } of seen) if (pattern.test(output)) resolve();
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  return {
    ended,
    kill: () => child.kill('SIGKILL'),
    /** Resolves when the output matches, or the process ends. */
    says: (pattern: RegExp) => Promise.race([new Promise<void>((resolve) => seen.push({ pattern, resolve })), ended]),
  };
}

/** A file of a table's text. */
export function csvFile(text: string, name = 'register.csv'): string {
  const path = join(mkdtempSync(join(inject('scratch'), 'csv-')), name);
  writeFileSync(path, text);
  return path;
}

/** A GeoJSON file of these features: properties and polygon rings, or any geometry. */
export function geoJsonFile(features: { properties: unknown; geometry: unknown }[]): string {
  const path = join(mkdtempSync(join(inject('scratch'), 'file-')), 'areas.geojson');
  const collection = {
    type: 'FeatureCollection',
    features: features.map((feature) => ({ type: 'Feature', ...feature })),
  };
  writeFileSync(path, JSON.stringify(collection));
  return path;
}

/** A square as GeoJSON, by its south-west corner and size in degrees. */
export function squareAt(x: number, y: number, size = 0.1) {
  const ring = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]; // biome-ignore format: one ring, one line
  return { type: 'Polygon', coordinates: [ring] };
}
