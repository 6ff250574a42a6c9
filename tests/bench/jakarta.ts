import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Geos } from '../../data/importers/boundaries/geos.ts';
import { deriveArea } from '../../data/importers/boundaries/prepared.ts';
import { judge } from '../../data/importers/boundaries/repair.ts';
import { simplifiedShapes } from '../../data/importers/boundaries/shapes.ts';
import { readPolygons } from '../../data/importers/boundaries/structure.ts';
import { projectFolder } from '../../server/compiled.ts';
import { groundBodies } from '../../server/plans/ground-body.ts';
import { type Ground, readGround } from '../../shared/plans/ground.ts';

/** The RW of Jakarta as a ground, and the zones that people made of them: the number of its own for each. */
export interface Jakarta {
  ground: Ground;
  kelurahan: Int32Array;
  kecamatan: Int32Array;
}

/** Areas as the importer simplifies them for the map of a city. */
const CITY_BAND = 3;

/**
 * All RW of the file, through the importer's own reading, repair and simplification and the server's own search for
 * neighbours. Those that have no number, or share one, are taken too: what is measured is polygons.
 */
export async function readJakarta(): Promise<Jakarta> {
  const shared = process.env.SHARED_DIR ?? join(projectFolder(), '../shared');
  const file = join(shared, 'geo/jakarta_rw_osm2012.geojson.gz');
  if (!existsSync(file)) throw new Error('the RW of Jakarta are not here: set SHARED_DIR');
  const { features } = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as {
    features: { properties: { KEC_NAME: string; KEL_NAME: string; RW: string | null }; geometry: unknown }[];
  };
  const geos = await Geos.load();
  const areas = features.map(({ properties, geometry }, at) => {
    const { polygons, reason } = readPolygons(geometry);
    const verdict = polygons && judge(geos, polygons);
    if (!verdict || verdict.kind === 'refused') throw new Error(`RW ${at}: ${reason ?? 'refused'}`);
    const code = `31.00.00.${1000 + Math.floor(at / 1000)}.RW${String(at % 1000).padStart(3, '0')}`;
    const rest = { level: 'rw' as const, parentCode: null, bpsCode: null, validFrom: null, validTo: null };
    const { KEC_NAME, KEL_NAME, RW } = properties;
    const shape = verdict.kind === 'repaired' ? verdict.polygons : polygons;
    return {
      code,
      name: RW ?? '',
      geometry: shape,
      ...rest,
      kecamatan: KEC_NAME,
      kelurahan: `${KEC_NAME}/${KEL_NAME}`,
    };
  });
  const shapes = simplifiedShapes(areas.map(({ geometry }) => geometry));
  const rows = areas.map((area) => {
    const { labelPoint, areaM2 } = deriveArea(area);
    return { code: area.code, name: area.name, lon: labelPoint[0], lat: labelPoint[1], areaM2 };
  });
  const outlines = areas.map((_, area) => shapes(area, CITY_BAND));
  const { ground } = groundBodies({ version: '1', rows, kecamatanName: {} }, outlines);
  return {
    ground: readGround(ground),
    kelurahan: numbered(areas.map(({ kelurahan }) => kelurahan)),
    kecamatan: numbered(areas.map(({ kecamatan }) => kecamatan)),
  };
}

/** Each name as a number, from 0. */
function numbered(names: readonly string[]): Int32Array {
  const numbers = new Map([...new Set(names)].map((name, number) => [name, number]));
  return Int32Array.from(names, (name) => numbers.get(name) ?? 0);
}
