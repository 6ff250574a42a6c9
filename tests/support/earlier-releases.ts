import { sql } from 'kysely';
import { appendAudit } from '../../server/access/audit.queries.ts';
import { secretHash } from '../../server/access/secrets.ts';
import type { Db } from '../../server/database/connection.ts';
import { migrate } from '../../server/database/migrate.ts';

/** What the browser of the earlier release's commander still sends. */
export const OLD_SESSION = 'sesi-rilis-lama';
/** What the phone of the earlier release still sends as `id`. */
export const OLD_DEVICE = 'token-hp-lama';

const SQUARE = (west: number, south: number, size: number) =>
  `ST_Multi(ST_MakeEnvelope(${west}, ${south}, ${west + size}, ${south + size}, 4326))`;
const POINT = 'ST_SetSRID(ST_MakePoint(116.105, -8.585), 4326)';
const AREAS = [
  ['52', 'provinsi', 'Nusa Tenggara Barat', 'NULL', SQUARE(116, -8.7, 0.3)],
  ['52.71', 'kabkota', 'Kota Mataram', `'52'`, SQUARE(116, -8.7, 0.2)],
  ['52.71.01', 'kecamatan', 'Ampenan', `'52.71'`, SQUARE(116.1, -8.6, 0.02)],
  ['52.71.01.1001', 'desa', 'Ampenan Tengah', `'52.71.01'`, SQUARE(116.1, -8.59, 0.01)],
  ['52.71.01.1001.001', 'rw', 'RW 001', `'52.71.01.1001'`, SQUARE(116.1, -8.59, 0.008)],
] as const;
const INCIDENT = `id, category, subcategory, severity, status, source, title, description, occurred_at, time_precision, reported_at,
  geom, accuracy_m, place, area_codes, area_match, version, request_hash`;
const CODES = `'{52,52.71,52.71.01,52.71.01.1001}', 'inside'`;

