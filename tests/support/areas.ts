import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import type { PreparedArea } from '../../data/importers/boundaries/prepared.ts';
import type { Db } from '../../server/database/connection.ts';
import { levelOfCode, parentOfCode } from '../../shared/area-code.ts';
import { BAND_COUNT } from '../../shared/geo/bands.ts';
import { searchKey } from '../../shared/geo/names.ts';

export interface TestArea {
  code: string;
  name: string;
  /** GeoJSON coordinates of a MultiPolygon. */
  coordinates: number[][][][];
}

/** A rectangle as the only polygon of an area. */
export function box(code: string, name: string, [w, s, e, n]: [number, number, number, number]): TestArea {
  return { code, name, coordinates: [[[[w, s], [e, s], [e, n], [w, n], [w, s]]]] }; // biome-ignore format: one ring, one line
}

/** A triangle as the only polygon of a drawn part, with its right angle in the south-west: degrees. */
export function triangle(lon: number, lat: number, size = 0.1): number[][][][] {
  return [[[[lon, lat], [lon + size, lat], [lon, lat + size], [lon, lat]]]]; // biome-ignore format: one ring, one line
}

/** Reads areas of a file of real data: `lombok_desa_wilayah2026`. */
export function readRealAreas(sharedDir: string, file: string): TestArea[] {
  const text = gunzipSync(readFileSync(join(sharedDir, 'geo', `${file}.geojson.gz`))).toString('utf8');
  const { features } = JSON.parse(text) as {
    features: {
      properties: { kode: string; nama: string };
      geometry: { type: 'Polygon'; coordinates: number[][][] } | { type: 'MultiPolygon'; coordinates: number[][][][] };
    }[];
  };
  return features.map(({ properties, geometry }) => ({
    code: properties.kode,
    name: properties.nama,
    coordinates: geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
  }));
}

/** The same areas for the importer's own store. Those without a level are left out. */
export function prepareAreas(areas: TestArea[]): PreparedArea[] {
  return areas.flatMap(({ code, name, coordinates }) => {
    const level = levelOfCode(code);
    const rest = { parentCode: parentOfCode(code) ?? null, bpsCode: null, validFrom: null, validTo: null };
    return level ? { code, level, name, geometry: coordinates, ...rest } : [];
  });
}

/**
 * Puts areas in force as they are, the same shape in every band, in place of those with the same codes. Unlike the
 * importer it checks and repairs nothing.
 */
export async function putAreas(db: Db, areas: TestArea[]): Promise<void> {
  const { id: importId } = await db
    .insertInto('area_import')
    .values({ file_name: 'test', source: 'test', published_at: new Date(), report: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (let start = 0; start < areas.length; start += 100) {
    const rows = areas.slice(start, start + 100).map(({ code, name, coordinates }) => ({
      code,
      name,
      level: levelOfCode(code),
      parent: parentOfCode(code) ?? null,
      key: searchKey(name),
      geometry: { type: 'MultiPolygon', coordinates },
    }));
    await sql`
      WITH given AS (
        SELECT r.*, ST_SetSRID(ST_Multi(ST_GeomFromGeoJSON(r.geometry::text)), 4326) AS geom
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS r(code text, name text, level text, parent text, key text, geometry jsonb)
      ), stored AS (
        INSERT INTO area (import_id, code, level, name, parent_code, geom, label_point, area_m2, search_key, content_hash)
        SELECT ${importId}::int, code, level, name, parent, geom, ST_PointOnSurface(geom), ST_Area(geom::geography), key, ''
        FROM given RETURNING id, code, level, parent_code, geom
      ), shaped AS (
        INSERT INTO area_shape (area_id, band, level, geom)
        SELECT id, band, level, geom FROM stored, generate_series(0, ${BAND_COUNT - 1}::int) AS band
      )
      INSERT INTO area_current (code, area_id, level, parent_code)
      SELECT code, id, level, parent_code FROM stored
      ON CONFLICT (code) DO UPDATE SET area_id = EXCLUDED.area_id`.execute(db);
  }
  await sql`UPDATE publication SET version = version + 1 WHERE topic = 'areas'`.execute(db);
}
