import { type Kysely, sql } from 'kysely';

/**
 * Areas, units, positions, incidents and the event log.
 * Every geometry is EPSG:4326; metres are measured by `geography`.
 */
const STATEMENTS = [
  'CREATE EXTENSION IF NOT EXISTS postgis',
  'CREATE EXTENSION IF NOT EXISTS pg_trgm',
  'CREATE EXTENSION IF NOT EXISTS btree_gist',

  // Areas. An import writes rows that nobody sees, in short batches; publishing moves the pointers in area_current.
  `CREATE TABLE area_import (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    file_name text NOT NULL,
    source text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    owner text NOT NULL DEFAULT '',
    beat_at timestamptz NOT NULL DEFAULT now(),
    published_at timestamptz,
    report jsonb
  )`,
  `CREATE TABLE area (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    import_id integer NOT NULL REFERENCES area_import ON DELETE CASCADE,
    code text NOT NULL,
    level text NOT NULL CHECK (level IN ('provinsi', 'kabkota', 'kecamatan', 'desa', 'rw')),
    name text NOT NULL,
    parent_code text,
    bps_code text,
    geom geometry(MultiPolygon, 4326) NOT NULL,
    label_point geometry(Point, 4326) NOT NULL,
    area_m2 double precision NOT NULL,
    search_key text NOT NULL,
    valid_from date,
    valid_to date,
    content_hash text NOT NULL,
    UNIQUE (import_id, code)
  )`,
  // Boundaries hardly shrink by compression, and every tile would pay for unpacking them.
  'ALTER TABLE area ALTER COLUMN geom SET STORAGE EXTERNAL',
  // Coordinates hardly compress, and unpacking them costs more than the lookup itself.
  'ALTER TABLE area ALTER COLUMN geom SET STORAGE EXTERNAL',
  'CREATE INDEX area_geom ON area USING gist (geom)',
  'CREATE INDEX area_code ON area (code)',
  'CREATE INDEX area_search ON area USING gin (search_key gin_trgm_ops) WITH (fastupdate = off)',
  `CREATE TABLE area_current (
    code text PRIMARY KEY,
    area_id integer NOT NULL,
    level text NOT NULL,
    parent_code text
  )`,
  'CREATE INDEX area_current_code_prefix ON area_current (code text_pattern_ops)',
  'CREATE INDEX area_current_parent ON area_current (parent_code, level)',
  'CREATE INDEX area_current_area ON area_current (area_id)',
  // Shapes for drawing: simplified along shared edges, one row per area and zoom band.
  `CREATE TABLE area_shape (
    area_id integer NOT NULL REFERENCES area ON DELETE CASCADE,
    band smallint NOT NULL,
    level text NOT NULL,
    geom geometry(MultiPolygon, 4326) NOT NULL,
    PRIMARY KEY (area_id, band)
  )`,
  'ALTER TABLE area_shape ALTER COLUMN geom SET STORAGE EXTERNAL',
  'ALTER TABLE area_shape ALTER COLUMN geom SET STORAGE EXTERNAL',
  'CREATE INDEX area_shape_geom ON area_shape USING gist (level, band, geom)',
  // Old code → new code where areas split or were renumbered (pemekaran).
  `CREATE TABLE area_crosswalk (
    old_code text NOT NULL,
    new_code text NOT NULL,
    since date,
    PRIMARY KEY (old_code, new_code)
  )`,
  // Bumped in the transaction that publishes; caches compare it.
  'CREATE TABLE publication (topic text PRIMARY KEY, version integer NOT NULL)',
  `INSERT INTO publication VALUES ('areas', 0), ('basemap', 0)`,

  // The built-in base map's own lines and surfaces: streets, rivers, coast. Those of an import are visible while it is
  // published and not replaced by a later one of the same source; those of no import always.
  `CREATE TABLE basemap_import (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    file_name text NOT NULL,
    source text NOT NULL,
    content_hash text NOT NULL,
    owner text NOT NULL,
    beat_at timestamptz NOT NULL DEFAULT now(),
    published_at timestamptz,
    replaced_at timestamptz,
    report jsonb
  )`,
  `CREATE TABLE basemap_feature (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    import_id integer REFERENCES basemap_import,
    kind text NOT NULL,
    class text NOT NULL DEFAULT '',
    name text,
    min_zoom smallint NOT NULL DEFAULT 0,
    source text NOT NULL,
    geom geometry(Geometry, 4326) NOT NULL
  )`,
  'CREATE INDEX basemap_feature_geom ON basemap_feature USING gist (geom)',
  'CREATE INDEX basemap_feature_import ON basemap_feature (import_id)',

  // Fixed places: guard posts (pos kamling), police stations, polling stations (TPS).
  `CREATE TABLE place (
    id text PRIMARY KEY,
    kind text NOT NULL,
    name text NOT NULL,
    area_code text,
    search_key text NOT NULL,
    source text NOT NULL,
    attributes jsonb,
    geom geometry(Point, 4326) NOT NULL
  )`,
  'CREATE INDEX place_geom ON place USING gist (geom)',
  'CREATE INDEX place_search ON place USING gin (search_key gin_trgm_ops)',

  `CREATE TABLE unit (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    callsign text NOT NULL UNIQUE,
    organisation text NOT NULL,
    status text NOT NULL DEFAULT 'available' CHECK (status IN ('available', 'busy', 'off_duty')),
    home_area text,
    source text NOT NULL DEFAULT 'manual',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE device (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    identifier text NOT NULL UNIQUE,
    unit_id integer NOT NULL REFERENCES unit,
    speed_unit text NOT NULL DEFAULT 'knots' CHECK (speed_unit IN ('knots', 'kmh', 'mps', 'mph')),
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  'CREATE INDEX device_unit ON device (unit_id)',

  // A fix is known by device, time, place and alarm; one without a time of its own is always a new one.
  `CREATE TABLE position (
    device_id integer NOT NULL,
    unit_id integer NOT NULL,
    fixed_at timestamptz NOT NULL,
    own_time boolean NOT NULL,
    received_at timestamptz NOT NULL,
    geom geometry(Point, 4326) NOT NULL CHECK (
      ST_X(geom) BETWEEN -180 AND 180 AND ST_Y(geom) BETWEEN -90 AND 90),
    alarm text NOT NULL DEFAULT '',
    speed real,
    heading real,
    altitude real,
    accuracy real,
    battery smallint,
    flags smallint NOT NULL DEFAULT 0,
    attributes jsonb
  ) PARTITION BY RANGE (fixed_at)`,
  'CREATE UNIQUE INDEX position_fix ON position (device_id, fixed_at, geom, alarm) WHERE own_time',
  'CREATE INDEX position_unit_time ON position (unit_id, fixed_at DESC)',

  // Parseable but unusable fixes, kept with the reason: a phone's queue is never blocked by them.
  `CREATE TABLE position_quarantine (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    device_id integer NOT NULL REFERENCES device,
    received_at timestamptz NOT NULL DEFAULT now(),
    reason text NOT NULL,
    fix jsonb NOT NULL,
    fix_hash text NOT NULL,
    UNIQUE (device_id, fix_hash)
  )`,

  // No spatial index: it would turn each in-place (HOT) update into an index write, and a few thousand rows are scanned faster.
  `CREATE TABLE unit_position (
    unit_id integer PRIMARY KEY REFERENCES unit,
    device_id integer NOT NULL,
    fixed_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    geom geometry(Point, 4326) NOT NULL,
    alarm text NOT NULL DEFAULT '',
    speed real,
    heading real,
    accuracy real,
    battery smallint,
    flags smallint NOT NULL DEFAULT 0
  ) WITH (fillfactor = 50)`,

  `CREATE TABLE incident (
    id uuid PRIMARY KEY,
    category text NOT NULL,
    subcategory text,
    severity text NOT NULL,
    status text NOT NULL,
    source text NOT NULL,
    title text NOT NULL,
    description text NOT NULL DEFAULT '',
    occurred_at timestamptz NOT NULL,
    occurred_until timestamptz,
    time_precision text NOT NULL,
    reported_at timestamptz NOT NULL,
    geom geometry(Point, 4326) NOT NULL CHECK (
      ST_X(geom) BETWEEN -180 AND 180 AND ST_Y(geom) BETWEEN -90 AND 90),
    accuracy_m real,
    place text NOT NULL DEFAULT '',
    area_codes text[] NOT NULL DEFAULT '{}',
    area_match text NOT NULL DEFAULT 'none' CHECK (area_match IN ('inside', 'nearest', 'none')),
    version integer NOT NULL DEFAULT 1,
    request_hash text NOT NULL,
    origin text NOT NULL DEFAULT 'manual',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  'CREATE INDEX incident_geom ON incident USING gist (geom)',
  'CREATE INDEX incident_time ON incident (occurred_at DESC, id)',
  'CREATE INDEX incident_areas ON incident USING gin (area_codes)',
  // One row for every version: what changed, when, by whom.
  `CREATE TABLE incident_log (
    incident_id uuid NOT NULL REFERENCES incident,
    version integer NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    actor text NOT NULL,
    note text NOT NULL DEFAULT '',
    changes jsonb NOT NULL,
    PRIMARY KEY (incident_id, version)
  )`,

  // Events in commit order: the counter's row lock is held until commit, so numbers appear in the order they are taken.
  `CREATE TABLE event_counter (one boolean PRIMARY KEY DEFAULT true CHECK (one), seq bigint NOT NULL, epoch text NOT NULL)`,
  `INSERT INTO event_counter (seq, epoch) VALUES (0, substr(md5(random()::text || clock_timestamp()::text), 1, 12))`,
  `CREATE TABLE event (
    seq bigint PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind text NOT NULL,
    subject text NOT NULL,
    data jsonb NOT NULL
  )`,
  'CREATE INDEX event_at ON event (at)',

  // Stages (tahapan) of an election: named spans of days, both ends included.
  `CREATE TABLE election_stage (
    calendar text NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL CHECK (ends_on >= starts_on),
    source text NOT NULL,
    PRIMARY KEY (calendar, key)
  )`,
  // Says that the demonstration was put into this database, and whether all of it was.
  `CREATE TABLE demonstration (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    seed integer NOT NULL,
    begun_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
