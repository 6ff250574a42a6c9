import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { WebSocket } from 'ws';
import { socketFolderOf } from '../../server/database/embedded/engine.ts';
import { SUBPROTOCOL } from '../../shared/live/protocol.ts';
import { AUTHORIZATION, ask } from '../support/access.ts';
import { startCluster } from '../support/cluster.ts';
import { dataFolder } from '../support/data-folders.ts';
import { Load } from '../support/load.ts';
import { rounds } from '../support/long.ts';
import { startServer } from '../support/server.ts';
import { lossesOf, readStored } from '../support/stored.ts';

const DRAIN_MS = 10_000;
/** What starting to end may take a machine that is busy with other tests. */
const PATIENCE_MS = 1_000;
/** The server says it to whoever watches, so that they come back at once. */
const SERVICE_RESTART = 1012;

const TITLE = 'R9: SIGTERM under load finishes what was begun, closes streams with 1012, and ends with 0 within 10 s';

describe(TITLE, () => {
  test(
    'embedded',
    async () => {
      const dataDir = dataFolder();
      await draining('embedded', rounds(2, 50), {
        env: { DATA_DIR: dataDir },
        connect: () => new pg.Client({ host: socketFolderOf(dataDir), user: 'postgres', database: 'postgres' }),
      });
    },
    rounds(240_000, 1_800_000),
  );

  test.skipIf(!inject('servedUrl'))(
    'served',
    async () => {
      const cluster = await startCluster(join(mkdtempSync(join(inject('scratch'), 'drain-')), 'cluster'));
      if (!cluster) throw new Error('PostgreSQL was there a moment ago');
      try {
        await draining('served', rounds(5, 50), {
          env: { DATABASE_URL: cluster.url, DATA_DIR: mkdtempSync(join(inject('scratch'), 'drain-')) },
          connect: () => new pg.Client({ connectionString: cluster.url }),
        });
      } finally {
        await cluster.stop();
      }
    },
    rounds(240_000, 1_800_000),
  );
});

/** Ends the server again and again while it is busy, and looks for what it had acknowledged in the database. */
async function draining(
  engine: string,
  times: number,
  { env, connect: connectToDatabase }: { env: Record<string, string>; connect: () => pg.Client },
): Promise<void> {
  let server = await startServer(env);
  const unit = JSON.stringify({ callsign: 'one', organisation: 'ronda', devices: ['one', 'two'] });
  await ask(`${server.url}/api/units`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: unit }); // biome-ignore format: one line
  const load = new Load(['one', 'two'], Date.now() - 3_600_000);
  load.url = server.url;
  const took: number[] = [];
  const closes: number[] = [];
  try {
    for (let round = 0; round < times; round++) {
      const viewers = await Promise.all([watch(server.url), watch(server.url), watch(server.url)]);
      const since = performance.now();
      await expect.poll(() => load.lastBegun, { interval: 5, timeout: 30_000 }).toBeGreaterThan(since);
      // Somebody who sends a request by halves, and never ends it.
      const slow = connect(Number(new URL(server.url).port), '127.0.0.1');
      slow.on('error', () => {});
      slow.write('POST /api/incidents HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
      await delay(Math.random() * 200);
      const closed = viewers.map(async (viewer) => Number((await once(viewer, 'close'))[0]));
      const begun = performance.now();
      expect(await server.stop('SIGTERM'), server.output()).toBe(0);
      took.push(performance.now() - begun);
      closes.push(...(await Promise.all(closed)));
      slow.destroy();
      server = await startServer(env);
      load.url = server.url;
    }
    await load.stop();
    // The embedded engine is reached while the server runs.
    const client = connectToDatabase();
    await client.connect();
    const stored = await readStored(client);
    await client.end();
    const losses = lossesOf(load.acknowledged, stored);
    console.log(
      `R9 ${engine}: ${times} rounds, ${load.acknowledged.fixes.size} fixes and ${load.acknowledged.incidents.size} incidents acknowledged, ${losses.lost} lost, ${losses.twice} twice; ` +
        `${closes.length} streams closed; ended within ${Math.round(Math.max(...took))} ms`,
    );
    expect(losses).toEqual({ lost: 0, twice: 0 });
    expect(closes).toEqual(closes.map(() => SERVICE_RESTART));
    expect(Math.max(...took)).toBeLessThan(DRAIN_MS + PATIENCE_MS);
  } finally {
    await load.abandon();
    await server.stop('SIGKILL');
  }
}

async function watch(url: string): Promise<WebSocket> {
  const viewer = new WebSocket(`${url.replace('http', 'ws')}/api/live`, SUBPROTOCOL, { headers: AUTHORIZATION });
  await once(viewer, 'open');
  return viewer;
}
