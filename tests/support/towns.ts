import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { hashOf } from '../../server/access/principals.ts';
import { refreshShapes } from '../../server/access/shapes.queries.ts';
import type { App } from '../../server/app.ts';
import type { Role } from '../../shared/access/roles.ts';
import { AUTHORIZATION } from './access.ts';
import { newAnalysis } from './analysis.ts';
import { box, putAreas } from './areas.ts';

/** Where a town lies, and the word that stands in everything it has. */
export interface Town {
  code: string;
  word: string;
  lon: number;
  lat: number;
  /** Ids of its incident, its unit, its place, its saved analysis, an early warning and a plan that is published. */
  incident: string;
  unit: number;
  place: string;
  analysis: string;
  warning: string;
  plan: string;
}

export interface Towns {
  /** 52.71 and 52.08: whoever is of one must not hear a word of the other. */
  own: Town;
  other: Town;
  /** Jurisdictions: the first town by its code, the same by a polygon, and all there is. */
  jurisdictions: { area: number; polygon: number; everything: number };
}

const OWN = { code: '52.71', word: 'MILIK5271', lon: 116.1, lat: -8.55 };
const OTHER = { code: '52.08', word: 'RAHASIA5208', lon: 116.4, lat: -8.55 };
const square = ({ lon, lat }: { lon: number; lat: number }): [number, number, number, number] => [
  lon - 0.1,
  lat - 0.1,
  lon + 0.1,
  lat + 0.1,
];

/** Two towns side by side, each with a unit that has moved, a fix in quarantine, an incident, a place, a saved analysis and a plan. */
export async function twoTowns(app: App): Promise<Towns> {
  const { db } = app.database;
  await putAreas(db, [
    box('52', 'Provinsi', [115, -10, 118, -8]),
    box(OWN.code, 'Kota Satu', square(OWN)),
    box(OTHER.code, 'Kota Dua', square(OTHER)),
  ]);
  const polygon = JSON.stringify({ type: 'MultiPolygon', coordinates: box('', '', square(OWN)).coordinates });
  const { rows } = await sql<{ id: number }>`
    INSERT INTO jurisdiction (name, kind) VALUES ('Polresta Satu', 'polres'), ('Pelabuhan', 'khusus') RETURNING id`.execute(
    db,
  );
  const [area = 0, drawn = 0] = rows.map(({ id }) => id);
  await sql`INSERT INTO jurisdiction_part (jurisdiction_id, area_code, geom) VALUES
    (${area}, ${OWN.code}, NULL), (${drawn}, NULL, ST_SetSRID(ST_GeomFromGeoJSON(${polygon}), 4326))`.execute(db);
  await refreshShapes(db, Date.now());
  const all = await db.selectFrom('jurisdiction').select('id').where('everything', '=', true).executeTakeFirstOrThrow();
  return {
    own: await furnish(app, OWN),
    other: await furnish(app, OTHER),
    jurisdictions: { area, polygon: drawn, everything: all.id },
  };
}

