import { type Kysely, sql } from 'kysely';

/**
 * Election calendars with the areas where people vote, kept here as the demonstration's and those that people made; the
 * elections of the whole country are built in. Takes the place of `election_stage`, which only the demonstration filled.
 */
const STATEMENTS = [
  // Whether all of these areas lie within the scope; not for none at all.
  `CREATE FUNCTION ronda_within(codes text[]) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(bool_and(ronda_code_prefixes(ARRAY[code]) && ronda_codes()), false) FROM unnest(codes) AS code $$`,
  `CREATE TABLE election_calendar (
    id text PRIMARY KEY,
    name text NOT NULL,
    name_en text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('pemilu', 'pilkada', 'pilkades', 'other')),
    area_codes text[] CHECK (cardinality(area_codes) > 0),
    origin text NOT NULL CHECK (origin IN ('demonstration', 'own')),
    version integer NOT NULL DEFAULT 1,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE election_calendar_stage (
    calendar_id text NOT NULL REFERENCES election_calendar ON DELETE CASCADE,
    place integer NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    source text NOT NULL,
    PRIMARY KEY (calendar_id, place),
    UNIQUE (calendar_id, key),
    CHECK (ends_on >= starts_on)
  )`,
  `INSERT INTO election_calendar (id, name, name_en, kind, area_codes, origin, created_by)
    SELECT DISTINCT 'demo-' || substr(md5(calendar), 1, 12), calendar, calendar, 'pilkada', ARRAY['98.71'], 'demonstration', ''
    FROM election_stage`,
  `INSERT INTO election_calendar_stage (calendar_id, place, key, name, name_en, starts_on, ends_on, source)
    SELECT 'demo-' || substr(md5(calendar), 1, 12), row_number() OVER (PARTITION BY calendar ORDER BY starts_on, ends_on) - 1,
      key, name, name_en, starts_on, ends_on, source
    FROM election_stage`,
  'DROP TABLE election_stage',

  ...['ronda_reader', 'ronda_everything'].flatMap((role) => [
    `GRANT SELECT, INSERT, UPDATE, DELETE ON election_calendar TO ${role}`,
    `GRANT SELECT, INSERT, DELETE ON election_calendar_stage TO ${role}`,
  ]),
  'ALTER TABLE election_calendar ENABLE ROW LEVEL SECURITY',
  'CREATE POLICY everything ON election_calendar TO ronda_everything USING (true) WITH CHECK (true)',
  // Read by whom it concerns: areas within the scope, around it, or touched by what is drawn of it.
  `CREATE POLICY scope ON election_calendar FOR SELECT TO ronda_reader USING (
    area_codes IS NULL OR ronda_code_prefixes(area_codes) && (SELECT ronda_codes())
    OR area_codes && (SELECT ronda_code_prefixes(ronda_codes()))
    OR EXISTS (SELECT FROM area_current c JOIN area a ON a.id = c.area_id
      WHERE c.code = ANY (area_codes) AND ronda_inside(a.geom, '{polygon}')))`,
  ...['INSERT', 'UPDATE', 'DELETE'].map(
    (command) => `CREATE POLICY scope_${command.toLowerCase()} ON election_calendar FOR ${command} TO ronda_reader
      ${command === 'INSERT' ? 'WITH CHECK' : 'USING'} (origin = 'own' AND ronda_within(area_codes))`,
  ),
  'ALTER TABLE election_calendar_stage ENABLE ROW LEVEL SECURITY',
  'CREATE POLICY everything ON election_calendar_stage TO ronda_everything USING (true) WITH CHECK (true)',
  `CREATE POLICY scope ON election_calendar_stage FOR SELECT TO ronda_reader USING (
    EXISTS (SELECT FROM election_calendar c WHERE c.id = calendar_id))`,
  ...['INSERT', 'DELETE'].map(
    (command) => `CREATE POLICY scope_${command.toLowerCase()} ON election_calendar_stage FOR ${command} TO ronda_reader
      ${command === 'INSERT' ? 'WITH CHECK' : 'USING'} (EXISTS (SELECT FROM election_calendar c
        WHERE c.id = calendar_id AND c.origin = 'own' AND ronda_within(c.area_codes)))`,
  ),
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
