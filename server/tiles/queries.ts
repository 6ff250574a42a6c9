import { type RawBuilder, sql } from 'kysely';
import { AREA_LEVELS, type AreaLevel } from '../../shared/area-code.ts';
import { bandOfZoom, levelsOfTile, levelsOfZoom } from '../../shared/geo/bands.ts';
import { boundsOf, type TileId } from '../../shared/tiles/projection.ts';
import type { Db } from '../database/connection.ts';

/** An area that a tile shows. */
export interface AreaRow {
  id: number;
  code: string;
  name: string;
  level: AreaLevel;
  areaM2: number;
  labelLon: number;
  labelLat: number;
  /** Whether its surface is shown, or only its outline. */
  filled: boolean;
  /** Whether it carries its name and has a label. */
  named: boolean;
  /** EWKB in hexadecimal. */
  shape: string;
}

/** How many levels narrower than the zoom's an area may be that stands in for what was not imported. */
const STAND_IN_DEPTH = 2;

/** Which levels have areas in force, and which of them have areas to stand in for others that were not imported. */
export interface LevelsInForce {
  present: AreaLevel[];
  /** Levels with areas that have nothing beneath them: shown at narrower levels' zooms too. */
  childless: AreaLevel[];
  /** Levels with areas whose parent is not in force: shown at wider levels' zooms too. */
  orphans: AreaLevel[];
}

export async function levelsInForce(db: Db): Promise<LevelsInForce> {
  const { rows } = await sql<{ level: AreaLevel; childless: boolean; orphan: boolean }>`
    SELECT c.level, bool_or(below.code IS NULL) AS childless,
      bool_or(c.parent_code IS NOT NULL AND above.code IS NULL) AS orphan
    FROM area_current c
    LEFT JOIN area_current below ON below.parent_code = c.code
    LEFT JOIN area_current above ON above.code = c.parent_code
    GROUP BY c.level`.execute(db);
  return {
    present: rows.map(({ level }) => level),
    childless: rows.filter((row) => row.childless).map(({ level }) => level),
    orphans: rows.filter((row) => row.orphan).map(({ level }) => level),
  };
}

/**
 * The areas that meet a tile: those of the zoom's levels, the wider ones of the border level, and those that stand in
 * for a level that was not imported there: wider ones with nothing beneath them, narrower ones with nothing above.
 * Widest first, then by id, so that the same areas always make the same tile.
 *
 * @param inForce tells which levels need not be searched, see {@link levelsInForce}
 */
export async function areasOfTile(db: Db, tile: TileId, inForce: LevelsInForce): Promise<AreaRow[]> {
  const { areas, border } = levelsOfZoom(tile.z);
  const parts = AREA_LEVELS.flatMap((level, rank) => {
    if (!inForce.present.includes(level)) return [];
    if (areas.includes(level)) return partOfTile(tile, level, rank, sql`true`, sql`true`);
    const steps = rank - AREA_LEVELS.findIndex((other) => areas.includes(other));
    if (steps < 0) {
      const childless = sql`(SELECT 1 FROM area_current below WHERE below.parent_code = c.code LIMIT 1) IS NULL`;
      if (level === border) return partOfTile(tile, level, rank, childless, sql`true`);
      return inForce.childless.includes(level) ? partOfTile(tile, level, rank, sql`true`, childless) : [];
    }
    const orphan = sql`(SELECT 1 FROM area_current above WHERE above.code = c.parent_code LIMIT 1) IS NULL`;
    if (steps > STAND_IN_DEPTH || !inForce.orphans.includes(level)) return [];
    return partOfTile(tile, level, rank, sql`true`, orphan);
  });
  return rowsOf(db, parts);
}

/**
 * The areas of one level that meet a tile, whatever level its zoom shows otherwise, and those of a wider one as borders;
 * in the order of {@link areasOfTile}. Where they are too many for their names they have none.
 */
export async function levelOfTile(db: Db, tile: TileId, level: AreaLevel): Promise<AreaRow[]> {
  const { areas, border } = levelsOfTile(level, tile.z);
  const narrowestNamed = AREA_LEVELS.indexOf(levelsOfZoom(tile.z).areas.at(-1) ?? level);
  const parts = AREA_LEVELS.flatMap((each, rank) => {
    const filled = areas.includes(each);
    if (!filled && each !== border) return [];
    return partOfTile(tile, each, rank, sql.lit(filled), sql`true`, rank <= narrowestNamed);
  });
  return rowsOf(db, parts);
}

async function rowsOf(db: Db, parts: RawBuilder<unknown>[]): Promise<AreaRow[]> {
  if (parts.length === 0) return [];
  const { rows } = await sql<AreaRow>`${sql.join(parts, sql` UNION ALL `)} ORDER BY rank, id`.execute(db);
  return rows;
}

/** Of one level at a time, so that the planner knows how few rows the index will give. */
function partOfTile(
  tile: TileId,
  level: AreaLevel,
  rank: number,
  filled: RawBuilder<unknown>,
  condition: RawBuilder<unknown>,
  named = true,
): RawBuilder<unknown> {
  const [west, south, east, north] = boundsOf(tile);
  return sql`
    SELECT ${sql.lit(rank)} AS rank, a.id, a.code, a.name, s.level, a.area_m2 AS "areaM2", s.geom AS shape,
      ST_X(a.label_point) AS "labelLon", ST_Y(a.label_point) AS "labelLat", ${filled} AS filled,
      ${sql.lit(named)} AS named
    FROM area_shape s JOIN area_current c ON c.area_id = s.area_id JOIN area a ON a.id = s.area_id
    WHERE s.level = ${sql.lit(level)} AND s.band = ${sql.lit(bandOfZoom(tile.z))}::smallint
      AND s.geom && ST_MakeEnvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4326)
      AND ${condition}`;
}

/** A feature of the built-in base map. */
export interface BaseRow {
  id: number;
  kind: string;
  class: string;
  name: string | null;
  /** EWKB in hexadecimal. */
  shape: string;
}

/** What the built-in base map shows in a tile, by id. */
export async function baseOfTile(db: Db, tile: TileId): Promise<BaseRow[]> {
  const [west, south, east, north] = boundsOf(tile);
  const { rows } = await sql<BaseRow>`
    SELECT id, kind, class, name, geom AS shape FROM basemap_feature
    WHERE geom && ST_MakeEnvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4326)
      AND min_zoom <= ${tile.z}::smallint
      AND (import_id IS NULL OR import_id IN (
        SELECT id FROM basemap_import WHERE published_at IS NOT NULL AND replaced_at IS NULL))
    ORDER BY id`.execute(db);
  return rows;
}
