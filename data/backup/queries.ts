import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Db } from '../../server/database/connection.ts';
import type { Tables } from '../../server/database/tables.ts';
import type { Row, TableShape } from './format.ts';

/** Sessions and links are not carried over: where a backup is restored, people sign in anew. Shapes are made anew. */
const LEFT_OUT = [
  'session',
  'sign_in_failure',
  'access_link',
  'enrolment',
  'jurisdiction_shape',
  'jurisdiction_within',
];
const NOT_OURS = ['spatial_ref_sys', 'kysely_migration', 'kysely_migration_lock'];
/** A page takes about so long, so that nobody waits long behind one. */
const PAGE_MS = 25;
const LARGEST_PAGE = 4_000;

type On = Db | Transaction<Tables>;

/** The migrations that made this schema, oldest first; none where there is no schema yet. */
export async function migrationsOf(db: On): Promise<string[]> {
  const { rows: found } = await sql<{
    there: boolean;
  }>`SELECT to_regclass('kysely_migration') IS NOT NULL AS there`.execute(db);
  if (!found[0]?.there) return [];
  const { rows } = await sql<{ name: string }>`SELECT name FROM kysely_migration ORDER BY name`.execute(db);
  return rows.map(({ name }) => name);
}

/** The tables that a backup holds, those that others refer to first, with the columns that are not computed. */
export async function tablesOf(db: On): Promise<TableShape[]> {
  const { rows } = await sql<{ name: string; columns: TableShape['columns']; refers: string[] }>`
    SELECT c.relname AS name,
      (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY attnum)
        FROM pg_attribute a WHERE a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns,
      ARRAY(SELECT r.relname::text FROM pg_constraint f JOIN pg_class r ON r.oid = f.confrelid
        WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS refers
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND NOT c.relname = ANY(${[...LEFT_OUT, ...NOT_OURS]}::text[])
    ORDER BY c.relname`.execute(db);
  const placed: typeof rows = [];
  while (placed.length < rows.length) {
    const next = rows.filter(
      (table) =>
        !placed.includes(table) &&
        table.refers.every(
          (name) => placed.some((done) => done.name === name) || !rows.some((other) => other.name === name),
        ),
    );
    if (next.length === 0) throw new Error('tables refer to each other in a circle');
    placed.push(...next);
  }
  return placed.map(({ name, columns }) => ({ name, columns }));
}