/** What the first release wrote down: every table of it. */
const FOUNDATION = [
  `INSERT INTO area_import (file_name, source, published_at, report) VALUES ('ntb.geojson', 'BIG 2024', now(), '{"areas": 5}')`,
  ...AREAS.flatMap(([code, level, name, parent, geom]) => [
    `INSERT INTO area (import_id, code, level, name, parent_code, geom, label_point, area_m2, search_key, content_hash)
      SELECT 1, '${code}', '${level}', '${name}', ${parent}, g, ST_PointOnSurface(g), ST_Area(g::geography), lower('${name}'), 'h'
      FROM (SELECT ${geom} AS g) AS drawn`,
    `INSERT INTO area_current SELECT code, id, level, parent_code FROM area WHERE code = '${code}'`,
    `INSERT INTO area_shape SELECT id, band, level, geom FROM area, generate_series(0, 4) AS band WHERE code = '${code}'`,
  ]),
  `UPDATE publication SET version = 3 WHERE topic = 'areas'`,
  `INSERT INTO area_crosswalk VALUES ('52.71.01.1009', '52.71.01.1001', '2020-01-01')`,
  `INSERT INTO basemap_import (file_name, source, content_hash, owner, published_at) VALUES ('jalan.geojson', 'OSM', 'h', 'o', now())`,
  `INSERT INTO basemap_feature (import_id, kind, class, name, source, geom)
    VALUES (1, 'street', 'primary', 'Jl. Pabean', 'OSM', ST_SetSRID(ST_MakeLine(ST_MakePoint(116.1, -8.58), ST_MakePoint(116.11, -8.58)), 4326))`,
  `INSERT INTO place (id, kind, name, area_code, search_key, source, attributes, geom)
    VALUES ('tps-1', 'tps', 'TPS 001', '52.71.01.1001', 'tps 001', 'KPU', '{"pemilih": 250}', ${POINT}),
    ('pos-1', 'pos_kamling', 'Pos Melati', '52.71.01.1001.001', 'pos melati', 'desa', NULL, ${POINT})`,
  `INSERT INTO unit (callsign, organisation, status, home_area) VALUES ('LAMA-1', 'polri', 'busy', '52.71.01'),
    ('LAMA-2', 'ronda', 'off_duty', NULL)`,
  `INSERT INTO device (identifier, unit_id, speed_unit) VALUES ('hp-lama', 1, 'kmh'), ('hp-kedua', 2, 'knots')`,
  `DO $$ DECLARE day date := (now() AT TIME ZONE 'UTC')::date - 1; BEGIN
    EXECUTE format('CREATE TABLE position_%s PARTITION OF position FOR VALUES FROM (%L) TO (%L)', to_char(day, 'YYYYMMDD'),
      day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC'); END $$`,
  `INSERT INTO position (device_id, unit_id, fixed_at, own_time, received_at, geom, alarm, speed, battery, attributes)
    SELECT 1, 1, date_trunc('day', now(), 'UTC') - n * interval '1 minute', true, now(), ${POINT}, CASE WHEN n = 1 THEN 'sos' ELSE '' END,
      n, 80, '{"motion": true}' FROM generate_series(1, 50) AS n`,
  `INSERT INTO unit_position (unit_id, device_id, fixed_at, received_at, geom, battery)
    SELECT 1, 1, max(fixed_at), now(), ${POINT}, 80 FROM position`,
  `INSERT INTO position_quarantine (device_id, reason, fix, fix_hash) VALUES (2, 'future', '{"lat": -8.5, "lon": 116.1}', 'f')`,
  `INSERT INTO incident (${INCIDENT}) VALUES
    ('01890000-0000-7000-8000-000000000001', 'kamtibmas', 'theft', 'serious', 'resolved', 'radio', 'Curanmor di pasar', 'Motor hitam; dua orang.',
      now() - interval '3 days', 'minute', now() - interval '3 days', ${POINT}, 25, 'Pasar Ampenan', ${CODES}, 2, 'x'),
    ('01890000-0000-7000-8000-000000000002', 'pemilu', NULL, 'low', 'new', 'resident', 'Spanduk roboh', '',
      now() - interval '2 days', 'hour', now() - interval '2 days', ${POINT}, NULL, '', ${CODES}, 1, 'y')`,
  `INSERT INTO incident_log (incident_id, version, actor, note, changes) VALUES
    ('01890000-0000-7000-8000-000000000001', 1, 'operator', '', '{"status": {"before": null, "after": "new"}}'),
    ('01890000-0000-7000-8000-000000000001', 2, 'operator', 'Pelaku diamankan', '{"status": {"before": "new", "after": "resolved"}}'),
    ('01890000-0000-7000-8000-000000000002', 1, 'operator', '', '{"status": {"before": null, "after": "new"}}')`,
  `INSERT INTO event (seq, kind, subject, data) VALUES (1, 'unit.created', '1', '{"id": 1}'), (2, 'unit.created', '2', '{"id": 2}')`,
  'UPDATE event_counter SET seq = 2',
  `INSERT INTO election_stage VALUES ('Pilkada Mataram', 'kampanye', 'Kampanye', 'Campaign', '2026-11-01', '2026-11-20', 'KPU'),
    ('Pilkada Mataram', 'suara', 'Pemungutan suara', 'Voting', '2026-11-27', '2026-11-27', 'KPU')`,
  'INSERT INTO demonstration (seed, finished_at) VALUES (1, now())',
];

