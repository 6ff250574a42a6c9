import { sql } from 'kysely';
import type { Db } from '../../server/database/connection.ts';
import { searchKey } from '../../shared/geo/names.ts';
import { storeAreas } from '../importers/boundaries/store.ts';
import { storeHouseholds } from '../importers/figures/queries.ts';
import { Pace } from '../importers/pacing.ts';
import { encodePoint } from '../importers/wkb.ts';
import { KOTA } from './area/areas.ts';
import type { DemoFeature } from './area/features.ts';
import { DEMO_SEED, type DemoArea, generateArea } from './area/generate.ts';
import type { DemoPlace } from './area/places.ts';
import { ELECTION, electionStages } from './history/calendar.ts';
import { generateHistory } from './history/generate.ts';
import { DEMO_ORIGIN, insertIncidents } from './history/store.ts';

const FEATURE_BATCH = 100;
const INCIDENT_BATCH = 40;

/** Stands beside everything the demonstration brings. */
export const DEMO_SOURCE = 'contoh (data fiktif)';

/** `foreign`: the database has areas, units or incidents of its own, so nothing was loaded. */
export type DemoOutcome = 'loaded' | 'present' | 'foreign';

export interface LoadOptions {
  /** Called with each step, for the person who waits. */
  onProgress?: (text: string) => void;
  /** The clock, in milliseconds since 1970: the history ends here. */
  now?: () => number;
}

/**
 * Puts the demonstration into an empty database, once: areas, base map, places, election stages, history. A load that was killed half way is
 * begun again. Works in short batches, so a server beside it keeps answering.
 */
export async function loadDemo(
  db: Db,
  { onProgress = () => {}, now = Date.now }: LoadOptions = {},
): Promise<DemoOutcome> {
  const marker = await db.selectFrom('demonstration').select('finished_at').executeTakeFirst();
  if (marker?.finished_at) return 'present';
  if (!marker && (await hasOwnData(db))) return 'foreign';
  if (marker) await removeRemains(db);
  else await db.insertInto('demonstration').values({ seed: DEMO_SEED, finished_at: null }).execute();

  onProgress('kota contoh: membuat');
  const area = generateArea(DEMO_SEED);
  await storeGround(db, area);
  onProgress('kota contoh: menulis riwayat setengah tahun');
  await storeHistory(db, area, now());
  await db.updateTable('demonstration').set({ finished_at: new Date() }).execute();
  return 'loaded';
}

/** Whether this database holds the demonstration. */
export async function isDemonstration(db: Db): Promise<boolean> {
  const marker = await db.selectFrom('demonstration').select('finished_at').executeTakeFirst();
  return marker?.finished_at != null;
}

async function hasOwnData(db: Db): Promise<boolean> {
  const { rows } = await sql<{ own: boolean }>`
    SELECT EXISTS (SELECT FROM area_current) OR EXISTS (SELECT FROM unit) OR EXISTS (SELECT FROM incident) AS own`.execute(
    db,
  );
  return rows[0]?.own ?? false;
}

/** Takes back what a load that was killed had written. Areas need no care: storing the same ones again changes nothing. */
async function removeRemains(db: Db): Promise<void> {
  await db.deleteFrom('basemap_feature').where('source', '=', DEMO_SOURCE).execute();
  await db.deleteFrom('place').where('source', '=', DEMO_SOURCE).execute();
  await db.deleteFrom('election_calendar').where('origin', '=', 'demonstration').execute();
  const mine = db.selectFrom('incident').select('id').where('origin', '=', DEMO_ORIGIN);
  await db.deleteFrom('incident_log').where('incident_id', 'in', mine).execute();
  await db.deleteFrom('incident').where('origin', '=', DEMO_ORIGIN).execute();
}

async function storeHistory(db: Db, area: DemoArea, now: number): Promise<void> {
  await storeElection(db, now);
  const incidents = generateHistory(area, DEMO_SEED, now);
  await inBatches(incidents, INCIDENT_BATCH, (batch) => insertIncidents(db, batch));
}

async function storeElection(db: Db, now: number): Promise<void> {
  const { id, name, nameEn, kind } = ELECTION;
  const calendar = { id, name, name_en: nameEn, kind, area_codes: [KOTA] };
  await db
    .insertInto('election_calendar')
    .values({ ...calendar, origin: 'demonstration', created_by: DEMO_SOURCE })
    .execute();
  const rows = electionStages(now).map((stage, place) => ({
    calendar_id: id,
    place,
    key: stage.key,
    name: stage.name,
    name_en: stage.nameEn,
    starts_on: stage.startsOn,
    ends_on: stage.endsOn,
    source: DEMO_SOURCE,
  }));
  await db.insertInto('election_calendar_stage').values(rows).execute();
}

async function storeGround(db: Db, area: DemoArea): Promise<void> {
  const prepared = area.areas.map((record) => ({ ...record, bpsCode: null, validFrom: null, validTo: null }));
  await storeAreas(db, prepared, { fileName: 'contoh', source: DEMO_SOURCE });
  const households = area.wards.map((ward) => ({ code: ward.code, households: ward.households, asOf: null }));
  await storeHouseholds(db, households, DEMO_SOURCE);
  await inBatches(area.features, FEATURE_BATCH, (batch) => insertFeatures(db, batch));
  await inBatches(area.places, FEATURE_BATCH, (batch) => insertPlaces(db, batch));
  await db
    .updateTable('publication')
    .set((set) => ({ version: set('version', '+', 1) }))
    .where('topic', '=', 'basemap')
    .execute();
}

/** Writes in batches that keep the database from others for some tens of milliseconds each. */
export async function inBatches<T>(
  items: readonly T[],
  first: number,
  write: (batch: readonly T[]) => Promise<unknown>,
): Promise<void> {
  const pace = new Pace(first);
  for (let from = 0; from < items.length; ) {
    const batch = items.slice(from, from + Math.floor(pace.size));
    await pace.run(batch.length, () => write(batch));
    from += batch.length;
  }
}

async function insertFeatures(db: Db, features: readonly DemoFeature[]): Promise<void> {
  const column = <K extends keyof DemoFeature>(key: K) => features.map((feature) => feature[key]);
  const geometries = features.map((feature) => JSON.stringify(feature.geometry));
  await sql`
    INSERT INTO basemap_feature (kind, class, name, min_zoom, source, geom)
    SELECT kind, class, name, min_zoom, ${DEMO_SOURCE}, ST_SetSRID(ST_GeomFromGeoJSON(geometry), 4326)
    FROM unnest(${column('kind')}::text[], ${column('class')}::text[], ${column('name')}::text[],
      ${column('minZoom')}::smallint[], ${geometries}::text[]) AS row (kind, class, name, min_zoom, geometry)`.execute(
    db,
  );
}

async function insertPlaces(db: Db, places: readonly DemoPlace[]): Promise<void> {
  const rows = places.map((place) => ({
    id: place.id,
    kind: place.kind,
    name: place.name,
    area_code: place.areaCode,
    search_key: searchKey(place.name),
    source: DEMO_SOURCE,
    attributes: null,
    geom: sql`ST_GeomFromWKB(${encodePoint(place.lon, place.lat)}, 4326)`,
  }));
  await db.insertInto('place').values(rows).execute();
}
