import { type Kysely, sql } from 'kysely';

/**
 * Plans of patrol zones: what each is now, every edit that was done to it, and the versions that were saved. A plan is of
 * whole areas, and seen by who reaches all of them.
 */
const STATEMENTS = [
  `CREATE TABLE plan (
    id uuid PRIMARY KEY,
    title text NOT NULL,
    level text NOT NULL CHECK (level IN ('rw', 'desa')),
    areas text[] NOT NULL CHECK (cardinality(areas) > 0),
    state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'published', 'archived')),
    revision integer NOT NULL DEFAULT 0,
    version integer NOT NULL DEFAULT 0,
    content jsonb NOT NULL,
    copied_from uuid REFERENCES plan ON DELETE SET NULL,
    request_hash text NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_by text NOT NULL,
    updated_at timestamptz NOT NULL,
    published_by text,
    published_at timestamptz
  )`,
  'CREATE INDEX plan_updated ON plan (updated_at DESC, id)',
  'CREATE INDEX plan_copied_from ON plan (copied_from)',
  `CREATE TABLE plan_edit (
    plan_id uuid NOT NULL REFERENCES plan ON DELETE CASCADE,
    revision integer NOT NULL,
    edit_id uuid NOT NULL,
    actor text NOT NULL,
    at timestamptz NOT NULL,
    edit jsonb NOT NULL,
    PRIMARY KEY (plan_id, revision),
    UNIQUE (plan_id, edit_id)
  )`,
  `CREATE TABLE plan_version (
    plan_id uuid NOT NULL REFERENCES plan ON DELETE CASCADE,
    version integer NOT NULL,
    revision integer NOT NULL,
    content jsonb NOT NULL,
    actor text NOT NULL,
    at timestamptz NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (plan_id, version)
  )`,
  // Whether the scope reaches all of these areas as wholes: by their codes, or by what was drawn around them.
  `CREATE FUNCTION ronda_reaches(codes text[]) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(bool_and(ronda_code_prefixes(ARRAY[code]) && (ronda_codes() || ronda_within_drawn())), false)
    FROM unnest(codes) AS code $$`,
  ...['ronda_reader', 'ronda_everything'].flatMap((role) => [
    `GRANT SELECT, INSERT, UPDATE, DELETE ON plan TO ${role}`,
    `GRANT SELECT, INSERT ON plan_edit, plan_version TO ${role}`,
  ]),
  ...policies('plan', 'ronda_reaches(areas)'),
  ...policies('plan_edit', 'EXISTS (SELECT FROM plan p WHERE p.id = plan_id)'),
  ...policies('plan_version', 'EXISTS (SELECT FROM plan p WHERE p.id = plan_id)'),
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
