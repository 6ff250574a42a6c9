import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { socketFolderOf } from '../../server/database/embedded/engine.ts';
import { ask } from '../support/access.ts';
import { startCluster } from '../support/cluster.ts';
import { Load } from '../support/load.ts';
import { type RunningServer, startServer } from '../support/server.ts';

const DEVICES = ['one', 'two', 'three'];
/** The promise is 10 s; a machine that is busy with other tests is several times slower. */
const AWAY_MS = 60_000;
/** More for a night's run: RONDA_KILL_ROUNDS=200. */
const ROUNDS = Number(process.env.RONDA_KILL_ROUNDS) || undefined;

describe('SIGKILL at any moment', () => {
  test('of the server or of the embedded database loses nothing that was acknowledged', async () => {
    const dataDir = mkdtempSync(join(inject('scratch'), 'kill-'));
    const engine = () => Number(readFileSync(join(dataDir, 'database/lock'), 'utf8').split(' ')[0]);
    await rounds('embedded', ROUNDS ?? 30, {
      env: { DATA_DIR: dataDir },
      killDatabase: async () => process.kill(engine(), 'SIGKILL'),
      connect: () => new pg.Client({ host: socketFolderOf(dataDir), user: 'postgres', database: 'postgres' }),
    });
  }, 900_000);

  test.skipIf(!inject('servedUrl'))(
    'of the server or of a served database loses nothing that was acknowledged',
    async () => {
      const cluster = await startCluster(join(mkdtempSync(join(inject('scratch'), 'kill-')), 'cluster'));
      if (!cluster) throw new Error('PostgreSQL was there a moment ago');
      try {
        await rounds('served', ROUNDS ?? 10, {
          env: { DATABASE_URL: cluster.url, DATA_DIR: mkdtempSync(join(inject('scratch'), 'kill-')) },
          // One backend that dies takes all others with it, and the postmaster recovers.
          killDatabase: async () => process.kill(await backendOf(() => cluster.pid()), 'SIGKILL'),
          connect: () => new pg.Client({ connectionString: cluster.url }),
        });
      } finally {
        await cluster.stop();
      }
    },
    120_000,
  );
});

interface House {
  env: Record<string, string>;
  killDatabase: () => Promise<boolean>;
  connect: () => pg.Client;
}

async function rounds(name: string, count: number, { env, killDatabase, connect }: House): Promise<void> {
  let server: RunningServer = await startServer(env);
  for (const device of DEVICES) await register(server.url, device);
  const load = new Load(DEVICES, Date.now() - 3_600_000);
  load.url = server.url;
  let away = 0;
  try {
    for (let round = 0; round < count; round++) {
      await nextYes(load, performance.now());
      await delay(20 + Math.random() * 250);
      const killed = performance.now();
      if (round % 3 < 2) await killDatabase();
      else {
        await server.stop('SIGKILL');
        server = await startServer(env);
        load.url = server.url;
      }
      await nextYes(load, killed);
      away = Math.max(away, load.lastYes - killed);
      expect(server.process.exitCode).toBeNull();
    }
  } catch (error) {
    load.abandon();
    await server.stop('SIGKILL');
    throw new Error(`after which the server had said:\n${server.output()}`, { cause: error });
  }
  await load.stop();

  const { fixes, incidents } = load.acknowledged;
  const client = connect();
  await client.connect();
  const rows = async (text: string) => (await client.query({ text, rowMode: 'array' })).rows.map(([value]) => value);
  const storedFixes = await rows(
    "SELECT identifier || '/' || floor(extract(epoch FROM fixed_at) * 1000 + 0.5)::bigint FROM position JOIN device ON device.id = device_id",
  );
  const storedIncidents = await rows('SELECT id FROM incident');
  const events = await rows("SELECT subject FROM event WHERE kind = 'incident.created' ORDER BY seq");
  const numbers = await rows('SELECT seq FROM event ORDER BY seq');
  const versions = await rows('SELECT incident_id FROM incident_log');
  await client.end();
  expect(await server.stop()).toBe(0);

  const lost =
    [...fixes].filter((key) => !new Set(storedFixes).has(key)).length +
    [...incidents].filter((id) => !storedIncidents.includes(id)).length;
  const twice = storedFixes.length - new Set(storedFixes).size + (events.length - new Set(events).size);
  console.log(
    `${name}: ${count} rounds, ${fixes.size} fixes and ${incidents.size} incidents acknowledged, ${lost} lost, ${twice} twice, ${load.unavailable} answers 503, back after ${Math.round(away)} ms at most`,
  );
  expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
  expect([...events].sort()).toEqual([...storedIncidents].sort());
  expect([...versions].sort()).toEqual([...storedIncidents].sort());
  expect(numbers.map(Number)).toEqual(numbers.map((_, index) => index + 1));
  expect(away).toBeLessThan(AWAY_MS);
}

/** Waits until something is acknowledged that was asked after `since`. */
async function nextYes(load: Load, since: number): Promise<void> {
  await expect.poll(() => load.lastBegun, { interval: 5, timeout: AWAY_MS }).toBeGreaterThan(since);
}

async function register(url: string, device: string): Promise<void> {
  const answer = await ask(`${url}/api/units`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ callsign: device, organisation: 'ronda', devices: [device] }),
  });
  expect(answer.status).toBe(201);
}

/** A process of the postmaster that serves a connection; there may be none for a moment, or its title is just being written. */
async function backendOf(postmaster: () => number): Promise<number> {
  let found: number | undefined;
  await expect
    .poll(
      () => {
        found = findBackend(postmaster());
        return found;
      },
      { interval: 5, timeout: AWAY_MS },
    )
    .toBeDefined();
  if (found === undefined) throw new Error('no connection is being served');
  return found;
}

function findBackend(postmaster: number): number | undefined {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      try {
        const parent = Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
        return parent === postmaster && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('127.0.0.1(');
      } catch {
        // Gone meanwhile.
        return false;
      }
    });
}
