import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, inject, test } from 'vitest';
import { JsonSplitter } from '../../../../data/importers/read/json-splitter.ts';
import { openFeatures } from '../../../../data/importers/read/open.ts';
import type { RawFeature } from '../../../../data/importers/read/raw-feature.ts';
import { dbfFile, shpFile } from '../../../support/shapefile.ts';

let files = 0;
function file(content: string | Uint8Array): string {
  const path = join(inject('scratch'), `read-${process.pid}-${++files}`);
  writeFileSync(path, content);
  return path;
}

async function read(content: string | Uint8Array): Promise<{ features: RawFeature[]; remarks: string[] }> {
  const source = openFeatures(file(content));
  const features = [];
  for await (const feature of source.features) features.push(feature);
  return { features, remarks: source.remarks };
}

const feature = (n: number) => ({ type: 'Feature', properties: { n, text: 'a "quoted" } ] \\ Ω' }, geometry: null });
const collection = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features });

describe('GeoJSON', () => {
  test.each([
    ['a collection', collection(feature(1), feature(2))],
    ['indented', JSON.stringify(JSON.parse(collection(feature(1), feature(2))), null, 2)],
    ['gzipped', gzipSync(collection(feature(1), feature(2)))],
    ['one feature a line', `${JSON.stringify(feature(1))}\n${JSON.stringify(feature(2))}\n`],
    ['a text sequence', `\u001e${JSON.stringify(feature(1))}\n\u001e${JSON.stringify(feature(2))}\n`],
    ['with a byte order mark', `\uFEFF${collection(feature(1), feature(2))}`],
    [
      'WGS 84 by name',
      `{"crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::4326"}},${collection(feature(1), feature(2)).slice(1)}`,
    ],
  ])('%s', async (_, content) => {
    const { features } = await read(content);
    expect(features.map(({ number, properties }) => [number, properties.n])).toEqual([[1, 1], [2, 2]]); // biome-ignore format: one line
    expect(features[0]?.properties.text).toBe('a "quoted" } ] \\ Ω');
  });

  test('a lone geometry is a feature without properties', async () => {
    const { features } = await read('{"type":"Point","coordinates":[1,2]}');
    expect(features).toEqual([{ number: 1, properties: {}, geometry: { type: 'Point', coordinates: [1, 2] } }]);
  });

  test('however the bytes are cut, the same pieces come out', () => {
    const text = Buffer.from(
      `{"name":"features","x":{"features":[1]},${collection(feature(1), feature(2), feature(3)).slice(1)}`,
    );
    const split = (cuts: number[]) => {
      const splitter = new JsonSplitter();
      const places = [...new Set([0, ...cuts, text.length])].sort((a, b) => a - b);
      const pieces = places.slice(1).flatMap((end, i) => [...splitter.push(text.subarray(places[i], end))]);
      splitter.end();
      return pieces;
    };
    const whole = split([]);
    expect(whole.map((piece) => piece.kind)).toEqual(['feature', 'feature', 'feature', 'root']);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 12 }), (cuts) => {
        expect(split(cuts)).toEqual(whole);
      }),
    );
  });

  test.each([
    ['nothing', '', 'empty'],
    ['no features', collection(), 'no features'],
    ['text', 'hello', 'does not begin with an object'],
    ['an array', '[1]', 'does not begin with an object'],
    ['cut off', collection(feature(1)).slice(0, -5), 'not complete'],
    [
      'a wrong comma',
      '{"type":"FeatureCollection","features":[{"type":"Feature",}]}',
      'feature 1 the file is not valid JSON',
    ],
    ['features that are none', collection('a', 'b'), 'not valid JSON|no object'],
    ['features as an object', '{"type":"FeatureCollection","features":{}}', 'no array'],
    ['an element of another type', collection({ type: 'feature' }), 'no Feature but "feature"'],
    ['TopoJSON', '{"type":"Topology"}', 'TopoJSON'],
    ['no type', '{"a":1}', 'type is missing'],
    [
      'another reference system',
      `{"crs":{"properties":{"name":"EPSG:3857"}},${collection(feature(1)).slice(1)}`,
      'ogr2ogr',
    ],
    ['UTF-16', Buffer.from(`\uFEFF${collection(feature(1))}`, 'utf16le'), 'UTF-16'],
    ['a broken gzip', gzipSync(collection(feature(1))).subarray(0, 40), 'cannot be unpacked'],
    ['a gzip bomb', gzipSync(collection(feature(1)) + ' '.repeat(101 * 1024 * 1024)), 'more than 100 MiB'],
    ['depth', `{"type":"FeatureCollection","features":[{"a":${'['.repeat(50)}`, 'deeper than 32'],
    ['a shapefile without its zip', shpFile([]), 'zip it with its .dbf'],
  ])('%s is refused with the reason', async (_, content, reason) => {
    await expect(read(content)).rejects.toThrow(new RegExp(reason));
  });

  test('a file that is not there', () => {
    expect(() => openFeatures('/nowhere/x.geojson')).toThrow('The file cannot be read (ENOENT)');
  });
});

const WGS84 = 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]]'; // biome-ignore format: one text
const UTM50S = 'PROJCS["WGS_1984_UTM_Zone_50S",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000],PARAMETER["False_Northing",10000000],PARAMETER["Central_Meridian",117],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0],UNIT["Meter",1]]'; // biome-ignore format: one text
/** Clockwise, as shapefiles have their shells. */
const SHELL: [number, number][] = [[116, -8], [116, -7], [117, -7], [117, -8], [116, -8]]; // biome-ignore format: one ring, one line
const HOLE: [number, number][] = [[116.2, -7.8], [116.4, -7.8], [116.4, -7.6], [116.2, -7.8]]; // biome-ignore format: one ring, one line

