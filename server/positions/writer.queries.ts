import type pg from 'pg';
import type { PendingFix, QuarantinedFix } from './pending.ts';

/** What one flush did: how many rows are new, which of them if not all (1-based), and which units moved. */
export interface FlushResult {
  stored: number;
  ordinals: number[] | null;
  moved: number[] | null;
}

// Units in their own order and fixes in theirs, so that two flushes at once wait for each other instead of deadlocking.
const FLUSH = `
WITH input AS MATERIALIZED (
  SELECT device_id, unit_id, to_timestamp(fixed_ms / 1000) AS fixed_at, own_time, to_timestamp(received_ms / 1000) AS received_at,
    ST_Point(lon, lat, 4326) AS geom, coalesce(alarm, '') AS alarm, speed, heading, altitude, accuracy, battery,
    coalesce(flags, 0::smallint) AS flags, attributes::jsonb, coalesce(newest, false) AS newest, ordinal
  FROM unnest($1::int[], $2::int[], $3::float8[], $4::bool[], $5::float8[], $6::float8[], $7::float8[], $8::text[], $9::real[],
    $10::real[], $11::real[], $12::real[], $13::smallint[], $14::smallint[], $15::text[], $16::bool[]) WITH ORDINALITY
    AS given (device_id, unit_id, fixed_ms, own_time, received_ms, lon, lat, alarm, speed, heading, altitude, accuracy,
      battery, flags, attributes, newest, ordinal)
), stored AS (
  INSERT INTO position (device_id, unit_id, fixed_at, own_time, received_at, geom, alarm, speed, heading, altitude, accuracy,
    battery, flags, attributes)
  SELECT device_id, unit_id, fixed_at, own_time, received_at, geom, alarm, speed, heading, altitude, accuracy, battery, flags,
    attributes FROM input ORDER BY device_id, fixed_at
  ON CONFLICT DO NOTHING
  RETURNING device_id, fixed_at, own_time, geom, alarm
), moved AS (
  INSERT INTO unit_position (unit_id, device_id, fixed_at, received_at, geom, alarm, speed, heading, accuracy, battery, flags)
  SELECT unit_id, device_id, fixed_at, received_at, geom, alarm, speed, heading, accuracy, battery, flags
  FROM input WHERE newest ORDER BY unit_id
  ON CONFLICT (unit_id) DO UPDATE SET device_id = excluded.device_id, fixed_at = excluded.fixed_at,
    received_at = excluded.received_at, geom = excluded.geom, alarm = excluded.alarm, speed = excluded.speed,
    heading = excluded.heading, accuracy = excluded.accuracy, battery = excluded.battery, flags = excluded.flags
  WHERE unit_position.fixed_at < excluded.fixed_at
    OR (unit_position.fixed_at = excluded.fixed_at AND unit_position.alarm = '' AND excluded.alarm <> '')
  RETURNING unit_id
), counted AS (SELECT count(*)::int AS stored FROM stored)
SELECT stored, (SELECT array_agg(unit_id) FROM moved) AS moved,
  CASE WHEN stored < $17::int THEN (
    SELECT array_agg(first::int) FROM (
      SELECT min(ordinal) AS first FROM input JOIN stored USING (device_id, fixed_at, geom, alarm)
      WHERE input.own_time AND stored.own_time GROUP BY device_id, fixed_at, geom, alarm
      UNION ALL SELECT ordinal FROM input WHERE NOT own_time
    ) kept
  ) END AS ordinals
FROM counted`;

/**
 * Stores fixes and the newest position of their units, all or nothing, in one statement. A fix that is already there is
 * left as it is. Columns are given as the text of arrays, made without a copy of each value: an empty array stands
 * for a column in which nothing is known.
 */
export async function flushFixes(pool: pg.Pool, rows: readonly PendingFix[], prepared: boolean): Promise<FlushResult> {
  const { rows: answers } = await pool.query<FlushResult>(flushQuery(rows, prepared));
  return answers[0] ?? { stored: 0, ordinals: [], moved: [] };
}

