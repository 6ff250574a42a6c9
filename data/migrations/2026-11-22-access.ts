import { type Kysely, sql } from 'kysely';

/**
 * Accounts, sessions, jurisdictions, grants, device tokens, the audit log, and row-level security.
 *
 * The server connects as the owner, for whom the policies do not count: it stores what devices send and runs the log.
 * What people read and change runs as one of two roles without login: `ronda_reader`, whom the policies hold to the
 * scope named by the settings `ronda.codes` and `ronda.jurisdictions`, and `ronda_everything`, whose scope is the whole.
 */
const STATEMENTS = [
  `CREATE TABLE account (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    username text NOT NULL UNIQUE CHECK (username = lower(username)),
    display_name text NOT NULL,
    password_hash text,
    totp_secret text,
    oidc_issuer text,
    oidc_subject text,
    created_at timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz,
    UNIQUE (oidc_issuer, oidc_subject)
  )`,
  `CREATE TABLE passkey (
    credential_id text PRIMARY KEY,
    account_id integer NOT NULL REFERENCES account ON DELETE CASCADE,
    public_key bytea NOT NULL,
    counter bigint NOT NULL DEFAULT 0,
    transports text[] NOT NULL DEFAULT '{}',
    label text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz
  )`,
  // Known by the SHA-256 of its id (hex), so that who reads the table can open no session.
  `CREATE TABLE session (
    id_hash text PRIMARY KEY,
    account_id integer NOT NULL REFERENCES account ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('browser', 'wall')),
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    stepped_up_at timestamptz,
    address text,
    user_agent text,
    revoked_at timestamptz
  )`,
  'CREATE INDEX session_account ON session (account_id)',
  `CREATE TABLE access_link (
    token_hash text PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('setup', 'invitation', 'recovery')),
    account_id integer REFERENCES account ON DELETE CASCADE,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
  )`,
  `CREATE TABLE sign_in_failure (
    key text PRIMARY KEY,
    failures integer NOT NULL,
    since timestamptz NOT NULL,
    blocked_until timestamptz
  )`,

  `CREATE TABLE jurisdiction (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    kind text NOT NULL CHECK (kind IN ('nasional', 'polda', 'polres', 'polsek', 'khusus')),
    parent_id integer REFERENCES jurisdiction,
    everything boolean NOT NULL DEFAULT false
  )`,
  `INSERT INTO jurisdiction (name, kind, everything) VALUES ('Seluruh Indonesia', 'nasional', true)`,
  // Both days of validity are included; an absent one is open.
  `CREATE TABLE jurisdiction_part (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    jurisdiction_id integer NOT NULL REFERENCES jurisdiction ON DELETE CASCADE,
    area_code text,
    geom geometry(MultiPolygon, 4326),
    valid_from date,
    valid_to date,
    CHECK ((area_code IS NULL) <> (geom IS NULL)),
    CHECK (valid_to >= valid_from)
  )`,
  'CREATE INDEX jurisdiction_part_of ON jurisdiction_part (jurisdiction_id)',
  // The parts in force as small pieces, made anew when a part or an area changes or a day begins.
  `CREATE TABLE jurisdiction_shape (
    jurisdiction_id integer NOT NULL REFERENCES jurisdiction ON DELETE CASCADE,
    origin text NOT NULL CHECK (origin IN ('area', 'polygon')),
    geom geometry(Polygon, 4326) NOT NULL
  )`,
  'CREATE INDEX jurisdiction_shape_geom ON jurisdiction_shape USING gist (jurisdiction_id, geom)',
  `CREATE TABLE access_grant (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id integer NOT NULL REFERENCES account ON DELETE CASCADE,
    role text NOT NULL,
    jurisdiction_id integer NOT NULL REFERENCES jurisdiction,
    valid_from timestamptz NOT NULL,
    valid_to timestamptz,
    reason text NOT NULL DEFAULT '',
    break_glass boolean NOT NULL DEFAULT false,
    granted_by text NOT NULL,
    granted_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revoked_by text
  )`,
  'CREATE INDEX access_grant_account ON access_grant (account_id)',
  // Each entry's hash covers the one before it; the head stands a second time in audit_head, so that a cut end is found.
  `CREATE TABLE audit (
    seq bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL DEFAULT '',
    detail jsonb NOT NULL DEFAULT '{}',
    previous text NOT NULL,
    hash text NOT NULL
  )`,
  'CREATE INDEX audit_at ON audit (at)',
  `CREATE TABLE audit_head (one boolean PRIMARY KEY DEFAULT true CHECK (one), seq bigint NOT NULL, hash text NOT NULL)`,
  `INSERT INTO audit_head (seq, hash) VALUES (0, '')`,

  `ALTER TABLE device
    ADD token_hash text UNIQUE,
    ADD label text NOT NULL DEFAULT '',
    ADD enrolled_at timestamptz,
    ADD revoked_at timestamptz`,
  `CREATE TABLE enrolment (
    token_hash text PRIMARY KEY,
    device_id integer NOT NULL REFERENCES device ON DELETE CASCADE,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
  )`,

  // Every code that contains one of these, themselves included: 52.71.01 → 52, 52.71, 52.71.01.
  `CREATE FUNCTION ronda_code_prefixes(codes text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT prefix), '{}') FROM unnest(codes) AS code,
      LATERAL (SELECT array_to_string((string_to_array(code, '.'))[1:n], '.') AS prefix
        FROM generate_series(1, array_length(string_to_array(code, '.'), 1)) AS n) AS prefixes
  $$`,
  'ALTER TABLE unit ADD duty_until timestamptz, ADD scope_codes text[] GENERATED ALWAYS AS (ronda_code_prefixes(ARRAY[home_area])) STORED',
  'ALTER TABLE incident ADD scope_codes text[] GENERATED ALWAYS AS (ronda_code_prefixes(area_codes)) STORED',
  'CREATE INDEX incident_scope ON incident USING gin (scope_codes)',
  'ALTER TABLE place ADD scope_codes text[] GENERATED ALWAYS AS (ronda_code_prefixes(ARRAY[area_code])) STORED',
  // Whose event it is: areas of its subject now, and before the change; null before these columns were.
  'ALTER TABLE event ADD scope_codes text[], ADD scope_before text[]',
  // Makes cursors opaque; a new epoch gets a new one.
  `ALTER TABLE event_counter ADD cursor_key text NOT NULL DEFAULT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')`,

  ...['ronda_reader', 'ronda_everything'].flatMap((role) => [
    // Roles belong to the whole server: another database of it may make them in the same moment.
    `DO $$ BEGIN CREATE ROLE ${role} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
    `GRANT ${role} TO CURRENT_USER`,
    `GRANT USAGE ON SCHEMA public TO ${role}`,
    `GRANT SELECT ON area, area_import, area_current, area_shape, area_crosswalk, publication, basemap_feature, basemap_import,
       election_stage, jurisdiction_shape, jurisdiction_part, jurisdiction, spatial_ref_sys, place, unit, device, unit_position,
       position, position_quarantine, incident, incident_log TO ${role}`,
    `GRANT INSERT, UPDATE ON incident, unit, device TO ${role}`,
    `GRANT INSERT ON incident_log TO ${role}`,
    // The log takes what its writers append, whatever they may see: nobody reads it but the server.
    `GRANT INSERT ON event TO ${role}`,
    `GRANT SELECT (seq, at) ON event TO ${role}`,
    `GRANT SELECT (one, seq, epoch), UPDATE (seq) ON event_counter TO ${role}`,
  ]),
  `CREATE FUNCTION ronda_codes() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT string_to_array(current_setting('ronda.codes', true), ',') $$`,
  `CREATE FUNCTION ronda_jurisdictions() RETURNS integer[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT string_to_array(current_setting('ronda.jurisdictions', true), ',')::integer[] $$`,
  `CREATE FUNCTION ronda_inside(place geometry, origins text[]) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT EXISTS (SELECT FROM jurisdiction_shape s WHERE s.jurisdiction_id = ANY (ronda_jurisdictions())
      AND s.origin = ANY (origins) AND s.geom && place AND ST_Intersects(s.geom, place)) $$`,
  // Runs as the owner: the policy of unit asks unit_position, and must not be asked back.
  `CREATE FUNCTION ronda_home_units() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id FROM unit WHERE scope_codes && ronda_codes() $$`,
  ...policies('incident', `scope_codes && (SELECT ronda_codes()) OR ronda_inside(geom, '{polygon}')`),
  ...policies('place', `scope_codes && (SELECT ronda_codes()) OR ronda_inside(geom, '{polygon}')`),
  ...policies('incident_log', 'EXISTS (SELECT FROM incident i WHERE i.id = incident_id)'),
  // A unit is seen where it belongs and where it is.
  ...policies(
    'unit',
    `scope_codes && (SELECT ronda_codes()) OR EXISTS (
      SELECT FROM unit_position p WHERE p.unit_id = unit.id AND ronda_inside(p.geom, '{area,polygon}'))`,
  ),
  ...policies('unit_position', `ronda_inside(geom, '{area,polygon}') OR unit_id IN (SELECT ronda_home_units())`),
  ...policies('position', `ronda_inside(geom, '{area,polygon}') OR unit_id IN (SELECT ronda_home_units())`),
  ...policies('device', 'EXISTS (SELECT FROM unit u WHERE u.id = unit_id)'),
  ...policies('position_quarantine', 'EXISTS (SELECT FROM device d WHERE d.id = device_id)'),
];

/** Lets `ronda_everything` at every row, and `ronda_reader` at those for which the condition holds. */
function policies(table: string, condition: string): string[] {
  return [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `CREATE POLICY everything ON ${table} TO ronda_everything USING (true) WITH CHECK (true)`,
    `CREATE POLICY scope ON ${table} TO ronda_reader USING (${condition})`,
  ];
}

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
