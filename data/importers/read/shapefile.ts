import { readFileSync, statSync } from 'node:fs';
import proj4 from 'proj4';
import { ImportError } from '../import-error.ts';
import { readDbf } from './dbf.ts';
import { checkPackedSize } from './limits.ts';
import type { FeatureSource, RawFeature } from './raw-feature.ts';
import { readShp } from './shp.ts';
import { ZipArchive } from './zip.ts';

/** Reads the one polygon layer of a zipped shapefile, brought to WGS 84. Throws {@link ImportError}. */
export function readZippedShapefile(path: string): FeatureSource {
  checkPackedSize(statSync(path).size);
  const archive = new ZipArchive(readFileSync(path));
  const layers = archive.names('.shp');
  const [layer] = layers;
  if (!layer) throw new ImportError('The archive holds no .shp file.');
  if (layers.length > 1) {
    throw new ImportError(
      `The archive holds ${layers.length} layers (${layers.slice(0, 5).join(', ')}): pack one at a time.`,
    );
  }
  const sidecar = (ending: string) => archive.read(layer.replace(/\.shp$/i, ending));
  const shp = archive.read(layer);
  const dbf = sidecar('.dbf');
  if (!shp || !dbf) throw new ImportError('The archive lacks the .dbf file that belongs to its .shp file: pack both.');
  const rows = readDbf(dbf, sidecar('.cpg')?.toString('latin1'));
  const prj = sidecar('.prj')?.toString('utf8').trim();
  const remarks: string[] = [];
  if (!prj) remarks.push('The archive has no .prj file; its coordinates are taken for WGS 84 degrees.');
  const toWgs84 = prj ? transformation(prj, remarks) : undefined;
  return { features: features(shp, rows, toWgs84), remarks };
}

async function* features(
  shp: Buffer,
  rows: Record<string, unknown>[],
  toWgs84: ((position: number[]) => number[]) | undefined,
): AsyncGenerator<RawFeature> {
  let number = 0;
  for (const geometry of readShp(shp)) {
    const properties = rows[number++];
    if (!properties)
      throw new ImportError(`The .dbf file has ${rows.length} rows, fewer than the .shp file has shapes.`);
    if (geometry && toWgs84) {
      geometry.coordinates = geometry.coordinates.map((rings) => rings.map((ring) => ring.map(toWgs84)));
    }
    yield { number, properties, geometry };
  }
  if (number === 0) throw new ImportError('The layer has no shapes.');
  if (number < rows.length) {
    throw new ImportError(
      `The .dbf file has ${rows.length} rows, the .shp file only ${number} shapes: they do not belong together.`,
    );
  }
}

/** How to bring the layer's coordinates to WGS 84 degrees; `undefined` where they are that already. */
function transformation(prj: string, remarks: string[]): ((position: number[]) => number[]) | undefined {
  if (/^GEOGCS\b|^GEOGCRS\b/i.test(prj) && /WGS.?_?(19)?84/i.test(prj)) return undefined;
  try {
    const { forward } = proj4(prj, 'WGS84');
    forward([0, 0]);
    remarks.push(
      `Coordinates were converted to WGS 84 from ${/"([^"]+)"/.exec(prj)?.[1] ?? 'the system of the .prj file'}.`,
    );
    return ([x = 0, y = 0]) => forward([x, y]);
  } catch {
    throw new ImportError(
      'The .prj file names a reference system that is not known: convert the layer to WGS 84 (EPSG:4326) first.',
    );
  }
}