/** What the release with access control wrote down besides. */
const ACCESS = [
  `INSERT INTO account (username, display_name, password_hash, totp_secret) VALUES ('kapolsek', 'Kapolsek Ampenan', 'h', NULL),
    ('operator', 'Operator Ampenan', NULL, NULL)`,
  `INSERT INTO passkey (credential_id, account_id, public_key, transports, label) VALUES ('k', 1, '\\x00ff', '{usb,internal}', 'Kunci')`,
  `INSERT INTO session (id_hash, account_id, kind, created_at, last_seen_at, expires_at, user_agent)
    VALUES ('${secretHash(OLD_SESSION)}', 1, 'browser', now(), now(), now() + interval '8 hours', 'Firefox')`,
  `INSERT INTO access_link (token_hash, kind, account_id, created_by, created_at, expires_at)
    VALUES ('l', 'invitation', 2, 'Kapolsek Ampenan', now(), now() + interval '3 days')`,
  `INSERT INTO sign_in_failure (key, failures, since) VALUES ('s', 2, now())`,
  `INSERT INTO jurisdiction (name, kind, parent_id) VALUES ('Polsek Ampenan', 'polsek', 1), ('Pelabuhan', 'khusus', 2)`,
  `INSERT INTO jurisdiction_part (jurisdiction_id, area_code, valid_from) VALUES (2, '52.71.01', '2020-01-01')`,
  `INSERT INTO jurisdiction_part (jurisdiction_id, geom) VALUES (3, ${SQUARE(116.09, -8.6, 0.03)})`,
  `INSERT INTO jurisdiction_shape SELECT jurisdiction_id, 'polygon', (ST_Dump(geom)).geom FROM jurisdiction_part WHERE geom IS NOT NULL`,
  `INSERT INTO jurisdiction_shape SELECT 2, 'area', (ST_Dump(geom)).geom FROM area WHERE code = '52.71.01'`,
  `INSERT INTO access_grant (account_id, role, jurisdiction_id, valid_from, reason, granted_by, granted_at) VALUES
    (1, 'commander', 2, now() - interval '9 days', 'Sprin 12', 'Kapolres', now()), (1, 'analyst', 3, now() - interval '9 days', '', 'Kapolres', now()),
    (2, 'operator', 2, now() - interval '9 days', '', 'Kapolsek Ampenan', now())`,
  `UPDATE device SET token_hash = '${secretHash(OLD_DEVICE)}', label = 'HP regu', enrolled_at = now(), account_id = 2 WHERE id = 2`,
  `INSERT INTO enrolment (token_hash, device_id, created_by, created_at, expires_at) VALUES ('e', 1, 'Kapolsek Ampenan', now(), now() + interval '1 day')`,
  `UPDATE unit SET status = 'available', duty_since = now(), duty_until = now() + interval '6 hours' WHERE id = 2`,
  'INSERT INTO position_discard VALUES (2, 7)',
];

