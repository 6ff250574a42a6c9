import { type RawBuilder, sql } from 'kysely';
import type { Bbox } from '../../shared/geo/bbox.ts';
import type { Place, PlaceKind } from '../../shared/schemas/place.ts';
import type { Scope } from '../access/scope.ts';
import { placeVisible } from '../access/visible.queries.ts';
import type { Db } from '../database/connection.ts';
import { searchTwice } from '../database/spelling.ts';

export interface PlaceSearch {
  bbox: Bbox | undefined;
  kind: PlaceKind | undefined;
  /** Search key of what was typed, or empty. */
  key: string;
  limit: number;
}

const COLUMNS = sql`id, kind, name, area_code AS "areaCode", ST_X(geom) AS lon, ST_Y(geom) AS lat`;

/** One place, or `undefined`. */
export async function findPlace(db: Db, scope: Scope, id: string): Promise<Place | undefined> {
  const { rows } = await sql<Place>`SELECT ${COLUMNS} FROM place
    WHERE id = ${id} AND ${placeVisible(scope)}`.execute(db);
  return rows[0];
}

/** Places in a window, of a kind, by name: the best names first, else by name. */
export async function searchPlaces(db: Db, scope: Scope, { bbox, kind, key, limit }: PlaceSearch): Promise<Place[]> {
  const filters: RawBuilder<unknown>[] = [placeVisible(scope)];
  if (bbox) filters.push(sql`geom && ST_MakeEnvelope(${sql.join(bbox.map((side) => sql`${side}::float8`))}, 4326)`);
  if (kind) filters.push(sql`kind = ${kind}`);
  if (key) {
    const loose = key.length > 2 ? sql`OR search_key LIKE ${`%${key}%`} OR ${key} <% search_key` : sql``;
    filters.push(sql`(search_key LIKE ${`${key}%`} OR search_key LIKE ${`% ${key}%`} ${loose})`);
  }
  const order = key
    ? sql`CASE WHEN search_key = ${key} THEN 0 WHEN search_key LIKE ${`${key}%`} THEN 1
               WHEN search_key LIKE ${`% ${key}%`} THEN 2 WHEN search_key LIKE ${`%${key}%`} THEN 3 ELSE 4 END,
          -word_similarity(${key}, search_key), `
    : sql``;
  const run = async (on: Db) => {
    const { rows } = await sql<Place>`
      SELECT ${COLUMNS} FROM place WHERE ${sql.join(filters, sql` AND `)}
      ORDER BY ${order} name, id LIMIT ${limit}`.execute(on);
    return rows;
  };
  return key.length > 2 ? searchTwice(db, run) : run(db);
}
