import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { socketFolderOf } from '../../server/database/embedded/engine.ts';
import { startCluster } from '../support/cluster.ts';
import { dataFolder } from '../support/data-folders.ts';
import { Load, registerDevice } from '../support/load.ts';
import { rounds } from '../support/long.ts';
import { type RunningServer, startServer } from '../support/server.ts';
import { lossesOf, readStored } from '../support/stored.ts';

const DEVICES = ['one', 'two', 'three'];
/** The promise is 10 s; a machine that is busy with other tests is several times slower. */
const AWAY_MS = 60_000;

describe('R1: SIGKILL at any moment', () => {
  test(
    'of the server or of the embedded database loses nothing that was acknowledged',
    async () => {
      const dataDir = dataFolder();
      const engine = () => Number(readFileSync(join(dataDir, 'database/lock'), 'utf8').split(' ')[0]);
      await killing('embedded', rounds(30, 200), {
        env: { DATA_DIR: dataDir },
        killDatabase: async () => {
          process.kill(engine(), 'SIGKILL');
        },
        connect: () => new pg.Client({ host: socketFolderOf(dataDir), user: 'postgres', database: 'postgres' }),
      });
    },
    rounds(900_000, 3_600_000),
  );

  test.skipIf(!inject('servedUrl'))(
    'of the server, of a connection of a served database or of all of it loses nothing that was acknowledged',
    async () => {
      const cluster = await startCluster(join(mkdtempSync(join(inject('scratch'), 'kill-')), 'cluster'));
      if (!cluster) throw new Error('PostgreSQL was there a moment ago');
      try {
        await killing('served', rounds(10, 200), {
          env: { DATABASE_URL: cluster.url, DATA_DIR: mkdtempSync(join(inject('scratch'), 'kill-')) },
          killDatabase: async (round) => {
            // One backend that dies takes all others with it, and the postmaster recovers; nobody does so for the postmaster.
            if (round % 2 === 0) process.kill(await backendOf(() => cluster.pid()), 'SIGKILL');
            else {
              process.kill(cluster.pid(), 'SIGKILL');
              await cluster.startAgain();
            }
          },
          connect: () => new pg.Client({ connectionString: cluster.url }),
        });
      } finally {
        await cluster.stop();
      }
    },
    rounds(240_000, 3_600_000),
  );
});

interface House {
  env: Record<string, string>;
  killDatabase: (round: number) => Promise<void>;
  connect: () => pg.Client;
}

async function killing(name: string, count: number, { env, killDatabase, connect }: House): Promise<void> {
  let server: RunningServer = await startServer(env);
  for (const device of DEVICES) await registerDevice(server.url, device);
  const load = new Load(DEVICES, Date.now() - 3_600_000);
  load.url = server.url;
  let away = 0;
  try {
    for (let round = 0; round < count; round++) {
      await nextYes(load, performance.now());
      await delay(20 + Math.random() * 250);
      const killed = performance.now();
      if (round % 3 < 2) await killDatabase(round);
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
    await server.stop('SIGKILL');
    await load.abandon();
    throw new Error(`after which the server had said:\n${server.output()}`, { cause: error });
  }
  await load.stop();

  const client = connect();
  await client.connect();
  const stored = await readStored(client);
  await client.end();
  expect(await server.stop()).toBe(0);

  const { fixes, incidents } = load.acknowledged;
  const losses = lossesOf(load.acknowledged, stored);
  console.log(
    `${name}: ${count} rounds, ${fixes.size} fixes and ${incidents.size} incidents acknowledged, ${losses.lost} lost, ${losses.twice} twice, ${load.unavailable} answers 503, back after ${Math.round(away)} ms at most`,
  );
  expect(losses).toEqual({ lost: 0, twice: 0 });
  const sorted = [...stored.incidents].sort();
  expect([...stored.told].sort()).toEqual(sorted);
  expect([...stored.versions].sort()).toEqual(sorted);
  expect(stored.numbers).toEqual(stored.numbers.map((_, index) => index + 1));
  expect(away).toBeLessThan(AWAY_MS);
}

/** Waits until something is acknowledged that was asked after `since`. */
async function nextYes(load: Load, since: number): Promise<void> {
  await expect.poll(() => load.lastBegun, { interval: 5, timeout: AWAY_MS }).toBeGreaterThan(since);
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
