import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { sql } from 'kysely';
import { RondaError } from '../../shared/errors.ts';
import type { Db } from '../database/connection.ts';

/** Wrong attempts before a pause: of one name from one address, and of all names from one address. */
const LIMITS = { pair: 5, address: 100 };
const PAUSE_MS = 15 * 60_000;

/** An attempt that was counted as wrong before it was known whether it is. */
export interface Attempt {
  readonly username: string;
  readonly address: string;
  /** If it is wrong, it is the last one before a pause. */
  readonly isLast: boolean;
}

/**
 * Counts an attempt as wrong before it is checked, so that many at once are not more than one after another.
 * Throws `too_many_requests` during a pause, which ends by itself and which further attempts do not prolong.
 */
export async function countAttempt(db: Db, username: string, address: string, now: number): Promise<Attempt> {
  const paused = await db
    .selectFrom('sign_in_failure')
    .select('blocked_until')
    .where('key', '=', keyOf('', address))
    .where('failures', '>', LIMITS.address)
    .where('blocked_until', '>', new Date(now))
    .executeTakeFirst();
  // Whoever tries a thousand names during the pause fills no table with them.
  if (paused?.blocked_until) throw pause(paused.blocked_until.getTime() - now);
  // In the order of their keys: two attempts that lock both rows never wait for each other.
  const counters = countersOf(username, address).sort((a, b) => (a.key < b.key ? -1 : 1));
  const time = new Date(now);
  const until = new Date(now + PAUSE_MS);
  const isOver = sql`coalesce(f.blocked_until, f.since + ${PAUSE_MS / 1000} * interval '1 second') <= ${time}`;
  const { rows } = await sql<{ key: string; failures: number; blockedUntil: Date | null }>`
    INSERT INTO sign_in_failure AS f (key, failures, since)
    SELECT key, 1, ${time}::timestamptz FROM unnest(${counters.map(({ key }) => key)}::text[]) AS added (key)
    ON CONFLICT (key) DO UPDATE SET
      failures = CASE WHEN ${isOver} THEN 1 ELSE least(f.failures + 1, 1000000) END,
      since = CASE WHEN ${isOver} THEN ${time} ELSE f.since END,
      blocked_until = CASE WHEN ${isOver} THEN NULL WHEN f.blocked_until IS NOT NULL THEN f.blocked_until
        WHEN f.failures + 1 >= ${limitOfKey(counters)} THEN ${until}::timestamptz END
    RETURNING key, failures, blocked_until AS "blockedUntil"`.execute(db);
  let isLast = false;
  for (const { key, limit } of counters) {
    const row = rows.find((candidate) => candidate.key === key);
    if (row?.blockedUntil && row.failures > limit) throw pause(row.blockedUntil.getTime() - now);
    if (limit === LIMITS.pair) isLast = row?.failures === limit;
  }
  return { username, address, isLast };
}

/** The attempt was right: nothing is held against this name from this address any more. */
export async function forgiveAttempt(db: Db, attempt: Attempt): Promise<void> {
  await uncountAttempt(db, attempt);
  await db.deleteFrom('sign_in_failure').where('key', '=', keyOf(attempt.username, attempt.address)).execute();
}

/** Takes one attempt back that was neither right nor wrong. */
export async function uncountAttempt(db: Db, { username, address }: Attempt): Promise<void> {
  const counters = countersOf(username, address);
  await sql`UPDATE sign_in_failure f SET failures = failures - 1,
      blocked_until = CASE WHEN failures > ${limitOfKey(counters)} THEN blocked_until END
    WHERE failures > 0 AND key = ANY (${counters.map(({ key }) => key)}::text[])`.execute(db);
}

interface Counter {
  key: string;
  limit: number;
}

function countersOf(username: string, address: string): Counter[] {
  return [
    { key: keyOf(username, address), limit: LIMITS.pair },
    { key: keyOf('', address), limit: LIMITS.address },
  ];
}

/** The limit of the row at hand. */
function limitOfKey(counters: Counter[]) {
  const [{ key, limit } = { key: '', limit: 0 }, other = { limit: 0 }] = counters;
  return sql`(CASE WHEN f.key = ${key} THEN ${limit}::int ELSE ${other.limit}::int END)`;
}

function keyOf(username: string, address: string): string {
  return createHash('sha256')
    .update(`${username}\0${networkOf(address)}`)
    .digest('hex');
}

/** An address as it is counted: of IPv6 the network of 64 bits, which whoever has one address has all of. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const [before = '', after] = address.toLowerCase().split('%', 1).join('').split('::');
  const parts = (text: string | undefined) => (text ? text.split(':') : []);
  const [head, tail] = [parts(before), parts(after)];
  // The last 32 bits may be written as IPv4; they stand for two parts.
  const length = head.length + tail.length + (address.includes('.') ? 1 : 0);
  const whole = after === undefined ? head : [...head, ...new Array<string>(8 - length).fill('0'), ...tail];
  return whole
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':');
}

function pause(ms: number): RondaError {
  const seconds = Math.ceil(ms / 1000);
  const minutes = Math.ceil(seconds / 60);
  return new RondaError(
    'too_many_requests',
    `Too many wrong attempts; try again in ${minutes} minute${minutes === 1 ? '' : 's'}, or ask an administrator for a new link.`,
    { retryAfterSeconds: seconds },
  );
}