function zipped(entries: Record<string, Buffer | string>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(entries).map(([name, data]) => [name, Buffer.from(data)])));
}

describe('zipped shapefiles', () => {
  const layer = { 'a/x.shp': shpFile([[SHELL, HOLE], null]), 'a/x.dbf': dbfFile([{ KODE: '52.71', NAMA: 'Mataram' }, { KODE: '', NAMA: '' }]) }; // biome-ignore format: one layer

  test('shapes with holes and their rows', async () => {
    const { features, remarks } = await read(zipped({ ...layer, 'a/x.prj': WGS84 }));
    expect(features).toEqual([
      {
        number: 1,
        properties: { KODE: '52.71', NAMA: 'Mataram' },
        geometry: { type: 'MultiPolygon', coordinates: [[SHELL, HOLE]] },
      },
      { number: 2, properties: { KODE: null, NAMA: null }, geometry: null },
    ]);
    expect(remarks).toEqual([]);
  });

  test('without a .prj the coordinates are taken for degrees, and it is said', async () => {
    expect((await read(zipped(layer))).remarks).toEqual([expect.stringContaining('no .prj')]);
  });

  test('coordinates in metres are converted by the .prj', async () => {
    const ring: [number, number][] = [[500000, 9100000], [500000, 9110000], [510000, 9110000], [500000, 9100000]]; // biome-ignore format: one line
    const { features, remarks } = await read(
      zipped({ 'x.shp': shpFile([[ring]]), 'x.dbf': dbfFile([{ KODE: '52' }]), 'x.prj': UTM50S }),
    );
    const [lon, lat] =
      /-?\d[\d.]*,-?\d[\d.]*/.exec(JSON.stringify(features[0]?.geometry))?.[0].split(',').map(Number) ?? [];
    expect(lon).toBeCloseTo(117, 6);
    expect(lat).toBeCloseTo(-8.142, 2);
    expect(remarks).toEqual([expect.stringContaining('WGS_1984_UTM_Zone_50S')]);
  });

  test('the .cpg says how text is encoded', async () => {
    const dbf = dbfFile([{ NAMA: 'Café' }], 'latin1');
    const { features } = await read(
      zipped({ 'x.shp': shpFile([[SHELL]]), 'x.dbf': dbf, 'x.cpg': '1252', 'x.prj': WGS84 }),
    );
    expect(features[0]?.properties).toEqual({ NAMA: 'Café' });
  });

  const cutDbf = dbfFile([{ KODE: '52' }, { KODE: '53' }]).subarray(0, 80);
  const lying = shpFile([[SHELL]]);
  lying.writeInt32BE(0x7fffff, 104);
  test.each([
    ['no shapefile in it', zipped({ 'x.txt': 'x' }), 'no .shp'],
    ['no table', zipped({ 'x.shp': layer['a/x.shp'] }), 'lacks the .dbf'],
    ['two layers', zipped({ ...layer, 'y.shp': layer['a/x.shp'] }), '2 layers'],
    ['a nested archive', zipped({ ...layer, 'y.zip': 'x' }), 'another archive'],
    [
      'too many entries',
      zipped(Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`${i}`, 'x']))),
      '201 entries',
    ],
    ['too much inside', zipped({ ...layer, 'z.shx': Buffer.alloc(101 * 1024 * 1024) }), 'more than 100 MiB'],
    ['rows that do not belong', zipped({ ...layer, 'a/x.dbf': dbfFile([{ KODE: '52' }]) }), 'fewer than the .shp'],
    ['a table cut off', zipped({ ...layer, 'a/x.dbf': cutDbf }), 'too short'],
    ['a record that lies about its length', zipped({ ...layer, 'a/x.shp': lying }), 'length that does not fit'],
    ['an unknown encoding', zipped({ ...layer, 'a/x.cpg': 'klingon' }), 'klingon'],
    [
      'an unknown reference system',
      zipped({ ...layer, 'a/x.prj': 'PROJCS["Nowhere"' }),
      'reference system that is not known',
    ],
    ['damage', zipped(layer).subarray(0, 300), 'damaged or no zip'],
  ])('%s is refused with the reason', async (_, content, reason) => {
    await expect(read(content)).rejects.toThrow(reason);
  });
});

describe.skipIf(!inject('sharedDir'))('hostile files', () => {
  const homemade = () => join(inject('sharedDir'), 'corpora/homemade');
  const archives = inject('sharedDir')
    ? readdirSync(join(inject('sharedDir'), 'corpora/homemade')).filter((name) => /\.(zip|kmz)$/.test(name))
    : [];

  test.each(archives)('S3: %s is refused quickly', async (name) => {
    await expect(read(readFileSync(join(homemade(), name)))).rejects.toThrow(/archive/);
  });

  test('S3: a shapefile that lies about its lengths', async () => {
    const shp = readFileSync(join(homemade(), 'shp-lying-lengths.shp'));
    await expect(read(zipped({ 'x.shp': shp, 'x.dbf': dbfFile([{ KODE: '52' }]) }))).rejects.toThrow(
      /damaged|too short|fewer/,
    );
  });

  test('a deep collection', async () => {
    await expect(read(readFileSync(join(homemade(), 'deep-geometrycollection-5000.json')))).rejects.toThrow(
      'deeper than 32',
    );
  });
});