/** The partitions of `position`, oldest first. */
export async function partitionsOf(db: On): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT relname AS name FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = 'position'::regclass ORDER BY relname`.execute(db);
  return rows.map(({ name }) => name);
}

/** About how many rows a table has. */
export async function countRows(db: On, table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM ${sql.table(table)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/**
 * Which imports of incidents are whole. The rows of others may still come, appear or vanish while table after table is
 * read, so a backup has none of them.
 */
export async function wholeImports(db: On): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`SELECT id FROM incident_import WHERE published_at IS NOT NULL`.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * Every row of a table (of incidents' imports, given `imports`, only those), in pages that each take a few milliseconds: by its key where it has one, else by where rows lie,
 * which is safe for rows that never change.
 */
export async function* readRows(db: On, table: TableShape, imports?: readonly number[]): AsyncGenerator<Row[]> {
  const values = sql`json_build_array(${sql.join(table.columns.map(textOf))})`;
  if (table.name === 'position') {
    for (const partition of await partitionsOf(db)) {
      yield* pages(db, sql.table(partition), values, [{ sql: sql`ctid`, type: 'tid' }]);
    }
    return;
  }
  const key = await keyOf(db, table.name);
  const order =
    key.length > 0 ? key.map(({ name, type }) => ({ sql: sql.ref(name), type })) : [{ sql: sql`ctid`, type: 'tid' }];
  yield* pages(db, sql.table(table.name), values, order, imports && ofImports(table.name, imports));
}

/** Whether a row belongs to one of these imports of incidents, or to none; nothing to ask of other tables. */
function ofImports(table: string, imports: readonly number[]): RawBuilder<unknown> | undefined {
  const among = (column: string) => sql`${sql.ref(column)} = ANY(${imports}::int[])`;
  const known = sql`(incident.import_id IS NULL OR ${among('incident.import_id')})`;
  if (table === 'incident_import') return among('id');
  if (table === 'incident') return known;
  if (table !== 'incident_log') return undefined;
  return sql`EXISTS (SELECT FROM incident WHERE incident.id = incident_id AND ${known})`;
}

/** A value as text that does not depend on the session's time zone. */
function textOf({ name, type }: TableShape['columns'][number]): RawBuilder<unknown> {
  return type === 'timestamp with time zone'
    ? sql`(${sql.ref(name)} AT TIME ZONE 'UTC')::text || '+00'`
    : sql`${sql.ref(name)}::text`;
}

interface Order {
  sql: RawBuilder<unknown>;
  type: string;
}

async function* pages(
  db: On,
  from: RawBuilder<unknown>,
  values: RawBuilder<unknown>,
  order: Order[],
  only: RawBuilder<unknown> = sql`true`,
): AsyncGenerator<Row[]> {
  let limit = 100;
  let after: string[] | undefined;
  for (;;) {
    const place = sql`ARRAY[${sql.join(order.map((part) => sql`${part.sql}::text`))}]`;
    const beyond = after
      ? sql`AND (${sql.join(order.map((part) => part.sql))}) > (${sql.join(order.map(({ type }, index) => sql`${after?.[index]}::${sql.raw(type)}`))})`
      : sql``;
    const begun = performance.now();
    const { rows } = await sql<{ line: Row; place: string[] }>`
      SELECT ${values} AS line, ${place} AS place FROM ${from} WHERE ${only} ${beyond}
      ORDER BY ${sql.join(order.map((part) => part.sql))} LIMIT ${limit}`.execute(db);
    if (rows.length > 0) yield rows.map(({ line }) => line);
    if (rows.length < limit) return;
    after = rows.at(-1)?.place;
    const factor = Math.min(2, Math.max(0.25, PAGE_MS / (performance.now() - begun)));
    limit = Math.min(LARGEST_PAGE, Math.max(1, Math.floor(limit * factor)));
  }
}

async function keyOf(db: On, table: string): Promise<{ name: string; type: string }[]> {
  const { rows } = await sql<{ name: string; type: string }>`
    SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type
    FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS part (number, place)
    JOIN pg_attribute a ON a.attnum = part.number
    WHERE i.indrelid = ${table}::regclass AND a.attrelid = i.indrelid AND i.indisprimary ORDER BY place`.execute(db);
  return rows;
}

/** Writes rows as they were read. */
export async function writeRows(trx: Transaction<Tables>, table: TableShape, rows: readonly Row[]): Promise<void> {
  const names = sql.join(table.columns.map(({ name }) => sql.ref(name)));
  const values = sql.join(table.columns.map(({ type }, index) => sql`(line->>${sql.lit(index)})::${sql.raw(type)}`));
  await sql`INSERT INTO ${sql.table(table.name)} (${names}) OVERRIDING SYSTEM VALUE
    SELECT ${values} FROM json_array_elements(${JSON.stringify(rows)}::json) AS line`.execute(trx);
}

/** A foreign key, as it is made again. */
export interface Reference {
  table: string;
  name: string;
  definition: string;
}

/** Lets go of every foreign key, so that rows can come in any order. */
export async function takeReferences(trx: Transaction<Tables>): Promise<Reference[]> {
  const { rows } = await sql<Reference>`
    SELECT c.relname AS table, f.conname AS name, pg_get_constraintdef(f.oid) AS definition
    FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid
    WHERE f.contype = 'f' AND f.conparentid = 0 AND c.relnamespace = 'public'::regnamespace`.execute(trx);
  for (const { table, name } of rows)
    await sql`ALTER TABLE ${sql.table(table)} DROP CONSTRAINT ${sql.ref(name)}`.execute(trx);
  return rows;
}

/** Makes the foreign keys again; each is checked. */
export async function putReferences(trx: Transaction<Tables>, references: readonly Reference[]): Promise<void> {
  for (const { table, name, definition } of references) {
    await sql`ALTER TABLE ${sql.table(table)} ADD CONSTRAINT ${sql.ref(name)} ${sql.raw(definition)}`.execute(trx);
  }
}

/** Whether the tables' own triggers run: rows that come back as they were change nothing. */
export async function switchTriggers(
  trx: Transaction<Tables>,
  tables: readonly TableShape[],
  to: 'ENABLE' | 'DISABLE',
): Promise<void> {
  for (const { name } of tables) await sql`ALTER TABLE ${sql.table(name)} ${sql.raw(to)} TRIGGER USER`.execute(trx);
}

/** Takes out what the migrations themselves put in: the backup has its own. */
export async function emptyTables(trx: Transaction<Tables>, tables: readonly TableShape[]): Promise<void> {
  for (const { name } of tables.toReversed()) await sql`DELETE FROM ${sql.table(name)}`.execute(trx);
}

/** Lets identity columns count on after the rows that were written. */
export async function continueCounting(trx: Transaction<Tables>): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    SELECT c.relname AS table, a.attname AS column FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE a.attidentity <> '' AND c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'`.execute(trx);
  for (const { table, column } of rows) {
    await sql`SELECT setval(pg_get_serial_sequence(${table}, ${column}), coalesce(max(${sql.ref(column)}), 0) + 1, false)
      FROM ${sql.table(table)}`.execute(trx);
  }
}

/** Makes old live cursors void and cached tiles stale: this is another database now. */
export async function beginAnew(trx: Transaction<Tables>): Promise<void> {
  await sql`UPDATE event_counter SET epoch = substr(md5(random()::text || clock_timestamp()::text), 1, 12),
    cursor_key = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')`.execute(trx);
  await sql`UPDATE publication SET version = version + 1`.execute(trx);
}

/** Makes a partition of `position` by the name that it had. */
export async function makePartition(trx: Transaction<Tables>, name: string): Promise<void> {
  const [, year, month, day] = /^position_(\d{4})(\d\d)(\d\d)$/.exec(name) ?? [];
  const from = new Date(`${year}-${month}-${day}T00:00Z`);
  const to = new Date(from.getTime() + 86_400_000);
  await sql`CREATE TABLE IF NOT EXISTS ${sql.table(name)} PARTITION OF position
    FOR VALUES FROM (${sql.lit(from.toISOString())}) TO (${sql.lit(to.toISOString())})`.execute(trx);
}