/**
 * The statement of a flush, which the benchmark also runs bare. `prepared`: each connection has a session of its own,
 * which keeps the plan; planning costs as much as some 30 rows.
 */
export function flushQuery(rows: readonly PendingFix[], prepared: boolean): pg.QueryConfig {
  return { ...(prepared ? { name: 'ronda-flush' } : {}), text: FLUSH, values: flushValues(rows) };
}

function flushValues(rows: readonly PendingFix[]): unknown[] {
  let devices = '';
  let units = '';
  let times = '';
  let owns = '';
  let received = '';
  let lons = '';
  let lats = '';
  let newests = '';
  const [speeds, headings, altitudes, accuracies, batteries] = [
    new Column(),
    new Column(),
    new Column(),
    new Column(),
    new Column(),
  ];
  const flags = new Column();
  const alarms = new Column();
  const attributes = new Column();
  for (const { device, fix, time, receivedAt, newest } of rows) {
    devices += `,${device.deviceId}`;
    units += `,${device.unitId}`;
    times += `,${time}`;
    owns += fix.time === undefined ? ',f' : ',t';
    received += `,${receivedAt}`;
    lons += `,${fix.lon}`;
    lats += `,${fix.lat}`;
    newests += newest ? ',t' : ',f';
    speeds.add(fix.speed);
    headings.add(fix.heading);
    altitudes.add(fix.altitude);
    accuracies.add(fix.accuracy);
    batteries.add(fix.battery);
    flags.add(fix.flags || undefined);
    alarms.add(fix.alarm === '' ? undefined : quoted(fix.alarm));
    attributes.add(fix.attributes && quoted(JSON.stringify(fix.attributes)));
  }
  const array = (items: string) => `{${items.slice(1)}}`;
  return [
    array(devices),
    array(units),
    array(times),
    array(owns),
    array(received),
    array(lons),
    array(lats),
    alarms.text(),
    speeds.text(),
    headings.text(),
    altitudes.text(),
    accuracies.text(),
    batteries.text(),
    flags.text(),
    attributes.text(),
    array(newests),
    rows.length,
  ];
}

/** The text of an array most of whose values may be unknown. */
class Column {
  #text = '';
  #known = false;

  add(value: number | string | undefined): void {
    if (value !== undefined) this.#known = true;
    this.#text += value === undefined ? ',NULL' : `,${value}`;
  }

  text(): string {
    return this.#known ? `{${this.#text.slice(1)}}` : '{}';
  }
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** Notes that units were heard, without a place. Times in milliseconds. */
export async function storeHeartbeats(pool: pg.Pool, heard: ReadonlyMap<number, number>): Promise<void> {
  await pool.query(
    `UPDATE unit_position SET received_at = greatest(received_at, to_timestamp(heard.ms / 1000))
     FROM unnest($1::int[], $2::float8[]) AS heard (unit_id, ms) WHERE unit_position.unit_id = heard.unit_id`,
    [[...heard.keys()], [...heard.values()]],
  );
}

/** Keeps unusable fixes with their reason, each once. */
export async function storeQuarantine(pool: pg.Pool, fixes: readonly QuarantinedFix[]): Promise<void> {
  await pool.query(
    `INSERT INTO position_quarantine (device_id, received_at, reason, fix, fix_hash)
     SELECT device_id, to_timestamp(received_ms / 1000), reason, fix::jsonb, md5(fix)
     FROM unnest($1::int[], $2::float8[], $3::text[], $4::text[]) AS given (device_id, received_ms, reason, fix)
     ON CONFLICT DO NOTHING`,
    [
      fixes.map(({ device }) => device.deviceId),
      fixes.map(({ receivedAt }) => receivedAt),
      fixes.map(({ reason }) => reason),
      // NaN and Infinity have no place in JSON: kept as text.
      fixes.map(({ fix }) =>
        JSON.stringify(fix, (_, value) =>
          Number.isFinite(value) || typeof value !== 'number' ? value : String(value),
        ),
      ),
    ],
  );
}
