import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { ImportError } from '../import-error.ts';
import { readGeoJson } from './geojson.ts';
import type { FeatureSource } from './raw-feature.ts';
import { readZippedShapefile } from './shapefile.ts';

/** The first bytes of a file. Throws {@link ImportError} when it cannot be read. */
export function checkReadable(path: string): Buffer {
  const first = Buffer.alloc(4);
  try {
    if (!statSync(path).isFile()) throw new ImportError('This is no file.');
    const file = openSync(path, 'r');
    readSync(file, first, 0, 4, 0);
    closeSync(file);
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw new ImportError(`The file cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  return first;
}

/** Opens a boundary or street file by what its first bytes are, whatever it is called. Throws {@link ImportError}. */
export function openFeatures(path: string): FeatureSource {
  const first = checkReadable(path);
  if (first[0] === 0x1f && first[1] === 0x8b) return readGeoJson(path, true);
  if (first.toString('latin1', 0, 2) === 'PK') return readZippedShapefile(path);
  if (first.readInt32BE(0) === 9994) {
    throw new ImportError('A .shp file alone has no names: zip it with its .dbf, .prj and .cpg, and import the .zip.');
  }
  return readGeoJson(path, false);
}
