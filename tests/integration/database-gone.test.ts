import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { socketFolderOf } from '../../server/database/embedded/engine.ts';
import { startCluster } from '../support/cluster.ts';
import { dataFolder } from '../support/data-folders.ts';
import { Load, registerDevice } from '../support/load.ts';
import { rounds } from '../support/long.ts';
import { childrenOf, isGone } from '../support/processes.ts';
import { startServer } from '../support/server.ts';
import { lossesOf, readStored } from '../support/stored.ts';

const DEVICES = ['one', 'two'];
const ROUNDS = rounds(5, 50);
/** Within this it accepts again: the middle one of all rounds, for a machine that is busy with other tests has its moments. */
const PROMISED_MS = 10_000;
/** So long a round may take before it counts as never. */
const BACK_MS = 60_000;

interface House {
  env: Record<string, string>;
  connect: () => pg.Client;
  /** Kills the database with all its processes. */
  kill: () => Promise<void>;
  /** Brings it back, where it does not come back by itself. */
  start: () => Promise<void>;
}

describe('R3: without its database the server answers 503, never a false 2xx, and accepts again by itself', () => {
  test(
    'embedded',
    async () => {
      const dataDir = dataFolder();
      await suffer('embedded', {
        env: { DATA_DIR: dataDir },
        connect: () => new pg.Client({ host: socketFolderOf(dataDir), user: 'postgres', database: 'postgres' }),
        kill: async () => killAll([Number(readFileSync(join(dataDir, 'database/lock'), 'utf8').split(' ')[0])]),
        start: async () => {},
      });
    },
    rounds(300_000, 3_600_000),
  );

  test.skipIf(!inject('servedUrl'))(
    'served',
    async () => {
      const cluster = await startCluster(join(mkdtempSync(join(inject('scratch'), 'gone-')), 'cluster'));
      if (!cluster) throw new Error('PostgreSQL was there a moment ago');
      try {
        await suffer('served', {
          env: { DATABASE_URL: cluster.url, DATA_DIR: mkdtempSync(join(inject('scratch'), 'gone-')) },
          connect: () => new pg.Client({ connectionString: cluster.url }),
          async kill() {
            const postmaster = cluster.pid();
            // So that it makes no further backend while they are counted.
            process.kill(postmaster, 'SIGSTOP');
            await killAll([postmaster, ...childrenOf(postmaster)]);
          },
          start: () => cluster.startAgain(),
        });
      } finally {
        await cluster.stop();
      }
    },
    rounds(300_000, 3_600_000),
  );
});

async function suffer(name: string, { env, connect, kill, start }: House): Promise<void> {
  const server = await startServer(env);
  for (const device of DEVICES) await registerDevice(server.url, device);
  const load = new Load(DEVICES, Date.now() - 3_600_000);
  load.url = server.url;
  const waits: number[] = [];
  const untilYes = async (since: number) => {
    await expect.poll(() => load.lastBegun, { interval: 5, timeout: BACK_MS }).toBeGreaterThan(since);
  };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      await untilYes(performance.now());
      await delay(Math.random() * 100);
      await kill();
      const refused = load.unavailable;
      await expect.poll(() => load.unavailable, { interval: 5, timeout: BACK_MS }).toBeGreaterThan(refused);
      await start();
      const back = performance.now();
      await untilYes(back);
      waits.push(load.lastYes - back);
      expect(server.process.exitCode).toBeNull();
    }
    await load.stop();
    const client = connect();
    await client.connect();
    const losses = lossesOf(load.acknowledged, await readStored(client));
    await client.end();
    const { fixes, incidents } = load.acknowledged;
    console.log(
      `R3 ${name} gone: ${ROUNDS} rounds, ${fixes.size} fixes and ${incidents.size} incidents acknowledged, ${losses.lost} lost, ${load.unavailable} answers 503, accepting again after ${Math.round(Math.max(...waits))} ms at most`,
    );
    expect(losses).toEqual({ lost: 0, twice: 0 });
    expect(waits.sort((a, b) => a - b)[waits.length >> 1]).toBeLessThanOrEqual(PROMISED_MS);
    expect(await server.stop()).toBe(0);
  } finally {
    await server.stop('SIGKILL');
    await load.abandon();
  }
}

/** Kills processes and waits until the last of them is gone: orphans would keep the next from starting. */
async function killAll(pids: number[]): Promise<void> {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // A backend that ended meanwhile.
    }
  }
  await expect.poll(() => pids.filter((pid) => !isGone(pid)), { interval: 5, timeout: BACK_MS }).toEqual([]);
}
