import { type Kysely, sql } from 'kysely';

/**
 * Versions of what servers remember: of devices with the duty of their units, and of the shapes of jurisdictions. Every
 * server on the database looks at them once a second, so that what one revokes the others soon refuse. A new row revokes
 * nothing and counts nothing, and so does a restore.
 */
const STATEMENTS = [
  `INSERT INTO publication VALUES ('devices', 0), ('jurisdictions', 0)`,
  // Runs as the owner: who changes a unit may not write versions.
  `CREATE FUNCTION ronda_tell() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      UPDATE publication SET version = version + 1 WHERE topic = TG_ARGV[0];
      RETURN NULL;
    END $$`,
  ...[
    ['device', 'UPDATE OR DELETE', 'devices'],
    ['unit', 'UPDATE OF status, duty_until, duty_since', 'devices'],
    ['unit', 'DELETE', 'devices'],
    ['jurisdiction_shape', 'UPDATE OR DELETE', 'jurisdictions'],
  ].map(
    ([table, change, topic]) =>
      `CREATE TRIGGER told_${change?.slice(0, 6).toLowerCase()} AFTER ${change} ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION ronda_tell('${topic}')`,
  ),
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
