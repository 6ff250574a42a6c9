import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { PGliteInterface } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createdPostgis, partOfTar } from '../../../../server/database/embedded/postgis-bundle.ts';

const BLOCK = 512;

/** One entry of an archive, padded to whole blocks. */
function entry(name: string, text: string, prefix = ''): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  header.write(`${text.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write(prefix, 345);
  const content = Buffer.alloc(Math.ceil(text.length / BLOCK) * BLOCK);
  content.write(text);
  return Buffer.concat([header, content]);
}

const END = Buffer.alloc(2 * BLOCK);

describe('part of an archive', () => {
  const [first, long, empty] = [entry('lib/a.so', 'a'), entry('b.so', 'b'.repeat(BLOCK + 1), 'lib'), entry('lib/', '')];
  const tar = Buffer.concat([first, entry('share/a.sql', 'sql'.repeat(400)), long, empty, END]);

  test('holds the files asked for byte by byte, and nothing else', () => {
    expect(partOfTar(tar, /^lib\/.*\.so$/)).toEqual(Buffer.concat([first, long, END]));
    expect(partOfTar(tar, /^lib\/$/)).toEqual(Buffer.concat([empty, END]));
  });

  test('is refused where no file is as asked', () => {
    expect(() => partOfTar(tar, /^bin\//)).toThrow('The archive has no file');
  });
});

describe('PostGIS for a database that has it', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ronda-postgis-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const bundle = async (inFolder: string) => {
    const { bundlePath } = await createdPostgis(inFolder).setup({} as PGliteInterface, { PGLITE_ENV: {} });
    return bundlePath;
  };

  test('has the library and its projections, without the other libraries and scripts', async () => {
    const path = await bundle(folder);
    const tar = gunzipSync(readFileSync(path)).toString('latin1');
    expect(tar).toContain('lib/postgresql/postgis-3.so\0');
    expect(tar).toContain('share/proj/proj.db\0');
    expect(tar).not.toMatch(/postgis_(raster|topology)-3\.so\0/);
    expect(tar).not.toMatch(/postgis--[\w.]+\.sql\0/);
    expect(await bundle(folder)).toEqual(path);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('is the whole where the part cannot be kept', async () => {
    const noFolder = join(folder, readdirSync(folder)[0] ?? '', 'below-a-file');
    const { bundlePath } = await postgis.setup({} as PGliteInterface, { PGLITE_ENV: {} });
    expect(await bundle(noFolder)).toEqual(bundlePath);
    expect(existsSync(noFolder)).toBe(false);
  });
});
