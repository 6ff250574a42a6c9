import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Position } from 'geojson';
import type { ImportReport, ReportEntry } from '../boundaries/report.ts';
import { MAX_VERTICES, placeInIndonesia, readPositions } from '../boundaries/structure.ts';
import { openFeatures } from '../read/open.ts';
import { encodeLine } from '../wkb.ts';
import type { PreparedStreet } from './queries.ts';
import { STREET_ZOOM, streetClass } from './street-class.ts';

const CLASS_FIELDS = ['highway', 'type', 'fclass', 'class'];
const NAME_FIELDS = ['name', 'nama', 'namobj'];

/** Reads a file of lines into streets, and reports what was changed or refused. Throws `ImportError` for the whole file. */
export async function prepareStreets(
  path: string,
  source: string | undefined,
): Promise<{ streets: PreparedStreet[]; contentHash: string; report: ImportReport }> {
  const file = basename(path);
  const entries: ReportEntry[] = [];
  const counts: Record<string, number> = {};
  const streets: PreparedStreet[] = [];
  const hash = createHash('sha256');
  const input = openFeatures(path);
  let features = 0;
  for await (const { number, properties, geometry } of input.features) {
    features++;
    const values = new Map(Object.entries(properties).map(([key, value]) => [key.toLowerCase(), value]));
    const text = (keys: string[]) => {
      const found = keys
        .map((key) => values.get(key))
        .find((value) => typeof value === 'string' && value.trim() !== '');
      return typeof found === 'string' ? found.replace(/\s+/g, ' ').trim() : null;
    };
    const name = text(NAME_FIELDS);
    const report = (kind: ReportEntry['kind'], note: string) => {
      entries.push({ feature: number, kind, code: null, name, note });
      counts[kind] = (counts[kind] ?? 0) + 1;
    };
    const type = text(CLASS_FIELDS);
    const known = type === null ? undefined : streetClass(type);
    if (known === 'none') {
      report('refused', `type "${type}" is no street in use`);
      continue;
    }
    const notes = new Set<string>();
    const lines = readLines(geometry, notes);
    if (typeof lines === 'string') {
      report('refused', lines);
      continue;
    }
    for (const note of notes) report('repaired', note);
    if (!known) report('recoded', `type ${type ? `"${type}"` : 'missing'} is drawn as residential`);
    const kind = known ?? 'residential';
    for (const positions of lines) {
      const line = encodeLine(positions);
      hash.update(JSON.stringify([kind, name])).update(line);
      streets.push({ class: kind, name, minZoom: STREET_ZOOM[kind], line });
    }
  }
  const areas: Record<string, number> = {};
  for (const street of streets) areas[street.class] = (areas[street.class] ?? 0) + 1;
  return {
    streets,
    contentHash: hash.digest('base64url'),
    report: {
      file,
      source: source ?? file,
      features,
      areas,
      counts,
      remarks: input.remarks,
      missingParents: [],
      gone: [],
      successions: [],
      entries,
    },
  };
}

function readLines(geometry: unknown, notes: Set<string>): Position[][] | string {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown };
  if (type !== 'LineString' && type !== 'MultiLineString') {
    return typeof type === 'string' ? `its geometry is a ${type.slice(0, 40)}, not a line` : 'it has no geometry';
  }
  const parts = type === 'LineString' ? [coordinates] : coordinates;
  if (!Array.isArray(parts)) return 'its coordinates are no array';
  const budget = { left: MAX_VERTICES };
  const lines: Position[][] = [];
  for (const part of parts) {
    const line = readPositions(part, budget, notes);
    if (typeof line === 'string') return `its line ${line}`;
    if (line.length >= 2) lines.push(line);
  }
  if (lines.length === 0) return 'no line of it has two ends';
  return placeInIndonesia(lines, notes) ?? lines;
}