/** What the release with the analyst's room wrote down besides. */
const ROOM = [
  // One whose duty somebody said shall last: see AUDIT. And one that was switched on an hour ago by the same rule.
  `INSERT INTO unit (callsign, organisation, status, duty_since) VALUES ('LAMA-3', 'polri', 'available', now() - interval '3 days'),
    ('LAMA-4', 'polri', 'available', now() - interval '1 hour')`,
  `INSERT INTO incident_import (file_name, source, owner, published_at, report) VALUES ('2025.csv', 'register', 'o', now(), '{"stored": 1}')`,
  `INSERT INTO incident (${INCIDENT}, import_id) VALUES ('01890000-0000-7000-8000-000000000003', 'lalu_lintas', NULL, 'moderate', 'verified',
    'official', 'Tabrakan', '', now() - interval '90 days', 'day', now() - interval '90 days', ${POINT}, 500, '', ${CODES}, 1, 'z', 1)`,
  `INSERT INTO election_calendar (id, name, name_en, kind, area_codes, origin, created_by)
    VALUES ('pilkades-1', 'Pilkades Ampenan', 'Village election', 'pilkades', '{52.71.01}', 'own', 'Kapolsek Ampenan')`,
  `INSERT INTO election_calendar_stage VALUES ('pilkades-1', 0, 'suara', 'Suara', 'Voting', '2026-12-01', '2026-12-01', 'Perbup')`,
  ...['NULL::geometry', `(SELECT ST_Multi(ST_Union(geom)) FROM jurisdiction_shape WHERE jurisdiction_id = 3)`].map(
    (
      drawn,
      n,
    ) => `INSERT INTO analysis (id, title, note, view, spec, figures, data_version, about_codes, about_geom, request_hash,
        created_by, created_at, updated_by, updated_at)
      VALUES ('01890000-0000-7000-8000-00000000000${n + 4}', 'Analisis ${n}', 'Catatan', 'map', '{"level": "desa"}', '{"places": 3}', 'v',
        ${n === 0 ? `'{52.71.01}'` : `'{}'`}, ${drawn}, 'r', 'Kapolsek Ampenan', now(), 'Kapolsek Ampenan', now())`,
  ),
  `INSERT INTO early_warning_run (cause, last_day, started_at, finished_at, data_version) VALUES ('asked', current_date - 1, now(), now(), 'v')`,
  ...['open', 'ended'].map(
    (
      state,
      n,
    ) => `INSERT INTO early_warning (id, area_code, lon, lat, category, rule, state, since, last_day, observed, expected, statistic,
        upper_bound, weeks, observed_weeks, expected_weeks, p, series, run_id, data_version, raised_at, ended_at, outcome, outcome_by, outcome_at)
      VALUES ('01890000-0000-7000-8000-00000000000${n + 6}', '52.71.01.1001', 116.1, -8.58, 'kamtibmas', 'ewma', '${state}', current_date - 8,
        current_date - 1, 9, 2.5, 4.1, 5.5, 1, 9, 2.5, 0.001, '{"counts": [1, 9]}', 1, 'v', now(), ${state === 'ended' ? 'now()' : 'NULL'},
        ${state === 'ended' ? `'true', 'Kapolsek Ampenan', now()` : 'NULL, NULL, NULL'})`,
  ),
];

const AUDIT = [
  { actor: 'lokal', action: 'account.created', subject: 'account:1', detail: { username: 'kapolsek' } },
  {
    actor: 'Kapolsek Ampenan',
    action: 'grant.created',
    subject: 'grant:3',
    detail: { role: 'operator', of: ['Polsek'] },
  },
  { actor: 'Kapolsek Ampenan', action: 'session.created', subject: 'account:1' },
  {
    actor: 'Kapolsek Ampenan',
    action: 'unit.changed',
    subject: 'unit:3',
    detail: { status: 'available', dutyUntil: null },
  },
];

/** Fills a database with nothing in it as a server would that had been upgraded from release to release, until the analyst's room. */
export async function fillAsEarlier(db: Db): Promise<void> {
  for (const [to, statements] of [
    ['2026-11-21-foundation', FOUNDATION],
    ['2026-11-22-za-inside-planned-once', ACCESS],
    ['2026-11-22-zk-early-warning', ROOM],
  ] as const) {
    await migrate(db, to);
    for (const statement of statements) await sql.raw(statement).execute(db);
  }
  const at = new Date();
  await db.transaction().execute((trx) => appendAudit(trx, ...AUDIT.map((record) => ({ at, ...record }))));
}

/** Rows of every table, each as JSON, in one order: by table, and by column for what is compared of another release. */
export async function readAll(db: Db): Promise<Map<string, Record<string, unknown>[]>> {
  const { rows: tables } = await sql<{ name: string }>`
    SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
      AND NOT relispartition AND relname <> 'spatial_ref_sys' AND relname NOT LIKE 'kysely%' ORDER BY 1`.execute(db);
  const all = new Map<string, Record<string, unknown>[]>();
  for (const { name } of tables) {
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      SELECT to_jsonb(t) AS row FROM ${sql.table(name)} AS t ORDER BY to_jsonb(t)::text`.execute(db);
    all.set(
      name,
      rows.map(({ row }) => row),
    );
  }
  return all;
}
