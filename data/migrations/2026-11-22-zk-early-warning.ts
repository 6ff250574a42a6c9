import { type Kysely, sql } from 'kysely';

/**
 * Early warnings and the runs that raise them. A run writes nothing but its own row until it is done, then all of it in
 * one transaction; `beat_at` tells others whether it still lives.
 */
const STATEMENTS = [
  `CREATE TABLE early_warning_run (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cause text NOT NULL CHECK (cause IN ('nightly', 'asked')),
    zone text,
    last_day date NOT NULL,
    families text[],
    started_at timestamptz NOT NULL,
    beat_at timestamptz NOT NULL DEFAULT now(),
    done integer NOT NULL DEFAULT 0,
    total integer NOT NULL DEFAULT 0,
    finished_at timestamptz,
    given_up_at timestamptz,
    data_version text,
    short text[] NOT NULL DEFAULT '{}',
    CHECK ((cause = 'nightly') = (zone IS NOT NULL)),
    CHECK (finished_at IS NULL OR given_up_at IS NULL)
  )`,
  // The lease: of all servers one runs, and a night's run of a zone is done once.
  `CREATE UNIQUE INDEX early_warning_run_one ON early_warning_run ((true)) WHERE finished_at IS NULL AND given_up_at IS NULL`,
  `CREATE UNIQUE INDEX early_warning_run_night ON early_warning_run (zone, last_day) WHERE cause = 'nightly' AND given_up_at IS NULL`,
  `CREATE TABLE early_warning (
    id uuid PRIMARY KEY,
    area_code text NOT NULL,
    scope_codes text[] NOT NULL GENERATED ALWAYS AS (ronda_code_prefixes(ARRAY[area_code])) STORED,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    category text NOT NULL,
    rule text NOT NULL CHECK (rule IN ('farrington', 'ewma', 'cusum', 'bayes')),
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'ended')),
    since date NOT NULL,
    last_day date NOT NULL,
    observed integer NOT NULL CHECK (observed >= 0),
    expected double precision NOT NULL,
    statistic double precision NOT NULL,
    upper_bound double precision NOT NULL,
    weeks integer NOT NULL CHECK (weeks >= 1),
    observed_weeks integer NOT NULL,
    expected_weeks double precision NOT NULL,
    p double precision NOT NULL CHECK (p >= 0 AND p <= 1),
    series jsonb NOT NULL,
    run_id integer NOT NULL REFERENCES early_warning_run,
    data_version text NOT NULL,
    raised_at timestamptz NOT NULL,
    ended_at timestamptz,
    outcome text CHECK (outcome IN ('true', 'false', 'unclear')),
    outcome_by text,
    outcome_at timestamptz,
    outcome_note text NOT NULL DEFAULT '',
    version integer NOT NULL DEFAULT 1,
    CHECK ((state = 'ended') = (ended_at IS NOT NULL)),
    CHECK ((outcome IS NULL) = (outcome_at IS NULL))
  )`,
  `CREATE UNIQUE INDEX early_warning_open ON early_warning (area_code, category, rule) WHERE state = 'open'`,
  'CREATE INDEX early_warning_newest ON early_warning (raised_at DESC, id)',
  'CREATE INDEX early_warning_scope ON early_warning USING gin (scope_codes)',
  'ALTER TABLE early_warning ENABLE ROW LEVEL SECURITY',
  'CREATE POLICY everything ON early_warning TO ronda_everything USING (true) WITH CHECK (true)',
  // A warning is of a whole area: who reaches only a part of it by a drawn shape does not get it.
  'CREATE POLICY scope ON early_warning TO ronda_reader USING (scope_codes && (SELECT ronda_codes()))',
  ...['ronda_reader', 'ronda_everything'].flatMap((role) => [
    `GRANT SELECT, UPDATE (outcome, outcome_by, outcome_at, outcome_note, version) ON early_warning TO ${role}`,
  ]),
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