async function furnish(app: App, town: typeof OWN): Promise<Town> {
  const post = async (url: string, payload: object) => {
    const answer = await app.http.inject({ method: 'POST', url, payload, headers: AUTHORIZATION });
    if (answer.statusCode >= 300) throw new Error(`${url}: ${answer.body}`);
    return answer.json();
  };
  const { code, word, lon, lat } = town;
  const device = `${word}-hp`;
  const unit = await post('/api/units', {
    callsign: `${word}-1`,
    organisation: 'polri',
    homeArea: code,
    devices: [device],
  });
  await post('/api/ingest/positions', {
    fixes: [
      { device, lon, lat, time: new Date().toISOString() },
      { device, lon: 0, lat: 0, time: new Date().toISOString(), note: word },
      { device, lon, lat, time: '2001-01-01T00:00:00Z' },
    ],
  });
  const incident = uuidv7();
  await post('/api/incidents', {
    id: incident,
    category: 'kamtibmas',
    severity: 'serious',
    source: 'radio',
    title: `${word} laporan`,
    description: word,
    place: word,
    occurredAt: new Date().toISOString(),
    location: { lon, lat },
  });
  const analysis = newAnalysis(code, { title: `${word} analisis`, note: word });
  await post('/api/analyses', analysis);
  const place = `pos-${code.replace('.', '')}`;
  await sql`INSERT INTO place (id, kind, name, area_code, search_key, source, geom) VALUES
    (${place}, 'pos_kamling', ${`Pos ${word}`}, ${code}, ${`pos ${word.toLowerCase()}`}, 'test', ST_SetSRID(ST_MakePoint(${lon}, ${lat}), 4326))
  `.execute(app.database.db);
  const warning = uuidv7();
  await sql`WITH run AS (INSERT INTO early_warning_run (cause, last_day, families, started_at, finished_at)
      VALUES ('asked', '2026-11-21', ${[code]}::text[], now(), now()) RETURNING id)
    INSERT INTO early_warning (id, area_code, lon, lat, category, rule, since, last_day, observed, expected, statistic,
      upper_bound, weeks, observed_weeks, expected_weeks, p, series, run_id, data_version, raised_at, outcome, outcome_by,
      outcome_at, outcome_note)
    SELECT ${warning}::uuid, ${`${code}.01.1001`}, ${lon}, ${lat}, 'kamtibmas', 'ewma', '2026-11-08', '2026-11-21', 9, 3, 6, 5, 2, 17, 6,
      0.001, '{"startsOn":["2026-11-15"],"counts":[9],"judgedFrom":0,"expected":[3],"statistic":[6],"bound":[5]}', run.id, 'x',
      now(), 'unclear', 'test', now(), ${word} FROM run`.execute(app.database.db);
  const plan = uuidv7();
  await sql`WITH made AS (INSERT INTO plan (id, title, level, areas, state, revision, version, content, request_hash, created_by,
      created_at, updated_by, updated_at)
    VALUES (${plan}::uuid, ${`${word} rencana`}, 'rw', ${[code]}::text[], 'published', 1, 1, '{"zones": [], "weights": {}}', '',
      'test', now(), 'test', now()) RETURNING id),
    edit AS (INSERT INTO plan_edit SELECT id, 1, id, ${word}, now(), '[]' FROM made)
    INSERT INTO plan_version SELECT id, 1, 1, '{"zones": [], "weights": {}}', 'test', now(), ${word} FROM made`.execute(
    app.database.db,
  );
  return { ...town, incident, unit: unit.id, place, analysis: analysis.id, warning, plan };
}

/** The headers of a browser's page that is signed in as a new account with these grants. */
export async function signInAs(
  app: App,
  ...grants: { role: Role; jurisdiction: number; validTo?: Date }[]
): Promise<Record<string, string>> {
  const { db } = app.database;
  const name = `akun-${randomBytes(4).toString('hex')}`;
  const now = new Date();
  const account = await db
    .insertInto('account')
    .values({ username: name, display_name: name })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const { role, jurisdiction, validTo } of grants) {
    await db
      .insertInto('access_grant')
      .values({
        account_id: account.id,
        role,
        jurisdiction_id: jurisdiction,
        // Also by the clock of an app that stands still while a slow test goes on.
        valid_from: new Date(now.getTime() - 3_600_000),
        valid_to: validTo ?? null,
        granted_by: 'test',
        granted_at: now,
      })
      .execute();
  }
  const id = randomBytes(32).toString('base64url');
  await db
    .insertInto('session')
    .values({
      id_hash: hashOf(id),
      account_id: account.id,
      kind: 'browser',
      created_at: now,
      last_seen_at: now,
      expires_at: new Date(now.getTime() + 3_600_000),
      stepped_up_at: now,
    })
    .execute();
  return { cookie: `ronda=${id}`, host: 'ronda.test', origin: 'http://ronda.test' };
}
