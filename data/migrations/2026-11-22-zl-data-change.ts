import { type Kysely, sql } from 'kysely';

/**
 * What figures of the analysis depend on: households by area, and how often what is counted has changed, by area and by
 * drawn jurisdiction, so that a figure can be kept until it is another one, and nobody hears of changes elsewhere.
 */
const STATEMENTS = [
  // By its own code, also where no such area is in force (yet).
  `CREATE TABLE area_figure (
    code text NOT NULL,
    figure text NOT NULL CHECK (figure IN ('households')),
    value double precision NOT NULL CHECK (value >= 0),
    source text NOT NULL,
    as_of date,
    PRIMARY KEY (figure, code)
  )`,
  `INSERT INTO publication VALUES ('figures', 0)`,
  `CREATE TRIGGER told_all AFTER INSERT OR UPDATE OR DELETE ON area_figure
    FOR EACH STATEMENT EXECUTE FUNCTION ronda_tell('figures')`,

  // '*' is the whole, a code that area, j7 what was drawn of jurisdiction 7. Rows of an import that is being written
  // count by themselves: they change nothing before they are seen, and nobody who reports waits for their writer.
  `CREATE TABLE data_change (
    key text NOT NULL,
    import_id integer NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (key, import_id)
  )`,
  ...counter('incident', 'coalesce(import_id, 0)', 'true', [
    'category, subcategory, severity, source, occurred_at, time_precision, accuracy_m, area_codes, ST_AsBinary(geom)',
    // Between other statuses it is counted alike.
    `CASE WHEN status IN ('false', 'duplicate') THEN 0 WHEN status IN ('new', 'unverifiable') THEN 1 ELSE 2 END`,
  ]),
  ...counter('place', '0', `kind = 'tps'`, ['kind, area_code, ST_AsBinary(geom)']),
  `CREATE FUNCTION ronda_forget_import() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      DELETE FROM data_change WHERE import_id = OLD.id;
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER forgotten AFTER DELETE ON incident_import FOR EACH ROW EXECUTE FUNCTION ronda_forget_import()`,

  'GRANT SELECT ON area_figure, data_change TO ronda_reader, ronda_everything',
  'ALTER TABLE data_change ENABLE ROW LEVEL SECURITY',
  'CREATE POLICY everything ON data_change TO ronda_everything USING (true)',
  `CREATE POLICY scope ON data_change TO ronda_reader USING (
    key = ANY ((SELECT ronda_codes())::text[])
    OR key = ANY ((SELECT array_agg('j' || id) FROM unnest(ronda_jurisdictions()) AS id)::text[]))`,
];

/** Triggers that count the changes of a table's rows for which `condition` holds, if one of `columns` is another. */
function counter(table: string, importId: string, condition: string, columns: string[]): string[] {
  const rows = (from: string) => `SELECT ${importId} AS import_id, scope_codes, geom FROM ${from} WHERE ${condition}`;
  const compared = `SELECT id, ${columns.join(', ')}`;
  const differing = `id IN (SELECT id FROM (${compared} FROM old_rows EXCEPT ${compared} FROM new_rows) AS changed)`;
  const changed = {
    insert: rows('new_rows'),
    delete: rows('old_rows'),
    update: `${rows('new_rows')} AND ${differing} UNION ALL ${rows('old_rows')} AND ${differing}`,
  };
  const tables = {
    insert: 'NEW TABLE AS new_rows',
    delete: 'OLD TABLE AS old_rows',
    update: 'OLD TABLE AS old_rows NEW TABLE AS new_rows',
  };
  return (['insert', 'delete', 'update'] as const).flatMap((event) => [
    // Runs as the owner: who writes may not set versions. In one order, so that no two wait for each other.
    `CREATE FUNCTION ronda_${table}_${event}_counted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = public, pg_temp AS $$
      BEGIN
        INSERT INTO data_change AS known (key, import_id, version)
        SELECT key, import_id, count(*) FROM (
          WITH changed AS MATERIALIZED (${changed[event]})
          SELECT '*' AS key, import_id FROM changed
          UNION ALL SELECT unnest(scope_codes), import_id FROM changed
          UNION ALL SELECT 'j' || shape.jurisdiction_id, import_id FROM changed JOIN jurisdiction_shape shape
            ON shape.origin = 'polygon' AND shape.geom && changed.geom AND ST_Intersects(shape.geom, changed.geom)
        ) AS keys GROUP BY key, import_id ORDER BY key, import_id
        ON CONFLICT (key, import_id) DO UPDATE SET version = known.version + excluded.version;
        RETURN NULL;
      END $$`,
    `CREATE TRIGGER counted_${event} AFTER ${event.toUpperCase()} ON ${table} REFERENCING ${tables[event]}
      FOR EACH STATEMENT EXECUTE FUNCTION ronda_${table}_${event}_counted()`,
  ]);
}

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
