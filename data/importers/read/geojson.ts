import { ImportError } from '../import-error.ts';
import { readBytes } from './bytes.ts';
import { JsonSplitter } from './json-splitter.ts';
import type { FeatureSource, RawFeature } from './raw-feature.ts';

const GEOMETRIES = new Set([
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
]);

/** Reads GeoJSON: a document, or one feature a line; plain or gzipped. Throws {@link ImportError} while it is read. */
export function readGeoJson(path: string, gzipped: boolean): FeatureSource {
  return { features: features(readBytes(path, gzipped)), remarks: [] };
}

/** The features of GeoJSON text in pieces. Throws {@link ImportError} where it is none. */
export async function* features(chunks: AsyncIterable<Buffer>): AsyncGenerator<RawFeature> {
  const splitter = new JsonSplitter();
  let number = 0;
  let roots = 0;
  for await (const chunk of chunks) {
    for (const piece of splitter.push(chunk)) {
      const value = parse(piece.text, number + 1);
      if (piece.kind === 'feature') {
        yield rawFeature(value, ++number);
        continue;
      }
      roots++;
      checkCrs(value.crs);
      if (value.type === 'FeatureCollection') {
        if (!Array.isArray(value.features)) {
          throw new ImportError('The FeatureCollection has no array `features`.');
        }
        if (value.features.length > 0) throw new ImportError('The array `features` holds something that is no object.');
      } else if (value.type === 'Feature') yield rawFeature(value, ++number);
      else if (GEOMETRIES.has(String(value.type))) yield { number: ++number, properties: {}, geometry: value };
      else if (value.type === 'Topology') {
        throw new ImportError('The file is TopoJSON: convert it to GeoJSON (topo2geo, mapshaper).');
      } else throw new ImportError(`The file is not GeoJSON: type ${JSON.stringify(value.type) ?? 'is missing'}.`);
    }
  }
  splitter.end();
  if (roots === 0) throw new ImportError('The file is empty.');
  if (number === 0) throw new ImportError('The file has no features.');
}

function parse(text: string, number: number): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ImportError(`Near feature ${number} the file is not valid JSON: ${(error as Error).message}`);
  }
}

function rawFeature(value: Record<string, unknown>, number: number): RawFeature {
  if (value.type !== 'Feature') {
    throw new ImportError(`Element ${number} of the features is no Feature but ${JSON.stringify(value.type)}.`);
  }
  const { properties } = value;
  const isRecord = typeof properties === 'object' && properties !== null && !Array.isArray(properties);
  return { number, id: value.id, properties: isRecord ? { ...properties } : {}, geometry: value.geometry ?? null };
}

/** GeoJSON is WGS 84 by its standard; older files name a reference system of their own. */
function checkCrs(crs: unknown): void {
  if (crs === undefined || crs === null) return;
  const text = JSON.stringify(crs);
  if (/CRS84|CRS83|EPSG:{1,2}(\d*:)?(4326|4979)\b|WGS ?84/i.test(text)) return;
  throw new ImportError(
    `The file is in another reference system (${text.slice(0, 120)}): convert it to WGS 84, e.g. with ogr2ogr -t_srs EPSG:4326.`,
  );
}
