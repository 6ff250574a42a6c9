import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { LonLat, StreetLine } from './network.ts';
import { UsageError } from './options.ts';

const Feature = Type.Object({
  properties: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
  geometry: Type.Object({ type: Type.String(), coordinates: Type.Array(Type.Unknown()) }),
});
const Collection = Type.Object({ features: Type.Array(Type.Unknown()) });
const Line = Type.Array(Type.Array(Type.Number(), { minItems: 2 }));
const Lines = Type.Array(Line);
/** Names under which files keep the class of a street. */
const CLASS_NAMES = ['highway', 'type', 'class', 'fclass'];

/** Reads street lines from a GeoJSON file, plain or gzipped. Throws {@link UsageError} when there are none. */
export function readStreets(file: string): StreetLine[] {
  let collection: unknown;
  try {
    const bytes = readFileSync(file);
    collection = JSON.parse((bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8'));
  } catch (error) {
    throw new UsageError(`--streets ${file} cannot be read: ${(error as Error).message}`);
  }
  const features = Value.Check(Collection, collection) ? collection.features : [];
  const lines = features.flatMap(linesOf);
  if (lines.length === 0) throw new UsageError(`--streets ${file} has no LineString features; give GeoJSON of streets`);
  return lines;
}

function linesOf(feature: unknown): StreetLine[] {
  if (!Value.Check(Feature, feature)) return [];
  const { type, coordinates } = feature.geometry;
  const parts = type === 'LineString' ? [coordinates] : type === 'MultiLineString' ? coordinates : [];
  const found = Object.entries(feature.properties ?? {}).find(([name]) => CLASS_NAMES.includes(name.toLowerCase()));
  const cls = typeof found?.[1] === 'string' ? found[1] : '';
  if (!Value.Check(Lines, parts)) return [];
  return parts.map((line) => ({ class: cls, coordinates: line.map(([lon = 0, lat = 0]): LonLat => [lon, lat]) }));
}
