import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { postgis } from '@electric-sql/pglite-postgis';

/**
 * What a database that has PostGIS already needs of its 95 MB. The rest are two more libraries (raster, topology), which
 * would be linked at each start as well, and the scripts that create and upgrade the extensions.
 */
const NEEDED = /^(lib\/postgresql\/postgis-3\.so|share\/proj\/.*|share\/postgresql\/extension\/postgis\.control)$/;
const BLOCK = 512;

/**
 * PostGIS for a database in which it was created before: starts in half the time of the whole, which `CREATE EXTENSION`
 * needs. The part is cut out once and kept in `folder`; where that cannot be written, it is the whole.
 */
export const createdPostgis = (folder: string): typeof postgis => ({
  ...postgis,
  async setup(db, options) {
    const whole = await postgis.setup(db, options);
    return { ...whole, bundlePath: partOf(whole.bundlePath, folder) };
  },
});

/** The address of the needed part of a bundle. Another version of the bundle has another file. */
function partOf(bundle: URL, folder: string): URL {
  const { size, mtimeMs } = statSync(bundle);
  const file = join(folder, `engine-postgis-${size}-${Math.floor(mtimeMs)}.tgz`);
  if (existsSync(file)) return pathToFileURL(file);
  try {
    const part = gzipSync(partOfTar(gunzipSync(readFileSync(bundle)), NEEDED), { level: 1 });
    const partial = `${file}.${process.pid}`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(partial, part);
    renameSync(partial, file);
    return pathToFileURL(file);
  } catch {
    return bundle;
  }
}

/** A tar archive (ustar) of those files of another whose paths match. Throws where none does. */
export function partOfTar(tar: Buffer, paths: RegExp): Buffer {
  const kept: Buffer[] = [];
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(textAt(tar, at + 124, 12), 8) || 0;
    const end = at + BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const [name, prefix] = [textAt(tar, at, 100), textAt(tar, at + 345, 155)];
    if (paths.test((prefix ? `${prefix}/${name}` : name).replace(/^\.\//, ''))) kept.push(tar.subarray(at, end));
    at = end;
  }
  if (kept.length === 0) throw new Error(`The archive has no file ${paths}`);
  return Buffer.concat([...kept, Buffer.alloc(2 * BLOCK)]);
}

/** A field of a header, up to its NUL. */
function textAt(tar: Buffer, at: number, length: number): string {
  return tar.toString('latin1', at, at + length).split('\0', 1)[0] ?? '';
}
